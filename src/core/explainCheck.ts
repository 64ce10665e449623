/** Why a check did not pass, in one sentence: what was expected, what came, and what next. */
import type { Answer, Subject } from './checks';
import { explainProbe } from './explain';
import type { ProbeFailure } from './failure';
import { acceptedStatus, type Body, mismatchOf } from './reply';
import type { CheckSpec } from './service';
import { span } from './views/span';

export function explainCheck(check: CheckSpec, answer: Extract<Answer, { ok: false }>, subject: Subject): string {
  const { failure } = answer;
  switch (failure.kind) {
    case 'refused':
      return refused(failure.port, subject);
    case 'badStatus':
      return `Expected status ${acceptedStatus(check)}, got ${failure.status}${isRedirect(failure.status) ? ', a redirect, which is not followed' : ''}.`;
    case 'badBody':
      return explainBody(check, answer.body, failure.detail);
    case 'noAnswer':
      return `Expected an answer, got no complete one within ${span(failure.timeout)}.`;
    case 'reset':
      return 'Expected an answer, but the connection was closed before a complete one came.';
    case 'httpsExpected':
      return 'The port speaks HTTPS, but the check speaks HTTP: write an https:// address in its "http".';
    case 'httpExpected':
      return 'The port speaks plain HTTP, but the check speaks HTTPS: write an http:// address in its "http".';
    case 'notHttp':
      return 'Expected an answer over HTTP, but what listens on the port speaks something else: correct the address of the check.';
    case 'unknownHost':
      return `The host ${short(failure.host)} of the check is not known: correct its address in services.json.`;
    default:
      return explainProbe(failure);
  }
}

export function explainHealth(failure: ProbeFailure, subject: Subject): string {
  if (failure.kind === 'refused') return refused(failure.port, subject);
  const words = explainProbe(failure);
  if (failure.kind !== 'execFailed' || subject.presence !== 'atRest') return words;
  return `${subject.name} does not run, so start it first: ${words.charAt(0).toLowerCase()}${words.slice(1)}`;
}

export const explainLate = (limit: number, latency: number): string =>
  `Expected an answer within ${exact(limit)}, it took ${exact(latency)}.`;

function refused(port: number, { name, presence }: Subject): string {
  switch (presence) {
    case 'atRest':
      return `Nothing listens on port ${port}: start ${name}.`;
    case 'coming':
      return `Nothing listens on port ${port} yet: wait until ${name} is ready.`;
    case 'running':
      return `Nothing listens on port ${port}, although ${name} runs: diagnose it.`;
  }
}

function explainBody(check: CheckSpec, body: Body | undefined, detail: string): string {
  const mismatch = body === undefined ? undefined : mismatchOf(body, check);
  switch (mismatch?.kind) {
    case 'notJson':
      return `Expected JSON, got ${quoted(body?.text ?? '')}.`;
    case 'otherJson':
      return `The JSON is not as expected: ${detail}.`;
    case 'noText':
      return `Expected the text "${short(mismatch.text)}", got ${quoted(body?.text ?? '')}.`;
    case 'tooLarge':
      return `Expected ${check.json === undefined ? `the text "${short(check.contains ?? '')}" in the first 1 MB, got more than that without it` : 'JSON of at most 1 MB, got more'}.`;
    default:
      return explainProbe({ kind: 'badBody', detail });
  }
}

const isRedirect = (status: number): boolean => status >= 300 && status <= 399 && status !== 304;

/** Without rounding that would make the two equal. */
const exact = (ms: number): string => (ms < 10_000 ? `${Math.ceil(ms)} ms` : `${Math.ceil(ms / 100) / 10} s`);

const quoted = (text: string): string => (text.trim() === '' ? 'an empty body' : `"${short(text)}"`);

/** One line of at most so many characters (code points). */
function short(text: string, limit = 60): string {
  // The beginning is enough: a body may be a megabyte.
  const line = Array.from(
    text
      .slice(0, 4 * limit)
      .replace(/[\s\p{Cc}]+/gu, ' ')
      .trim(),
  );
  return line.length > limit || text.length > 4 * limit ? `${line.slice(0, limit - 1).join('')}…` : line.join('');
}
