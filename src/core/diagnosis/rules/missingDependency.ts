/** A package or module that the program needs is not installed where it looks for it. */
import { t } from '../../wording/l10n';
import { openConfig, runInTerminal, showTerminal } from '../actions';
import { commandOf, isTroubled, value } from '../ask';
import type { Facts, FileFacts } from '../facts';
import { installCommand, isStale, packageFolder } from '../nodePackages';
import { lastTold, quoted } from '../output';
import { joinPath } from '../../workspaceFiles/paths';
import { pipInstall } from '../pythonPackages';
import type { Rule, Verdict } from '../rule';
import type { Told } from '../signatures/signatures';

export const missingDependency: Rule = {
  code: 'missing-dependency',
  explains: ['missing-command', 'crashed', 'crash-loop', 'reloader-alone', 'hung', 'not-listening', 'bad-status', 'not-running'],
  find(facts) {
    if (!isTroubled(facts)) return [];
    const said = lastTold(facts, 'pythonModule', 'nodeModule', 'command');
    const files = value(facts.files);
    if (said?.kind === 'pythonModule') return [python(facts, said, files)];
    if (said?.kind === 'nodeModule') return [node(facts, said, files)];
    return notInstalled(facts, said, files);
  },
};

function python(facts: Facts, said: Told, files: FileFacts | undefined): Verdict {
  const full = said.groups['module'] ?? '';
  const module = full.split('.')[0] ?? full;
  const elsewhere = value(facts.modulesElsewhere)?.get(module) ?? [];
  const isOwn = said.tool === 'uvicorn' && elsewhere.length === 0;
  const install = pipInstall(module, facts, files);
  const [other] = elsewhere;
  return {
    severity: 'error',
    title: isOwn
      ? t('There is no Python module {0} in {1}.', full, facts.cwd)
      : t('The Python module {0} is not installed.', module),
    detail: detailOf(isOwn, other, module, commandOf(facts)),
    evidence: [quoted(said.line), ...elsewhere.map((path) => t('{0} has {1}.', path, module))],
    actions: [...(isOwn ? [] : [runInTerminal(install, facts.cwd)]), openConfig(facts.spec.id), showTerminal(facts.spec.id)],
  };
}

function detailOf(isOwn: boolean, other: string | undefined, module: string, command: string): string {
  if (other !== undefined) {
    return t('Another interpreter has {0}: use {1} in "command" (now: {2}), or install it here.', module, other, command);
  }
  if (isOwn) return t('Correct the name in "command", or "cwd" in services.json.');
  return t('Install it for the interpreter that "{0}" runs. If it is a file of yours, correct "cwd".', command);
}

function node(facts: Facts, said: Told, files: FileFacts | undefined): Verdict {
  const module = said.groups['module'] ?? '';
  const isFile = /^[./\\]|^[A-Za-z]:/.test(module);
  const folder = packageFolder(facts, files);
  const stale = folder !== undefined && files !== undefined && isStale(folder, files);
  const absent = folder !== undefined && files !== undefined && !files.changed.has(joinPath(folder, 'node_modules'));
  const reason = absent ? 'absent' : stale ? 'stale' : undefined;
  return {
    severity: 'error',
    title: isFile ? t('The file {0} does not exist.', module) : packageMissing(module, reason),
    detail: isFile
      ? t('Correct the import, or build the file first if a tool makes it.')
      : t('Install the dependencies; if package.json does not name it, add it there.'),
    evidence: [quoted(said.line), ...evidenceOf(folder ?? facts.cwd, reason)],
    actions: [
      ...(isFile ? [] : [runInTerminal(installCommand(facts, folder, files), folder ?? facts.cwd)]),
      showTerminal(facts.spec.id),
    ],
  };
}

/** What is wrong with node_modules. */
type Reason = 'absent' | 'stale' | undefined;

function packageMissing(module: string, reason: Reason): string {
  if (reason === undefined) return t('The package {0} is not installed.', module);
  return reason === 'absent'
    ? t('The package {0} is not installed: node_modules is absent.', module)
    : t('The package {0} is not installed: node_modules is older than the lock file.', module);
}

function evidenceOf(folder: string, reason: Reason): readonly string[] {
  if (reason === undefined) return [];
  return [
    reason === 'absent' ? t('{0}: node_modules is absent.', folder) : t('{0}: node_modules is older than the lock file.', folder),
  ];
}

/** Without a word of a module: nothing is there at all, and the command is one that packages bring, or said nothing. */
function notInstalled(facts: Facts, said: Told | undefined, files: FileFacts | undefined): readonly Verdict[] {
  const folder = packageFolder(facts, files);
  if (folder === undefined || files === undefined) return [];
  const absent = !files.changed.has(joinPath(folder, 'node_modules'));
  // An old folder alone is no cause: only with a command that was not found it tells something.
  if (!absent && !(said !== undefined && isStale(folder, files))) return [];
  return [
    {
      severity: 'error',
      title: absent
        ? t('The packages of {0} are not installed: node_modules is absent.', facts.spec.key)
        : t('The packages of {0} are out of date: node_modules is older than the lock file.', facts.spec.key),
      detail: t('Install the dependencies, then start it again.'),
      evidence: [...(said === undefined ? [] : [quoted(said.line)]), t('{0}: package.json names dependencies.', folder)],
      actions: [runInTerminal(installCommand(facts, folder, files), folder), showTerminal(facts.spec.id)],
    },
  ];
}
