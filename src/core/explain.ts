/** Every expected failure in one sentence for a person: what happened, why, what next. */
import type { Failure, LaunchFailure, ProbeFailure, ProcessEnd, StepFailure, StopCause } from './failure';
import type { HangEvidence } from './health';
import type { PortOwner } from './process';
import { span } from './views/span';

export function explain(failure: Failure): string {
  switch (failure.kind) {
    case 'launch':
      return explainLaunch(failure.failure);
    case 'crashed':
      return explainCrash(failure);
    case 'setup':
      return explainSetup(failure.step, failure.cause);
    case 'neverReady':
      return `Not ready after ${span(failure.waited)}${because(failure.probe === undefined ? undefined : explainProbe(failure.probe))}`;
    case 'dependency':
      return `Not started, because it depends on ${short(failure.id)}${because(failure.detail)}`;
    case 'portTaken':
      return `Port ${failure.port} is taken by ${short(failure.owner)}: stop that process, or give the service another port.`;
    case 'portForbidden':
      return `Not started, because the system does not let this user listen on port ${failure.port}${because(failure.why)}`;
    case 'portStillHeld':
      return `Stopped, but port ${failure.port} is still held by ${short(failure.owner)}: stop that process before the next start.`;
    case 'cannotStop':
      return `Could not be stopped${because(failure.detail)} ${sentence(`Still running: ${pids(failure.pids)}`)}`;
    case 'gaveUp':
      return `It failed again after ${count(failure.restarts, 'restart')}${because(explain(failure.last))}`;
  }
}

/** Why a start was refused before any process was made. */
export function explainLaunch(failure: LaunchFailure): string {
  switch (failure.kind) {
    case 'untrusted':
      return 'Not started, because this workspace is not trusted: trust it first (Workspaces: Manage Workspace Trust).';
    case 'missingFolder':
      return `Its folder ${short(failure.path)} does not exist: create it, or correct "cwd" in services.json.`;
    case 'notAFolder':
      return `Its "cwd" ${short(failure.path)} is a file and not a folder: correct "cwd" in services.json.`;
    case 'missingCommand':
      return `The command ${short(failure.command)} was not found: install it, or correct "command" in services.json.`;
    case 'missingEnvFile':
      return failure.example === undefined
        ? `Its env file ${short(failure.path)} does not exist: create it, or correct "envFile" in services.json.`
        : `Its env file ${short(failure.path)} does not exist: copy it from ${short(failure.example)}, or correct "envFile" in services.json.`;
    case 'unreadableEnvFile':
      return `Its env file ${short(failure.path)} cannot be read${because(failure.detail)}`;
    case 'unknownVariable':
      return `The variable ${short(failure.variable)} in "${short(failure.where)}" has no value: define it, or correct services.json.`;
    case 'abandoned':
      return 'It was stopped before it was launched.';
    case 'unsavedSettings':
      return 'Not started by itself, because the settings file has unsaved changes: save it, or start the service by hand.';
    case 'taskRefused':
      return `VS Code did not run its task${because(failure.detail)}`;
  }
}

/** Why a setup step kept the service from being launched. */
export function explainSetup(step: string, cause: StepFailure): string {
  const name = `its setup step "${short(step, 60)}"`;
  switch (cause.kind) {
    case 'refused':
      return `Not started, because ${name} could not run. ${explainLaunch(cause.failure)}`;
    case 'ended':
      return `Not started, because ${name} ${ended(cause.end.exitCode)}${lastWords(cause.end)} ${triedAgain}`;
    case 'noResult':
      return `Not started, because ${name} exited with code 0, or was killed, but ${short(cause.path)} is not there: correct its "command" or "unless" in services.json.`;
  }
}

/** Why a probe did not succeed. */
export function explainProbe(failure: ProbeFailure): string {
  switch (failure.kind) {
    case 'workerDead':
      return `Its reloader lives, but the server that it restarted is dead${because(failure.line)}`;
    case 'refused':
      return `Nothing listens on port ${failure.port}.`;
    case 'noAnswer':
      return `It accepts connections, but gave no complete answer within ${span(failure.timeout)}.`;
    case 'reset':
      return 'It closed the connection before it answered.';
    case 'httpsExpected':
      return 'The port speaks HTTPS, but the probe speaks HTTP: write an https:// address in "health".';
    case 'httpExpected':
      return 'The port speaks plain HTTP, but the probe speaks HTTPS: write an http:// address in "health".';
    case 'notHttp':
      return 'What listens on the port does not speak HTTP: use { "tcp": <port> } as "health".';
    case 'badStatus':
      return `It answered with HTTP status ${failure.status}, expected was ${short(failure.expected)}.`;
    case 'badBody':
      return `It answered with another body than expected${because(failure.detail)}`;
    case 'execFailed':
      return `The probe ${short(failure.command)} ${exited(failure.exitCode)}${because(failure.detail)}`;
    case 'unknownHost':
      return `The host ${short(failure.host)} of its probe is not known: correct "health" in services.json.`;
    case 'unreachable':
      return `It could not be reached${because(failure.detail)}`;
  }
}

/** `pid 4711 (python main.py in /home/me/app, ours from an earlier run)`, without a full stop. */
export function describeOwner({ process, command, cwd, origin }: PortOwner): string {
  const place = cwd === undefined ? '' : ` in ${short(cwd)}`;
  return `pid ${process.pid} (${short(command)}${place}${origin === 'ours' ? ', left over from an earlier run' : ''})`;
}

/** What a look at a service that does not answer told; undefined when it told nothing. */
export function explainHang(evidence: HangEvidence | undefined): string | undefined {
  if (evidence === undefined) return undefined;
  const { closeWait, listeners, stoppedPids } = evidence;
  const facts = [
    stoppedPids.length === 0
      ? ''
      : `${pids(stoppedPids)} ${stoppedPids.length === 1 ? 'is' : 'are'} stopped (SIGSTOP, or a debugger)`,
    listeners <= 1 ? '' : `${listeners} servers share the port`,
    closeWait === 0 ? '' : `${count(closeWait, 'connection')} left unclosed (CLOSE_WAIT)`,
  ].filter((fact) => fact !== '');
  return facts.length === 0 ? undefined : `${capital(facts.join('; '))}.`;
}

/** Why a service is stopped although nothing failed. */
export function explainStop(cause: StopCause): string {
  switch (cause.kind) {
    case 'never':
      return 'It was not started yet.';
    case 'command':
      return 'It was asked to stop.';
    case 'ctrlC':
      return 'Ctrl+C was pressed in its terminal.';
    case 'terminalClosed':
      return 'Its terminal was closed.';
    case 'unhealthyTooLong':
      return `It was unhealthy for ${span(cause.limit)}.`;
    case 'notWatched':
      return `It is watched no more; pid ${cause.pid} goes on.`;
    case 'externalEnded':
      return 'The process that was watched has ended.';
    case 'forced':
      return cause.graceMs === 0
        ? `It was killed at once, as configured: ${pids(cause.pids)}.`
        : `It did not exit within ${span(cause.graceMs)} of ${cause.signal}, so it was killed: ${pids(cause.pids)}.`;
  }
}

/** `Exited with code 1`, with what is known about the code. Without a full stop, so that it can go on. */
export function explainEnd({ exitCode }: ProcessEnd): string {
  switch (exitCode) {
    case undefined:
      return 'Ended';
    case 0:
      // VS Code reports 0 for a process killed by SIGKILL as well (seen on 1.139.1).
      return 'Exited with code 0, or was killed,';
    default:
      return `Exited with code ${exitCode}${meaning(exitCode)}`;
  }
}

function explainCrash(failure: Extract<Failure, { kind: 'crashed' }>): string {
  const when = failure.beforeReady ? 'before it was ready' : 'without being asked to';
  const told = `${explainEnd(failure.end)} ${when}${lastWords(failure.end)}`;
  return failure.repeats === undefined ? told : `${told} ${triedAgain}`;
}

const triedAgain = 'It is tried again when a file of it is saved.';

/** Exit codes that shells and systems give a meaning of their own. */
function meaning(exitCode: number): string {
  const text = meanings.get(exitCode >>> 0);
  return text === undefined ? '' : ` (${text})`;
}

const meanings = new Map([
  [126, 'the command cannot be executed'],
  [127, 'a command was not found'],
  [129, 'SIGHUP'],
  [130, 'SIGINT'],
  [134, 'aborted, often for lack of memory'],
  [137, 'SIGKILL, often for lack of memory'],
  [139, 'segmentation fault'],
  [143, 'SIGTERM'],
  [9009, 'a command was not found'],
  [0xc0000005, 'access violation'],
  [0xc000013a, 'Ctrl+C'],
]);

const lastWords = ({ lastLine }: ProcessEnd): string =>
  lastLine === undefined || oneLine(lastLine) === '' ? '; its terminal tells more.' : `: ${sentence(short(lastLine, 200))}`;

const because = (detail: string | undefined): string =>
  detail === undefined || oneLine(detail) === '' ? '.' : `: ${sentence(short(detail, 400))}`;

const exited = (exitCode: number | undefined): string =>
  exitCode === undefined ? 'did not succeed' : `exited with code ${exitCode}`;

const ended = (exitCode: number | undefined): string =>
  exitCode === undefined ? 'ended without an exit code' : `exited with code ${exitCode}${meaning(exitCode)}`;

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const count = (amount: number, noun: string): string => `${amount} ${noun}${amount === 1 ? '' : 's'}`;

function pids(list: readonly number[]): string {
  const shown = list.slice(0, 5).join(', ');
  const more = list.length > 5 ? ` and ${list.length - 5} more` : '';
  return list.length === 1 ? `pid ${shown}` : `pids ${shown}${more}`;
}

/** One line of at most `limit` characters: commands and output may be as long as they like. */
function short(text: string, limit = 120): string {
  const line = oneLine(text);
  // By code points, so that no emoji is cut in two.
  const characters = Array.from(line);
  return characters.length > limit ? `${characters.slice(0, limit - 1).join('')}…` : line;
}

const oneLine = (text: string): string => text.replace(/[\s\p{Cc}]+/gu, ' ').trim();

const sentence = (text: string): string => (/[.!?…]$/u.test(text) ? text : `${text}.`);
