/** A package or module that the program imports is not installed where the program searches for it. */
import { t } from '../../wording/l10n';
import { openConfig, runInTerminal, showTerminal } from '../actions';
import { commandOf, isTroubled, value } from '../queries';
import type { Facts, FileFacts } from '../facts';
import { installCommand, isStale, packageFolder } from '../nodePackages';
import { latestMatch, quoted } from '../output';
import { joinPath } from '../../workspaceFiles/paths';
import { pipInstall } from '../pythonPackages';
import type { Rule, Verdict } from '../rule';
import type { SignatureMatch } from '../signatures/signatures';

export const missingDependency: Rule = {
  code: 'missing-dependency',
  explains: ['missing-command', 'crashed', 'crash-loop', 'reloader-alone', 'hung', 'not-listening', 'bad-status', 'not-running'],
  find(facts) {
    if (!isTroubled(facts)) return [];
    const match = latestMatch(facts, 'pythonModule', 'nodeModule', 'command');
    const files = value(facts.files);
    if (match?.kind === 'pythonModule') return [python(facts, match, files)];
    if (match?.kind === 'nodeModule') return [node(facts, match, files)];
    return notInstalled(facts, match, files);
  },
};

function python(facts: Facts, match: SignatureMatch, files: FileFacts | undefined): Verdict {
  const full = match.groups['module'] ?? '';
  const module = full.split('.')[0] ?? full;
  const elsewhere = value(facts.modulesElsewhere)?.get(module) ?? [];
  const isOwn = match.tool === 'uvicorn' && elsewhere.length === 0;
  const install = pipInstall(module, facts, files);
  const [other] = elsewhere;
  return {
    severity: 'error',
    title: isOwn
      ? t('The Python module {0} was not found in {1}.', full, facts.cwd)
      : t('The Python module {0} is not installed.', module),
    detail: detailOf(isOwn, other, module, commandOf(facts)),
    evidence: [quoted(match.line), ...elsewhere.map((path) => t('{0} has the module {1}.', path, module))],
    actions: [...(isOwn ? [] : [runInTerminal(install, facts.cwd)]), openConfig(facts.spec.id), showTerminal(facts.spec.id)],
  };
}

function detailOf(isOwn: boolean, other: string | undefined, module: string, command: string): string {
  if (other !== undefined) {
    return t(
      '{0} is installed for another interpreter: use {1} in "command" (currently: {2}), or install it here.',
      module,
      other,
      command,
    );
  }
  if (isOwn) return t('Correct the name in "command", or "cwd" in services.json.');
  return t('Install it for the interpreter that "{0}" uses. If the module is your own file, correct "cwd".', command);
}

function node(facts: Facts, match: SignatureMatch, files: FileFacts | undefined): Verdict {
  const module = match.groups['module'] ?? '';
  const isFile = /^[./\\]|^[A-Za-z]:/.test(module);
  const folder = packageFolder(facts, files);
  const stale = folder !== undefined && files !== undefined && isStale(folder, files);
  const absent = folder !== undefined && files !== undefined && !files.changed.has(joinPath(folder, 'node_modules'));
  const reason = absent ? 'absent' : stale ? 'stale' : undefined;
  return {
    severity: 'error',
    title: isFile ? t('The file {0} does not exist.', module) : packageMissing(module, reason),
    detail: isFile
      ? t('Correct the import, or generate the file first if a tool creates it.')
      : t('Install the dependencies; if package.json does not list the package, add it.'),
    evidence: [quoted(match.line), ...evidenceOf(folder ?? facts.cwd, reason)],
    actions: [
      ...(isFile ? [] : [runInTerminal(installCommand(facts, folder, files), folder ?? facts.cwd)]),
      showTerminal(facts.spec.id),
    ],
  };
}

/** Why a package is missing in node_modules. */
type Reason = 'absent' | 'stale' | undefined;

function packageMissing(module: string, reason: Reason): string {
  if (reason === undefined) return t('The package {0} is not installed.', module);
  return reason === 'absent'
    ? t('The package {0} is not installed: node_modules is missing.', module)
    : t('The package {0} is not installed: node_modules is older than the lock file.', module);
}

function evidenceOf(folder: string, reason: Reason): readonly string[] {
  if (reason === undefined) return [];
  return [
    reason === 'absent'
      ? t('{0}: node_modules is missing.', folder)
      : t('{0}: node_modules is older than the lock file.', folder),
  ];
}

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
      detail: t('Install the dependencies, then start it again.'),
      evidence: [...(match === undefined ? [] : [quoted(match.line)]), t('{0}: package.json lists dependencies.', folder)],
      actions: [runInTerminal(installCommand(facts, folder, files), folder), showTerminal(facts.spec.id)],
    },
  ];
}
