/** HTTP probes: where to ask, and what the answers of several addresses amount to. */
import type { ProbeFailure } from '../../core/model/failure';
import { type Attempt, failed } from './attempt';
import { statusFailure } from '../../core/checks/reply';
import { failureOf } from './classify';
import { Connecting } from './connect';
import { withinDeadline } from './deadline';
import { exchange, type Question } from './exchange';
import { isGood, isPlain, note } from './goodPlaces';
import { knockFirst, type Knocked } from './knock';
import { justSpokeHttp, noteHttp } from './plainPorts';
import { loadAxios } from './request';
import { favouriteOf, race } from './race';
import { type HttpPlace, type HttpTarget, httpTargets } from './target';
import { type Status, StatusRequest } from './statusRequest';
import { speaksTls } from './tls';

/**
 * Ends after the timeout of the question at the latest. `signal` is looked at after 100 ms, so that a place which has answered well and
 * does so again sooner, or refuses as before, costs no listener and no controller.
 */
export async function httpAttempt(question: Question, address: string, place: HttpPlace, signal: AbortSignal): Promise<Attempt> {
  const resolved = httpTargets(address, place);
  if (!resolved.ok) return failed({ kind: 'unreachable', detail: resolved.detail });
  const { targets } = resolved;
  if (signal.aborted) return attemptInTime(question, { targets }, signal);
  const favourite = favouriteOf(targets);
  if (favourite === undefined) return firstAttempt(question, targets, signal);
  const begun = begin(favourite, question);
  if (begun === undefined) return attemptInTime(question, { targets }, signal);
  const began = performance.now();
  const early = await begun.early(question.timeout);
  if (isAccepted(early, question)) return answered(begun.target, early);
  return attemptInTime(question, { targets, begun, passed: performance.now() - began }, signal);
}

/** While a service starts this is called every few ms, so a refused connection must cost almost nothing. */
function firstAttempt(question: Question, targets: readonly HttpTarget[], signal: AbortSignal): Promise<Attempt> {
  // Loads while the service starts. Its failure, if any, shows where it is used.
  loadAxios().catch(() => undefined);
  const { timeout } = question;
  const endpoints = targets.map((target) => ({ ...target, timeout }));
  return knockFirst(endpoints, timeout, (knocked) => attemptInTime(question, { targets, ...knocked }, signal));
}

/** `connections`: to the targets, where they are being made already. */
interface Attempts extends Partial<Knocked> {
  readonly targets: readonly HttpTarget[];
  /** A request to one of the targets, without a good answer so far. */
  readonly begun?: StatusRequest;
}

function attemptInTime(question: Question, attempts: Attempts, signal: AbortSignal): Promise<Attempt> {
  const { targets, connections = [], begun, passed } = attempts;
  const one = (target: HttpTarget, inner: AbortSignal): Promise<Attempt> => {
    const connection = connections[targets.indexOf(target)];
    if (connection !== undefined) return askInFull(target, question, inner, connection);
    return ask(question, target === begun?.target ? begun : (begin(target, question) ?? target), inner);
  };
  return withinDeadline(question.timeout, signal, (limit) => race(targets, limit, one), passed).finally(() => begun?.giveUp());
}

/** Undefined where more than the status is needed. */
const begin = (target: HttpTarget, question: Question): StatusRequest | undefined =>
  isPlain(question, target) && isGood(target) ? new StatusRequest(target) : undefined;

const isAccepted = (status: Status | undefined, question: Question): status is number =>
  typeof status === 'number' && statusFailure(status, question) === undefined;

function answered(target: HttpTarget, status: number): Attempt {
  noteHttp(target);
  return { ok: true, status };
}

async function ask(question: Question, asked: StatusRequest | HttpTarget, signal: AbortSignal): Promise<Attempt> {
  if (!(asked instanceof StatusRequest)) return askInFull(asked, question, signal);
  return (await judge(asked, question, signal)) ?? askInFull(asked.target, question, signal);
}

/** Undefined when the answer is not as expected: what it is then has to be read in full, at the price of a second request. */
async function judge(asked: StatusRequest, question: Question, signal: AbortSignal): Promise<Attempt | undefined> {
  const { target } = asked;
  const { timeout } = question;
  const status = await asked.late(signal);
  if (typeof status === 'object') return failed(failureOf(status.error, { ...target, timeout }));
  if (isAccepted(status, question)) return answered(target, status);
  note(target, false);
  if (signal.aborted) return failed({ kind: 'noAnswer', timeout });
  return status === 'closed' ? failed({ kind: 'reset' }) : undefined;
}

/** HTTP is spoken only over a connection that already stands. */
async function askInFull(target: HttpTarget, question: Question, signal: AbortSignal, connection?: Connecting): Promise<Attempt> {
  const endpoint = { ...target, timeout: question.timeout };
  const connected = await (connection ?? new Connecting(endpoint)).within(signal);
  if (!connected.ok) return failed(connected.failure);
  const attempt = await exchange(target, question, connected.socket, signal);
  note(target, attempt.ok);
  if (target.secure) return attempt;
  if (attempt.status !== undefined) noteHttp(target);
  else if (!attempt.ok && mayBeTls(attempt.failure) && !justSpokeHttp(target) && (await speaksTls(endpoint, signal))) {
    return failed({ kind: 'httpsExpected' });
  }
  return attempt;
}

/** How TLS servers treat a plain request: most close, OpenSSL sends an alert. Those that answer in HTTP say what they expect. */
const mayBeTls = (failure: ProbeFailure): boolean => failure.kind === 'reset' || failure.kind === 'notHttp';
