/** A package or module that the program imports is not installed where the program searches for it. */
import { brief } from '../../wording/brief';
import { t } from '../../wording/l10n';
import { runInTerminal, showTerminal } from '../actions';
import { isTroubled, value } from '../queries';
import type { Facts, FileFacts } from '../facts';
import { latestMatch, quoted } from '../output';
import { installCommand, isStale, packageFolder } from '../packages/nodePackages';
import { missingNode } from '../packages/nodeVerdicts';
import { missingPython } from '../packages/pythonVerdicts';
import { joinPath } from '../../workspaceFiles/paths';
import type { Rule, Verdict } from '../rule';
import type { SignatureMatch } from '../signatures/signatures';

export const missingDependency: Rule = {
  code: 'missing-dependency',
  explains: ['missing-command', 'crashed', 'crash-loop', 'reloader-alone', 'hung', 'not-listening', 'bad-status', 'not-running'],
  find(facts) {
    if (!isTroubled(facts)) return [];
    const match = latestMatch(facts, 'pythonModule', 'nodeModule', 'command');
    const files = value(facts.files);
    if (match?.kind === 'pythonModule') return [missingPython(facts, match, files)];
    if (match?.kind === 'nodeModule') return [missingNode(facts, match, files)];
    return notInstalled(facts, match, files);
  },
};

/** The output names no module: either node_modules is missing, or it is out of date and the command was not found. */
function notInstalled(facts: Facts, match: SignatureMatch | undefined, files: FileFacts | undefined): readonly Verdict[] {
  const folder = packageFolder(facts, files);
  if (folder === undefined || files === undefined) return [];
  const absent = !files.changed.has(joinPath(folder, 'node_modules'));
  // An old folder alone is no cause: it counts only together with a command that was not found.
  if (!absent && !(match !== undefined && isStale(folder, files))) return [];
  return [
    {
      severity: 'error',
      title: absent
        ? t('The packages of {0} are not installed: node_modules is missing.', facts.spec.key)
        : t('The packages of {0} are out of date: node_modules is older than the lock file.', facts.spec.key),
      short: absent ? brief(() => t('node_modules is missing')) : brief(() => t('node_modules is outdated')),
      detail: t('Install the dependencies, then start it again.'),
      evidence: [...(match === undefined ? [] : [quoted(match.line)]), t('{0}: package.json lists dependencies.', folder)],
      actions: [runInTerminal(installCommand(facts, folder, files), folder), showTerminal(facts.spec.id)],
    },
  ];
}
