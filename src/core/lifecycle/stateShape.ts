/** Whether a value from another window is the state of a service: every part that is read without asking is there, in its type. */
import { isRequestedBy } from '../model/actor';
import type { DependencyProblem, WaitingState } from '../model/dependency';
import type { Failure, LaunchFailure, ProbeFailure, StepFailure, StopCause } from '../model/failure';
import type { Health } from '../model/health';
import type { PortOrigin, PortOwner } from '../model/process';
import type { RestartReason } from '../model/restartReason';
import type { LaunchPhase, Lifecycle, ServiceState } from './state';

type Check = (value: unknown) => boolean;
type Shape = Readonly<Record<string, Check>>;

const isText: Check = (value) => typeof value === 'string';
const isNumber: Check = (value) => typeof value === 'number' && Number.isFinite(value);
const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const oneOf =
  (...texts: readonly string[]): Check =>
  (value) =>
    typeof value === 'string' && texts.includes(value);
const optional =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value);
const listOf =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check);
const shaped =
  (shape: Shape): Check =>
  (value) =>
    isObject(value) && Object.entries(shape).every(([key, check]) => check(value[key]));
/** By `kind`. The type parameter makes the compiler ask for the shape of every kind. */
const variant = <K extends string>(shapes: Readonly<Record<K, Shape>>): Check => {
  const byKind = new Map<unknown, Shape>(Object.entries<Shape>(shapes));
  return (value) => {
    const shape = isObject(value) ? byKind.get(value['kind']) : undefined;
    return shape !== undefined && shaped(shape)(value);
  };
};

const isProcess = shaped({ pid: Number.isSafeInteger, born: isText });
const isBy: Check = isRequestedBy;
const isAwaiting = optional(oneOf('explanation'));
const isTerminal = oneOf('attached', 'lost', 'left');

const isProbeFailure = variant<ProbeFailure['kind']>({
  workerDead: { line: isText },
  refused: { port: isNumber },
  noAnswer: { timeout: isNumber },
  slow: { took: isNumber, timeout: isNumber },
  reset: {},
  httpsExpected: {},
  httpExpected: {},
  notHttp: {},
  badStatus: { status: isNumber, expected: isText, why: optional(isText) },
  badBody: { detail: isText },
  execFailed: { command: isText, exitCode: optional(isNumber), detail: isText },
  unknownHost: { host: isText },
  unreachable: { detail: isText },
  container: { state: isText },
  containerStarting: {},
  containerUnhealthy: { detail: isText },
});

const isOutcome: Check = (value) =>
  isObject(value) &&
  isNumber(value['at']) &&
  optional(isNumber)(value['status']) &&
  optional(isNumber)(value['published']) &&
  optional(isText)(value['host']) &&
  (value['ok'] === true ? isNumber(value['latencyMs']) : value['ok'] === false && isProbeFailure(value['failure']));
const isFailedOutcome: Check = (value) => isOutcome(value) && isObject(value) && value['ok'] === false;
const isStreak = shaped({ successes: isNumber, failures: isNumber });
const isEvidence = shaped({ closeWait: isNumber, established: isNumber, listeners: isNumber, stoppedPids: listOf(isNumber) });

const isHealth = variant<Health['kind']>({
  none: {},
  unknown: { streak: isStreak, last: optional(isOutcome) },
  healthy: { since: isNumber, streak: isStreak, last: isOutcome },
  unhealthy: { since: isNumber, streak: isStreak, last: isFailedOutcome, evidence: optional(isEvidence) },
  reloading: { since: isNumber, streak: isStreak, last: optional(isOutcome) },
});

const isEnd = shaped({ exitCode: optional(isNumber), lastLine: optional(isText) });
const isLaunchFailure = variant<LaunchFailure['kind']>({
  untrusted: {},
  noFreePort: { from: isNumber, to: isNumber },
  missingFolder: { path: isText },
  notAFolder: { path: isText },
  missingCommand: { command: isText },
  missingEnvFile: { path: isText, example: optional(isText) },
  unreadableEnvFile: { path: isText, detail: isText },
  unknownVariable: { variable: isText, where: isText },
  abandoned: {},
  unsavedSettings: {},
  notAgreed: {},
  taskRefused: { detail: isText },
  unconfirmed: { waited: isNumber },
  internal: { detail: isText },
});
const isStepFailure = variant<StepFailure['kind']>({
  refused: { failure: isLaunchFailure },
  ended: { end: isEnd },
  noResult: { path: isText },
});
const isDependencyProblem = variant<DependencyProblem['kind']>({
  notConfigured: {},
  stopped: {},
  failed: {},
  exited: {},
  notCompleted: { exitCode: optional(isNumber) },
  circle: { ids: listOf(isText) },
});
const isFailure: Check = variant<Failure['kind']>({
  launch: { failure: isLaunchFailure },
  crashed: { end: isEnd, beforeReady: (flag) => typeof flag === 'boolean', repeats: optional(isText) },
  setup: { step: isText, cause: isStepFailure },
  neverReady: { waited: isNumber, probe: optional(isProbeFailure) },
  dependency: { id: isText, problem: isDependencyProblem },
  portTaken: { port: isNumber, owners: listOf((value) => isPortOwner(value)) },
  portForbidden: { port: isNumber, why: isText },
  portStillHeld: { port: isNumber, holders: listOf(shaped({ pid: isNumber, command: optional(isText) })) },
  cannotStop: { pids: listOf(isNumber), why: optional(isText) },
  gaveUp: { restarts: isNumber, last: (value) => isFailure(value) },
});

const isStopCause = variant<StopCause['kind']>({
  never: {},
  command: { by: optional(isBy) },
  awaitingConsent: {},
  dismissed: { failure: isFailure },
  ctrlC: {},
  terminalClosed: {},
  portFreed: { port: isNumber, service: optional(isText) },
  unhealthyTooLong: { limit: isNumber },
  notWatched: { pid: isNumber },
  externalEnded: {},
  forced: { graceMs: isNumber, asked: optional(isText), pids: listOf(isNumber) },
});

const isOrigin = variant<PortOrigin['kind']>({
  leftOver: {},
  service: { folder: isText, key: isText, id: optional(isText), state: isText },
  editor: {},
  other: {},
});
const isOwner = shaped({ process: isProcess, command: isText, cwd: optional(isText), startedAt: isNumber, origin: isOrigin });

export const isPortOwner = (value: unknown): value is PortOwner => isOwner(value);

const isPhase = variant<LaunchPhase['kind']>({
  preparing: {},
  portClosing: { port: isNumber },
  setup: { step: shaped({ name: isText, number: isNumber, of: isNumber, since: isNumber }) },
  blocked: { owners: listOf(isPortOwner) },
});
const isWaitingState = oneOf(
  ...(['waiting', 'beingSetUp', 'starting', 'running', 'unknown', 'unhealthy'] satisfies WaitingState[]),
  ...(['reloading', 'stopping', 'ending', 'backingOff'] satisfies WaitingState[]),
);
const isWaiting = shaped({ id: isText, state: isWaitingState, since: isNumber });
const isEndedPart = shaped({ name: optional(isText), exitCode: optional(isNumber), detail: optional(isText) });

const isLifecycle = variant<Lifecycle['kind']>({
  stopped: { cause: isStopCause, run: optional(isText) },
  queued: { run: isText, by: isBy, since: isNumber, waitingFor: listOf(isWaiting) },
  launching: { run: isText, by: isBy, since: isNumber, phase: isPhase, ending: optional(listOf(isPortOwner)) },
  starting: {
    ...{ run: isText, by: optional(isBy), since: isNumber, process: isProcess, terminal: isTerminal, health: isHealth },
    printedPort: optional(isNumber),
    question: optional(isText),
    ended: optional(listOf(isEndedPart)),
    paused: optional(oneOf('debugger')),
  },
  running: {
    ...{ run: isText, by: optional(isBy), process: isProcess, startedAt: isNumber, readyAt: isNumber },
    ...{ terminal: isTerminal, health: isHealth, readyLine: optional(oneOf('unread')) },
    printedPort: optional(isNumber),
    question: optional(isText),
    ended: optional(listOf(isEndedPart)),
    paused: optional(oneOf('debugger')),
  },
  stopping: {
    ...{ run: isText, process: optional(isProcess), since: isNumber, cause: isStopCause, phase: oneOf('asked', 'forced') },
    asked: optional(isText),
    next: optional(shaped({ run: isText, by: isBy })),
  },
  backingOff: { run: isText, next: isText, until: isNumber, since: isNumber, failure: isFailure },
  exited: { run: isText, at: isNumber, exitCode: optional(isNumber), awaiting: isAwaiting },
  failed: { run: isText, at: isNumber, failure: isFailure, awaiting: isAwaiting },
  external: { run: isText, process: isProcess, since: isNumber, health: isHealth },
});

const isReason = variant<RestartReason['kind']>({ changed: { file: isText, others: isNumber }, dependency: { id: isText } });
const isRestarts = shaped({
  inARow: isNumber,
  total: isNumber,
  latest: optional(shaped({ run: isText, reason: isReason })),
});

const isState = shaped({ lifecycle: isLifecycle, restarts: isRestarts });

export const isServiceState = (value: unknown): value is ServiceState => isState(value);
