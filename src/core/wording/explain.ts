/** Every expected failure in one sentence for a person: what happened, why, what next. */
import type { Failure, LaunchFailure, ProbeFailure, ProcessEnd, StepFailure, StopCause } from '../model/failure';
import type { HangEvidence } from '../model/health';
import { t } from './l10n';
import { oneLine, short } from './oneLine';
import { describeHolders, explainPortTaken } from './portOwners';
import { span } from './span';

export { describeHolders, describeOwner, describeOwners, explainOwners } from './portOwners';

export function explain(failure: Failure): string {
  switch (failure.kind) {
    case 'launch':
      return explainLaunch(failure.failure);
    case 'crashed':
      return explainCrash(failure);
    case 'setup':
      return explainSetup(failure.step, failure.cause);
    case 'neverReady':
      return because(t('Not ready after {0}', span(failure.waited)), failure.probe && explainProbe(failure.probe));
    case 'dependency':
      return because(t('Not started, because it depends on {0}', short(failure.id)), failure.detail);
    case 'portTaken':
      return explainPortTaken(failure.port, failure.owners);
    case 'portForbidden':
      return because(t('Not started, because the system does not let this user listen on port {0}', failure.port), failure.why);
    case 'portStillHeld':
      return t(
        'Stopped, but port {0} is still held by {1}: stop that process before the next start.',
        failure.port,
        short(describeHolders(failure.holders)),
      );
    case 'cannotStop':
      return `${because(t('Could not be stopped'), failure.why ?? t('it does not react to a kill'))} ${t('Still running: {0}.', pids(failure.pids))}`;
    case 'gaveUp':
      return because(failedAgain(failure.restarts), explain(failure.last));
  }
}

/** Why a start was refused before any process was made. */
export function explainLaunch(failure: LaunchFailure): string {
  switch (failure.kind) {
    case 'untrusted':
      return t('Not started, because this workspace is not trusted: trust it first (Workspaces: Manage Workspace Trust).');
    case 'missingFolder':
      return t('Its folder {0} does not exist: create it, or correct "cwd" in services.json.', short(failure.path));
    case 'notAFolder':
      return t('Its "cwd" {0} is a file and not a folder: correct "cwd" in services.json.', short(failure.path));
    case 'missingCommand':
      return t('The command {0} was not found: install it, or correct "command" in services.json.', short(failure.command));
    case 'missingEnvFile':
      return failure.example === undefined
        ? t('Its env file {0} does not exist: create it, or correct "envFile" in services.json.', short(failure.path))
        : t(
            'Its env file {0} does not exist: copy it from {1}, or correct "envFile" in services.json.',
            short(failure.path),
            short(failure.example),
          );
    case 'unreadableEnvFile':
      return because(t('Its env file {0} cannot be read', short(failure.path)), failure.detail);
    case 'unknownVariable':
      return t(
        'The variable {0} in "{1}" has no value: define it, or correct services.json.',
        short(failure.variable),
        short(failure.where),
      );
    case 'abandoned':
      return t('It was stopped before it was launched.');
    case 'unsavedSettings':
      return t('Not started by itself, because the settings file has unsaved changes: save it, or start the service by hand.');
    case 'taskRefused':
      return because(t('VS Code did not run its task'), failure.detail);
    case 'unconfirmed':
      return t(
        'The start was cancelled, but VS Code did not report within {0} whether a process was started. If one appears, it is stopped.',
        span(failure.waited),
      );
    case 'internal':
      return because(t('Not started because of an internal error'), failure.detail);
  }
}

/** Why a setup step kept the service from being launched. */
export function explainSetup(step: string, cause: StepFailure): string {
  const name = short(step, 60);
  switch (cause.kind) {
    case 'refused':
      return t('Not started, because its setup step "{0}" could not run. {1}', name, explainLaunch(cause.failure));
    case 'ended':
      return `${withLastWords(explainStepEnd(name, cause.end), cause.end)} ${triedAgain()}`;
    case 'noResult':
      return t(
        'Not started, because its setup step "{0}" exited with code 0, or was killed, but {1} is not there: correct its "command" or "unless" in services.json.',
        name,
        short(cause.path),
      );
  }
}

/** Why a probe did not succeed. */
export function explainProbe(failure: ProbeFailure): string {
  switch (failure.kind) {
    case 'workerDead':
      return because(t('Its reloader lives, but the server that it restarted is dead'), failure.line);
    case 'refused':
      return t('Nothing listens on port {0}.', failure.port);
    case 'noAnswer':
      return t('It accepts connections, but gave no complete answer within {0}.', span(failure.timeout));
    case 'reset':
      return t('It closed the connection before it answered.');
    case 'httpsExpected':
      return t('The port speaks HTTPS, but the probe speaks HTTP: write an https:// address in "health".');
    case 'httpExpected':
      return t('The port speaks plain HTTP, but the probe speaks HTTPS: write an http:// address in "health".');
    case 'notHttp':
      return t('What listens on the port does not speak HTTP: use { "tcp": <port> } as "health".');
    case 'badStatus':
      return t('It answered with HTTP status {0}, expected was {1}.', failure.status, short(failure.expected));
    case 'badBody':
      return because(t('It answered with another body than expected'), failure.detail);
    case 'execFailed':
      return because(explainProbeEnd(short(failure.command), failure.exitCode), failure.detail);
    case 'unknownHost':
      return t('The host {0} of its probe is not known: correct "health" in services.json.', short(failure.host));
    case 'unreachable':
      return because(t('It could not be reached'), failure.detail);
  }
}

/** What a look at a service that does not answer told; undefined when it told nothing. */
export function explainHang(evidence: HangEvidence | undefined): string | undefined {
  if (evidence === undefined) return undefined;
  const { closeWait, listeners, stoppedPids } = evidence;
  const facts = [
    stoppedPids.length === 0 ? '' : explainStoppedPids(stoppedPids),
    listeners <= 1 ? '' : t('{0} servers share the port', listeners),
    closeWait === 0 ? '' : explainUnclosed(closeWait),
  ].filter((fact) => fact !== '');
  return facts.length === 0 ? undefined : `${capital(facts.join('; '))}.`;
}

/** Why a service is stopped although nothing failed. */
export function explainStop(cause: StopCause): string {
  switch (cause.kind) {
    case 'never':
      return t('It was not started yet.');
    case 'command':
      return t('It was asked to stop.');
    case 'ctrlC':
      return t('Ctrl+C was pressed in its terminal.');
    case 'terminalClosed':
      return t('Its terminal was closed.');
    case 'portFreed':
      return cause.service === undefined
        ? t('To free port {0}.', cause.port)
        : t('To free port {0} for {1}.', cause.port, short(cause.service, 60));
    case 'unhealthyTooLong':
      return t('It was unhealthy for {0}.', span(cause.limit));
    case 'notWatched':
      return t('It is watched no more; pid {0} goes on.', cause.pid);
    case 'externalEnded':
      return t('The process that was watched has ended.');
    case 'forced':
      return cause.graceMs === 0
        ? t('It was killed at once, as configured: {0}.', pids(cause.pids))
        : t('It did not exit within {0} of {1}, so it was killed: {2}.', span(cause.graceMs), cause.signal, pids(cause.pids));
  }
}

/** `Exited with code 1`, with what is known about the code. Without a full stop, so that it can go on. */
export function explainEnd({ exitCode }: ProcessEnd): string {
  switch (exitCode) {
    case undefined:
      return t('Ended');
    case 0:
      // VS Code reports 0 for a process killed by SIGKILL as well (seen on 1.139.1).
      return t('Exited with code 0, or was killed,');
    default:
      return t('Exited with code {0}', codeWords(exitCode));
  }
}

function explainCrash(failure: Extract<Failure, { kind: 'crashed' }>): string {
  const end = explainEnd(failure.end);
  const told = failure.beforeReady ? t('{0} before it was ready', end) : t('{0} without being asked to', end);
  const whole = withLastWords(told, failure.end);
  return failure.repeats === undefined ? whole : `${whole} ${triedAgain()}`;
}

const triedAgain = (): string => t('It is tried again when a file of it is saved.');

/** The code with what is known about it. */
function codeWords(exitCode: number): string {
  const meaning = meaningOf(exitCode >>> 0);
  return meaning === undefined ? String(exitCode) : `${exitCode} (${meaning})`;
}

/** Exit codes that shells and systems give a meaning of their own. */
function meaningOf(exitCode: number): string | undefined {
  switch (exitCode) {
    case 126:
      return t('the command cannot be executed');
    case 127:
    case 9009:
      return t('a command was not found');
    case 134:
      return t('aborted, often for lack of memory');
    case 137:
      return t('SIGKILL, often for lack of memory');
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
]);

const withLastWords = (told: string, { lastLine }: ProcessEnd): string =>
  lastLine === undefined || oneLine(lastLine) === ''
    ? t('{0}; its terminal tells more.', told)
    : `${told}: ${sentence(short(lastLine, 200))}`;

const because = (told: string, detail: string | undefined): string =>
  detail === undefined || oneLine(detail) === '' ? `${told}.` : `${told}: ${sentence(short(detail, 400))}`;

const explainProbeEnd = (command: string, exitCode: number | undefined): string =>
  exitCode === undefined
    ? t('The probe {0} did not succeed', command)
    : t('The probe {0} exited with code {1}', command, exitCode);

const explainStepEnd = (name: string, { exitCode }: ProcessEnd): string =>
  exitCode === undefined
    ? t('Not started, because its setup step "{0}" ended without an exit code', name)
    : t('Not started, because its setup step "{0}" exited with code {1}', name, codeWords(exitCode));

const failedAgain = (restarts: number): string =>
  restarts === 1 ? t('It failed again after 1 restart') : t('It failed again after {0} restarts', restarts);

const explainStoppedPids = (list: readonly number[]): string =>
  list.length === 1
    ? t('{0} is stopped (SIGSTOP, or a debugger)', pids(list))
    : t('{0} are stopped (SIGSTOP, or a debugger)', pids(list));

const explainUnclosed = (amount: number): string =>
  amount === 1 ? t('1 connection left unclosed (CLOSE_WAIT)') : t('{0} connections left unclosed (CLOSE_WAIT)', amount);

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

function pids(list: readonly number[]): string {
  const shown = list.slice(0, 5).join(', ');
  if (list.length === 1) return t('pid {0}', shown);
  return list.length > 5 ? t('pids {0} and {1} more', shown, list.length - 5) : t('pids {0}', shown);
}

const sentence = (text: string): string => (/[.!?…]$/u.test(text) ? text : `${text}.`);
