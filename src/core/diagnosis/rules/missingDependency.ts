/** A package or module that the program needs is not installed where it looks for it. */
import { openConfig, runInTerminal, showTerminal } from '../actions';
import { commandOf, isTroubled, value } from '../ask';
import type { Facts, FileFacts } from '../facts';
import { installCommand, isStale, packageFolder } from '../nodePackages';
import { lastTold, quoted } from '../output';
import { joinPath } from '../paths';
import { pipInstall } from '../pythonPackages';
import type { Rule, Verdict } from '../rule';
import type { Told } from '../signatures';

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
    title: isOwn ? `There is no Python module ${full} in ${facts.cwd}.` : `The Python module ${module} is not installed.`,
    detail: detailOf(isOwn, other, module, commandOf(facts)),
    evidence: [quoted(said.line), ...elsewhere.map((path) => `${path} has ${module}.`)],
    actions: [...(isOwn ? [] : [runInTerminal(install, facts.cwd)]), openConfig(facts.spec.id), showTerminal(facts.spec.id)],
  };
}

function detailOf(isOwn: boolean, other: string | undefined, module: string, command: string): string {
  if (other !== undefined)
    return `Another interpreter has ${module}: use ${other} in "command" (now: ${command}), or install it here.`;
  if (isOwn) return 'Correct the name in "command", or "cwd" in services.json.';
  return `Install it for the interpreter that "${command}" runs. If it is a file of yours, correct "cwd".`;
}

function node(facts: Facts, said: Told, files: FileFacts | undefined): Verdict {
  const module = said.groups['module'] ?? '';
  const isFile = /^[./\\]|^[A-Za-z]:/.test(module);
  const folder = packageFolder(facts, files);
  const stale = folder !== undefined && files !== undefined && isStale(folder, files);
  const absent = folder !== undefined && files !== undefined && !files.changed.has(joinPath(folder, 'node_modules'));
  const reason = absent ? 'node_modules is absent' : stale ? 'node_modules is older than the lock file' : undefined;
  return {
    severity: 'error',
    title: isFile
      ? `The file ${module} does not exist.`
      : `The package ${module} is not installed${reason === undefined ? '' : `: ${reason}`}.`,
    detail: isFile
      ? 'Correct the import, or build the file first if a tool makes it.'
      : 'Install the dependencies; if package.json does not name it, add it there.',
    evidence: [quoted(said.line), ...(reason === undefined ? [] : [`${folder ?? facts.cwd}: ${reason}.`])],
    actions: [
      ...(isFile ? [] : [runInTerminal(installCommand(facts, folder, files), folder ?? facts.cwd)]),
      showTerminal(facts.spec.id),
    ],
  };
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
        ? `The packages of ${facts.spec.key} are not installed: node_modules is absent.`
        : `The packages of ${facts.spec.key} are out of date: node_modules is older than the lock file.`,
      detail: 'Install the dependencies, then start it again.',
      evidence: [...(said === undefined ? [] : [quoted(said.line)]), `${folder}: package.json names dependencies.`],
      actions: [runInTerminal(installCommand(facts, folder, files), folder), showTerminal(facts.spec.id)],
    },
  ];
}
