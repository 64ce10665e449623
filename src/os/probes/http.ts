/** HTTP probes: where to ask, and what the answers of several addresses amount to. */
import type { ProbeFailure } from '../../core/model/failure';
import { type Attempt, failed } from './attempt';
import { statusFailure } from '../../core/checks/reply';
import { connect } from './connect';
import { exchange, type Question } from './exchange';
import { isGood, isPlain, note } from './goodPlaces';
import { justSpokeHttp, noteHttp } from './plainPorts';
import { loadAxios } from './request';
import { race } from './race';
import { type HttpPlace, type HttpTarget, httpTargets } from './target';
import { statusOf } from './statusLine';
import { speaksTls } from './tls';

export async function httpAttempt(question: Question, place: HttpPlace, limit: AbortController): Promise<Attempt> {
  const resolved = httpTargets(place);
  if (!resolved.ok) return failed({ kind: 'unreachable', detail: resolved.detail });
  // Loads while the service starts. Its failure, if any, shows where it is used.
  loadAxios().catch(() => undefined);
  return race(resolved.targets, limit, (target, signal) => ask(target, question, signal));
}

/**
 * While a service starts this is called every few ms, so a refused connection must cost almost nothing: HTTP is
 * spoken only over a connection that already stands.
 */
async function ask(target: HttpTarget, question: Question, signal: AbortSignal): Promise<Attempt> {
  const quick = isPlain(question, target) && isGood(target) ? await askQuickly(target, question, signal) : undefined;
  return quick ?? askInFull(target, question, signal);
}

/** Undefined when the answer is not as expected: what it is then has to be read in full, at the price of a second request. */
async function askQuickly(target: HttpTarget, question: Question, signal: AbortSignal): Promise<Attempt | undefined> {
  const { timeout } = question;
  const connected = await connect({ ...target, timeout }, signal);
  if (!connected.ok) return failed(connected.failure);
  const status = await statusOf(target, connected.socket, signal);
  if (typeof status === 'number' && statusFailure(status, question) === undefined) {
    noteHttp(target);
    return { ok: true, status };
  }
  note(target, false);
  if (signal.aborted) return failed({ kind: 'noAnswer', timeout });
  return status === 'closed' ? failed({ kind: 'reset' }) : undefined;
}

async function askInFull(target: HttpTarget, question: Question, signal: AbortSignal): Promise<Attempt> {
  const endpoint = { ...target, timeout: question.timeout };
  const connected = await connect(endpoint, signal);
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
