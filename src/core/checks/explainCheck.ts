/** Why a check did not pass, in one sentence: what was expected, what came, and what next. */
import type { Answer, Subject } from './checks';
import { explainProbe } from '../wording/explainProbe';
import type { ProbeFailure } from '../model/failure';
import { t } from '../wording/l10n';
import { acceptedStatus, type Body, mismatchOf } from './reply';
import type { CheckSpec } from '../model/service';
import { span } from '../wording/span';

export function explainCheck(check: CheckSpec, answer: Extract<Answer, { ok: false }>, subject: Subject): string {
  const { failure } = answer;
  switch (failure.kind) {
    case 'refused':
      return refused(failure.port, subject);
    case 'badStatus':
      return isRedirect(failure.status)
        ? t('Expected status {0}, got {1}, a redirect, which is not followed.', acceptedStatus(check), failure.status)
        : t('Expected status {0}, got {1}.', acceptedStatus(check), failure.status);
    case 'badBody':
      return explainBody(check, answer.body, failure.detail);
    case 'noAnswer':
      return t('Expected an answer, got no complete one within {0}.', span(failure.timeout));
    case 'reset':
      return t('Expected an answer, but the connection was closed before a complete one came.');
    case 'httpsExpected':
      return t('The port speaks HTTPS, but the check speaks HTTP: write an https:// address in its "http".');
    case 'httpExpected':
      return t('The port speaks plain HTTP, but the check speaks HTTPS: write an http:// address in its "http".');
    case 'notHttp':
      return t(
        'Expected an answer over HTTP, but what listens on the port speaks something else: correct the address of the check.',
      );
    case 'unknownHost':
      return t('The host {0} of the check is not known: correct its address in services.json.', short(failure.host));
    default:
      return explainProbe(failure);
  }
}

export function explainHealth(failure: ProbeFailure, subject: Subject): string {
  if (failure.kind === 'refused') return refused(failure.port, subject);
  const words = explainProbe(failure);
  if (failure.kind !== 'execFailed' || subject.presence !== 'atRest') return words;
  return t('{0} does not run, so start it first: {1}', subject.name, `${words.charAt(0).toLowerCase()}${words.slice(1)}`);
}

export const explainLate = (limit: number, latency: number): string =>
  t('Expected an answer within {0}, it took {1}.', exact(limit), exact(latency));

function refused(port: number, { name, presence }: Subject): string {
  switch (presence) {
    case 'atRest':
      return t('Nothing listens on port {0}: start {1}.', port, name);
    case 'coming':
      return t('Nothing listens on port {0} yet: wait until {1} is ready.', port, name);
    case 'running':
      return t('Nothing listens on port {0}, although {1} runs: diagnose it.', port, name);
  }
}

function explainBody(check: CheckSpec, body: Body | undefined, detail: string): string {
  const mismatch = body === undefined ? undefined : mismatchOf(body, check);
  switch (mismatch?.kind) {
    case 'notJson':
      return t('Expected JSON, got {0}.', quoted(body?.text ?? ''));
    case 'otherJson':
      return t('The JSON is not as expected: {0}.', detail);
    case 'noText':
      return t('Expected the text "{0}", got {1}.', short(mismatch.text), quoted(body?.text ?? ''));
    case 'tooLarge':
      return check.json === undefined
        ? t('Expected the text "{0}" in the first 1 MB, got more than that without it.', short(check.contains ?? ''))
        : t('Expected JSON of at most 1 MB, got more.');
    default:
      return explainProbe({ kind: 'badBody', detail });
  }
}

const isRedirect = (status: number): boolean => status >= 300 && status <= 399 && status !== 304;

/** Without rounding that would make the two equal. */
const exact = (ms: number): string => (ms < 10_000 ? `${Math.ceil(ms)} ms` : `${Math.ceil(ms / 100) / 10} s`);

const quoted = (text: string): string => (text.trim() === '' ? t('an empty body') : `"${short(text)}"`);

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
