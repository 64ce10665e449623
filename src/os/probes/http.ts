/** HTTP probes: where to ask, and what the answers of several addresses amount to. */
import type { ProbeFailure } from '../../core/model/failure';
import { type Attempt, failed } from './attempt';
import { connect } from './connect';
import { exchange, type Question } from './exchange';
import { race } from './race';
import { type HttpTarget, httpTargets } from './target';
import { speaksTls } from './tls';

export async function httpAttempt(
  question: Question,
  address: string,
  port: number | undefined,
  signal: AbortSignal,
): Promise<Attempt> {
  const resolved = httpTargets(address, port);
  if (!resolved.ok) return failed({ kind: 'unreachable', detail: resolved.detail });
  return race(resolved.targets, signal, (target, inner) => ask(target, question, inner));
}

/**
 * While a service starts this is called every few ms, so a refused connection must cost almost nothing: HTTP is
 * spoken only over a connection that already stands.
 */
async function ask(target: HttpTarget, question: Question, signal: AbortSignal): Promise<Attempt> {
  const endpoint = { ...target, timeout: question.timeout };
  const connected = await connect(endpoint, signal);
  if (!connected.ok) return failed(connected.failure);
  const attempt = await exchange(target, question, connected.socket, signal);
  if (!target.secure && !attempt.ok && mayBeTls(attempt.failure) && (await speaksTls(endpoint, signal))) {
    return failed({ kind: 'httpsExpected' });
  }
  return attempt;
}

/** How TLS servers treat a plain request: most close, OpenSSL sends an alert, nginx and Go answer 400. */
const mayBeTls = (failure: ProbeFailure): boolean =>
  failure.kind === 'reset' || failure.kind === 'notHttp' || (failure.kind === 'badStatus' && failure.status === 400);
