/** One question over a connection that is already open, and what its answer means. */
import type { Socket } from 'node:net';
import { bodyFailure, type Expectation, statusFailure, wantsBody } from '../../core/checks/reply';
import { mayExplain, refusalOf } from '../../core/checks/refusal';
import type { ProbeFailure } from '../../core/model/failure';
import { type Attempt, failed } from './attempt';
import { drain, readBody } from './body';
import { failureOf } from './classify';
import { request, type Response } from './request';
import type { HttpTarget } from './target';

/** What to ask, and what a good answer is: a probe or a check. */
export interface Question extends Expectation {
  readonly headers: Readonly<Record<string, string>>;
  /** In ms. */
  readonly timeout: number;
}

/**
 * Headers that arrive are an answer, whatever the body does: a health check asks whether the server reacts. Only when
 * JSON or a text is expected is the body read, and then it has to be complete before the deadline.
 */
export async function exchange(target: HttpTarget, question: Question, socket: Socket, signal: AbortSignal): Promise<Attempt> {
  const endpoint = { ...target, timeout: question.timeout };
  let release = (): void => void socket.destroy();
  try {
    const response = await request({ target, headers: question.headers, socket }, signal);
    release = () => void drain(response.data).finally(() => socket.destroy());
    const { status } = response;
    const failure = statusFailure(status, question);
    if (failure !== undefined) return failed(await explained(failure, response), status);
    if (!wantsBody(question)) return { ok: true, status };
    const body = await readBody(response.data);
    const bad = bodyFailure(body, question);
    return bad === undefined ? { ok: true, status, body } : { ...failed(bad, status), body };
  } catch (error) {
    return failed(signal.aborted ? { kind: 'noAnswer', timeout: question.timeout } : failureOf(error, endpoint));
  } finally {
    release();
  }
}

/** Adds the reason where the response gives one. */
async function explained(
  failure: Extract<ProbeFailure, { kind: 'badStatus' }>,
  { status, headers, data }: Response,
): Promise<ProbeFailure> {
  if (!mayExplain(status)) return failure;
  const why = refusalOf(status, headers, await drain(data));
  if (why === undefined) return failure;
  return why === 'https' ? { kind: 'httpsExpected' } : { ...failure, why };
}
