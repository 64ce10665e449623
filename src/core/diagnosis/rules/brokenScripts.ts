/** The system cannot start a script: Windows line endings, a missing permission, or an interpreter that is not there. */
import { brief } from '../../wording/brief';
import { t } from '../../wording/l10n';
import { changeConfig, convertLineEndings, openConfig, openFile, runInTerminal, showTerminal } from '../actions';
import type { Facts, ScriptFacts } from '../facts';
import type { FindingAction } from '../finding';
import { lastOutput } from '../output';
import { toModuleCommand } from '../packages/pythonPackages';
import { failureOf, value } from '../queries';
import { isInside, joinPath, nameOf, parentOf, relativePath } from '../../workspaceFiles/paths';
import type { Rule } from '../rule';

const explains = ['missing-command', 'missing-dependency', 'syntax-error', 'crashed', 'crash-loop', 'not-running'] as const;

export const lineEndings: Rule = {
  code: 'line-endings',
  explains,
  find(facts) {
    const script = [...refused(facts), ...shellScripts(facts)].find(
      ({ path, hasCarriageReturns }) => hasCarriageReturns && isInside(path, facts.spec.folder),
    );
    if (script === undefined) return [];
    const name = nameOf(script.path);
    return [
      {
        severity: 'error',
        title: t('{0} has Windows line endings (CRLF), so this system cannot run it.', name),
        short: brief((file) => t('{0} has CRLF endings', file), name),
        detail: t('Convert it to LF. "{0}" in .gitattributes keeps Git from changing it again.', '*.sh text eol=lf'),
        evidence: [script.path, ...lastOutput(facts)],
        actions: [convertLineEndings(facts.spec.id, script.path), openFile(script.path)],
      },
    ];
  },
};

export const notExecutable: Rule = {
  code: 'not-executable',
  explains,
  find(facts) {
    const script = refused(facts).find(
      ({ path, isExecutable, hasCarriageReturns }) =>
        isExecutable === false && !hasCarriageReturns && isInside(path, facts.spec.folder) && isDenied(facts, path),
    );
    if (script === undefined) return [];
    const path = relativePath(facts.cwd, script.path);
    return [
      {
        severity: 'error',
        title: t('{0} may not be executed: its execute permission is missing.', nameOf(script.path)),
        short: brief((file) => t('{0} is not executable', file), nameOf(script.path)),
        detail: t('Add the permission. "{0}" records it in Git.', 'git update-index --chmod=+x'),
        evidence: [script.path, ...lastOutput(facts)],
        actions: [...addPermission(path, facts.cwd), openConfig(facts.spec.id), showTerminal(facts.spec.id)],
      },
    ];
  },
};

export const movedEnvironment: Rule = {
  code: 'moved-environment',
  explains,
  find(facts) {
    const script = refused(facts).find(
      ({ path, isInterpreterThere, interpreter }) =>
        !isInterpreterThere && isInside(path, facts.spec.folder) && interpreter !== undefined,
    );
    if (script?.interpreter === undefined || script.hasCarriageReturns) return [];
    const { path, interpreter } = script;
    const environment = parentOf(parentOf(path));
    const isEnvironment = /[\\/](?:bin|Scripts)$/.test(parentOf(path)) && interpreter.includes('python');
    return [
      {
        severity: 'error',
        title: isEnvironment
          ? t(
              'The virtual environment {0} was moved: {1} starts {2}, which does not exist.',
              nameOf(environment),
              nameOf(path),
              interpreter,
            )
          : t('{0} starts {1}, which does not exist.', nameOf(path), interpreter),
        short: isEnvironment
          ? brief((folder) => t('{0} was moved', folder), nameOf(environment))
          : brief((program) => t("No interpreter '{0}'", program), nameOf(interpreter)),
        detail: isEnvironment
          ? t(
              'The programs of an environment have its path in their first line. Run them with its own Python, or create it again.',
            )
          : t('Correct its first line, or install the interpreter.'),
        evidence: [path, ...lastOutput(facts)],
        actions: [...(isEnvironment ? runByModule(facts, parentOf(path)) : []), openFile(path), showTerminal(facts.spec.id)],
      },
    ];
  },
};

/** The scripts of a service that could not start them. */
function refused(facts: Facts): readonly ScriptFacts[] {
  const failure = failureOf(facts);
  const isMissing = failure?.kind === 'launch' && failure.failure.kind === 'missingCommand';
  const isRefused =
    isMissing ||
    (failure?.kind === 'crashed' &&
      failure.beforeReady &&
      ([126, 127].includes(failure.end.exitCode ?? 0) || lastOutput(facts, 6).some((line) => refusal.test(line))));
  return isRefused ? (value(facts.scripts) ?? []) : [];
}

/** A shell reads the carriage return as a part of each word, so such a script fails in many ways. */
function shellScripts(facts: Facts): readonly ScriptFacts[] {
  const failure = failureOf(facts);
  if (failure?.kind !== 'crashed' || !failure.beforeReady) return [];
  return (value(facts.scripts) ?? []).filter(
    ({ path, interpreter }) => /\.(?:sh|bash|zsh)$/.test(path) || /[\\/](?:ba|z|da|k)?sh$/.test(interpreter ?? ''),
  );
}

const refusal = /cannot execute|Permission denied|bad interpreter|EACCES|\\r|\^M|\r|No such file or directory|not found/;

/** Permission denied may concern another file, which the script itself wanted. */
const isDenied = (facts: Facts, path: string): boolean =>
  failureOf(facts)?.kind === 'launch' ||
  lastOutput(facts, 6).some((line) => line.includes(nameOf(path)) && /Permission denied|EACCES/.test(line));

/** A name that a shell would take apart is left to the user. */
const addPermission = (path: string, folder: string): readonly FindingAction[] =>
  /^[\w./-]+$/.test(path) && !path.startsWith('-') ? [runInTerminal(`chmod +x ${path}`, folder)] : [];

/** The interpreter itself works after a move, as long as the Python that it links to is there. */
function runByModule(facts: Facts, programs: string): readonly FindingAction[] {
  const interpreter = joinPath(programs, facts.host.platform === 'windows' ? 'python.exe' : 'python');
  const command = toModuleCommand(facts, interpreter);
  if (command === undefined) return [];
  const line = typeof command === 'string' ? command : command.join(' ');
  return [changeConfig(t('Set "command" to "{0}"', line), facts.spec.id, { path: ['command'], value: command })];
}
