/** Explains every expected failure: the cause first, then the consequence, then what to do. Each text is made of whole sentences. */
import type { Failure, LaunchFailure, ProcessEnd, StepFailure, StopCause } from '../model/failure';
import type { StopWay } from '../model/stopWay';
import { explainDependency } from './dependencies';
import { explainProbe } from './explainProbe';
import { actorWords } from './actor';
import { t } from './l10n';
import { describeHolders, explainPortTaken } from './owners';
import { pidsOf } from './pids';
import { asClause, asSentence, sentences, short, withDetail } from './sentence';
import { removed, withoutCredentials } from './secrets';
import { span } from './span';
import { shortened } from './text';

export function explain(failure: Failure): string {
  switch (failure.kind) {
    case 'launch':
      return explainLaunch(failure.failure);
    case 'crashed':
      return explainCrash(failure);
    case 'setup':
      return explainSetup(failure.step, failure.cause);
    case 'neverReady':
      return sentences(failure.probe && explainProbe(failure.probe), t('Not ready after {0}.', span(failure.waited)));
    case 'dependency':
      return explainDependency(short(failure.id), failure.problem);
    case 'portTaken':
      return explainPortTaken(failure.port, failure.owners);
    case 'portForbidden':
      return sentences(
        t('No permission to listen on port {0}.', failure.port),
        asSentence(shortened(failure.why, maxLineLength)),
      );
    case 'portStillHeld':
      return t(
        'Port {0} is still in use by {1}, although the service is stopped. Stop that process before the next start.',
        failure.port,
        short(describeHolders(failure.holders)),
      );
    case 'cannotStop':
      return sentences(
        withDetail(failure.why, t('Could not be stopped.'), (detail) => t('Could not be stopped: {0}', detail)),
        failure.pids.length === 0 ? undefined : t('Still running: {0}.', pidsOf(failure.pids)),
      );
    case 'gaveUp':
      return sentences(explain(failure.last), failedAgain(failure.restarts));
  }
}

/** Explains why a start was refused before any process was created. */
export function explainLaunch(failure: LaunchFailure): string {
  switch (failure.kind) {
    case 'untrusted':
      return t('This workspace is not trusted. To start services in it, run Workspaces: Manage Workspace Trust.');
    case 'noFreePort':
      return t(
        'No port from {0} to {1} is free. Stop a server that uses one, or give "port" in services.json another range.',
        failure.from,
        failure.to,
      );
    case 'missingFolder':
      return t('Folder not found: {0}. Create it, or correct "cwd" in services.json.', short(failure.path));
    case 'notAFolder':
      return t('"cwd" is a file, not a folder: {0}. Correct "cwd" in services.json.', short(failure.path));
    case 'missingCommand':
      return t('Command not found: {0}. Install it, or correct "command" in services.json.', short(failure.command));
    case 'missingEnvFile':
      return failure.example === undefined
        ? t('Env file not found: {0}. Create it, or correct "envFile" in services.json.', short(failure.path))
        : t(
            'Env file not found: {0}. Copy it from {1}, or correct "envFile" in services.json.',
            short(failure.path),
            short(failure.example),
          );
    case 'unreadableEnvFile':
      return withDetail(failure.detail, t('Cannot read the env file {0}.', short(failure.path)), (detail) =>
        t('Cannot read the env file {0}: {1}', short(failure.path), detail),
      );
    case 'unknownVariable':
      return t(
        'No value for the variable {0} in "{1}". Define it, or correct services.json.',
        short(failure.variable),
        short(failure.where),
      );
    case 'abandoned':
      return t('Stopped before it was launched.');
    case 'unsavedSettings':
      return t(
        'The settings file has unsaved changes, so nothing is started automatically. Save it, or start the service manually.',
      );
    case 'notAgreed':
      return t('What this service runs has changed since you last started it. Start it to run the new commands.');
    case 'taskRefused':
      return withDetail(failure.detail, t('VS Code did not run the task.'), (detail) =>
        t('VS Code did not run the task: {0}', detail),
      );
    case 'unconfirmed':
      return t(
        'The start was canceled, but VS Code did not report within {0} whether a process was started. If one appears, it is stopped.',
        span(failure.waited),
      );
    case 'internal':
      return withDetail(failure.detail, t('Not started because of an internal error.'), (detail) =>
        t('Not started because of an internal error: {0}', detail),
      );
  }
}

/** Explains why a setup step kept the service from being launched. */
export function explainSetup(step: string, cause: StepFailure): string {
  const name = shortened(step, maxStepLength);
  switch (cause.kind) {
    case 'refused':
      return sentences(explainLaunch(cause.failure), t('Setup step "{0}" did not run.', name));
    case 'ended':
      return sentences(explainStepEnd(name, cause.end), willRetry());
    case 'noResult':
      // VS Code reports 0 for a process killed by SIGKILL as well (seen on 1.139.1).
      return t(
        'Setup step "{0}" exited with code 0 or was killed, but did not create {1}. Correct its "command" or "unless" in services.json.',
        name,
        short(cause.path),
      );
  }
}

/** Explains why a service is stopped although nothing failed. */
export function explainStop(cause: StopCause): string {
  switch (cause.kind) {
    case 'never':
      return t('Not started yet.');
    case 'command':
      return cause.by === undefined ? t('Stopped on request.') : t('Stopped by {0}.', actorWords(cause.by));
    case 'awaitingConsent':
      return t('It starts with this workspace as soon as you allow it.');
    case 'dismissed':
      return t('Stopped after it failed: {0}', explain(cause.failure));
    case 'ctrlC':
      return t('Ctrl+C was pressed in its terminal.');
    case 'terminalClosed':
      return t('Its terminal was closed.');
    case 'portFreed':
      return cause.service === undefined
        ? t('To free port {0}.', cause.port)
        : t('To free port {0} for {1}.', cause.port, short(cause.service));
    case 'unhealthyTooLong':
      return t('Unhealthy for {0}.', span(cause.limit));
    case 'notWatched':
      return t('No longer monitored; pid {0} is still running.', cause.pid);
    case 'externalEnded':
      return t('The monitored process has ended.');
    case 'forced':
      return explainForced(cause);
  }
}

function explainForced({ graceMs, asked, pids }: Extract<StopCause, { kind: 'forced' }>): string {
  if (graceMs === 0) return t('Killed immediately, as configured: {0}.', pidsOf(pids));
  if (asked === undefined) return t('Did not exit within {0} and was killed: {1}.', span(graceMs), pidsOf(pids));
  if (asked === 'nothing') return t('Killed, because it could not be asked to stop: {0}.', pidsOf(pids));
  return t('Did not exit within {0} of {1} and was killed: {2}.', span(graceMs), stopWayWords(asked), pidsOf(pids));
}

/** What asks a service to stop, as it is written in the middle of a sentence. */
export function stopWayWords(way: Exclude<StopWay, 'nothing'>): string {
  if (way === 'typed') return t('Ctrl+C');
  return way === 'command' ? t('its stop command') : way;
}

function explainCrash({ end, beforeReady, repeats }: Extract<Failure, { kind: 'crashed' }>): string {
  const line = lastLineOf(end);
  const words = line === '' ? endWithoutOutput(end, beforeReady) : endWithOutput(line, end, beforeReady);
  return sentences(words, repeats === undefined ? undefined : willRetry());
}

function endWithOutput(line: string, { exitCode }: ProcessEnd, beforeReady: boolean): string {
  switch (exitCode) {
    case undefined:
      return beforeReady ? t('{0} (exited during startup).', line) : t('{0} (exited unexpectedly).', line);
    case 0:
      // VS Code reports 0 for a process killed by SIGKILL as well (seen on 1.139.1).
      return beforeReady ? t('{0} (exit code 0 or killed, during startup).', line) : t('{0} (exit code 0 or killed).', line);
    default:
      return beforeReady
        ? t('{0} (exit code {1}, during startup).', line, codeBesideOutput(exitCode))
        : t('{0} (exit code {1}).', line, codeBesideOutput(exitCode));
  }
}

function endWithoutOutput({ exitCode }: ProcessEnd, beforeReady: boolean): string {
  switch (exitCode) {
    case undefined:
      return beforeReady
        ? t('Exited during startup. See the terminal for details.')
        : t('Exited unexpectedly. See the terminal for details.');
    case 0:
      return beforeReady
        ? t('Exited during startup with code 0, or was killed. See the terminal for details.')
        : t('Exited unexpectedly with code 0, or was killed. See the terminal for details.');
    default:
      return beforeReady
        ? t('Exited during startup with code {0}. See the terminal for details.', codeWords(exitCode))
        : t('Exited unexpectedly with code {0}. See the terminal for details.', codeWords(exitCode));
  }
}

function explainStepEnd(name: string, end: ProcessEnd): string {
  const { exitCode } = end;
  const line = lastLineOf(end);
  if (line === '')
    return exitCode === undefined
      ? t('Setup step "{0}" ended without an exit code. See the terminal for details.', name)
      : t('Setup step "{0}" failed with exit code {1}. See the terminal for details.', name, codeWords(exitCode));
  return exitCode === undefined
    ? t('{0} (setup step "{1}" ended without an exit code).', line, name)
    : t('{0} (setup step "{1}" failed with exit code {2}).', line, name, codeBesideOutput(exitCode));
}

/** In code points. */
const maxLineLength = 200;
const maxStepLength = 60;

/** Returns the last line of the output as a clause; an empty string when there is none. */
const lastLineOf = ({ lastLine = '' }: ProcessEnd): string =>
  asClause(shortened(withoutCredentials(lastLine).replaceAll(removed, t('[removed]')), maxLineLength));

const willRetry = (): string => t('Will retry when a file in its folder is saved.');

/** With `"maxRestarts": 0` a service gives up without a restart. */
function failedAgain(restarts: number): string | undefined {
  if (restarts === 0) return undefined;
  return restarts === 1 ? t('Failed again after 1 restart.') : t('Failed again after {0} restarts.', restarts);
}

/** Returns the code with what is known about it, such as `127: command not found`. */
function codeWords(exitCode: number): string {
  const meaning = meaningOf(exitCode >>> 0);
  return meaning === undefined ? String(exitCode) : `${exitCode}: ${meaning}`;
}

/** Returns the code without a meaning that the shell has printed already. */
const codeBesideOutput = (exitCode: number): string =>
  [126, 127, 9009].includes(exitCode) ? String(exitCode) : codeWords(exitCode);

/** Exit codes to which shells and systems give a meaning of their own. */
function meaningOf(exitCode: number): string | undefined {
  switch (exitCode) {
    case 126:
      return t('command cannot be executed');
    case 127:
    case 9009:
      return t('command not found');
    case 134:
      return t('aborted, often because memory ran out');
    case 137:
      return t('SIGKILL, often because memory ran out');
    case 139:
      return t('segmentation fault');
    case 0xc0000005:
      return t('access violation');
    default:
      return interrupts.get(exitCode);
  }
}

const interrupts = new Map([
  [129, 'SIGHUP'],
  [130, 'SIGINT'],
  [143, 'SIGTERM'],
  [0xc000013a, 'Ctrl+C'],
  [0xc000013a - 2 ** 32, 'Ctrl+C'],
]);
