/** node_modules has no build for this platform: it was copied from another system, or npm left optional packages out. */
import { brief } from '../../wording/brief';
import { t } from '../../wording/l10n';
import { runInTerminal, showTerminal } from '../actions';
import { linesOf, matchSignatures, quoted } from '../output';
import { packageFolder, reinstallCommand } from '../packages/nodePackages';
import { isTroubled, value } from '../queries';
import type { Rule } from '../rule';

export const foreignModules: Rule = {
  code: 'foreign-node-modules',
  explains: ['native-module', 'missing-dependency', 'crashed', 'crash-loop', 'reloader-alone', 'not-listening', 'not-running'],
  find(facts) {
    const matches = isTroubled(facts) ? matchSignatures(linesOf(facts), 'foreignModule') : [];
    const [first] = matches;
    if (first === undefined) return [];
    const name = matches.find(({ groups }) => groups['module'] !== undefined)?.groups['module'];
    const files = value(facts.files);
    const folder = packageFolder(facts, files) ?? facts.cwd;
    return [
      {
        severity: 'error',
        title:
          name === undefined
            ? t('A package in node_modules has no build for this platform.')
            : t('The package {0} in node_modules has no build for this platform.', name),
        short:
          name === undefined
            ? brief(() => t('Packages of another system'))
            : brief((shown) => t('{0}: other platform', shown), name),
        detail: t(
          'node_modules was installed on another system, or optional packages were left out. Install the packages again on this system.',
        ),
        evidence: [...new Set(matches.slice(0, 3).map(({ line }) => quoted(line)))],
        actions: [runInTerminal(reinstallCommand(folder, files), folder), showTerminal(facts.spec.id)],
      },
    ];
  },
};
