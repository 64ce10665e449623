/** Explains why a check did not pass: what was expected, what the response was, and what to do. */
import type { Answer, Subject } from './checks';
import type { ProbeFailure } from '../model/failure';
import { acceptedStatus, type Body, mismatchOf } from './reply';
import type { CheckSpec } from '../model/service';
import { explainProbe } from '../wording/explainProbe';
import { t } from '../wording/l10n';
import { sentences } from '../wording/sentence';
import { span } from '../wording/span';
import { shortened } from '../wording/text';

export function explainCheck(check: CheckSpec, answer: Extract<Answer, { ok: false }>, subject: Subject): string {
  const { failure } = answer;
  switch (failure.kind) {
    case 'refused':
      return refused(failure.port, subject);
    case 'badStatus':
      return isRedirect(failure.status)
        ? t('Expected status {0}, got {1} (a redirect, which is not followed).', acceptedStatus(check), failure.status)
        : t('Expected status {0}, got {1}.', acceptedStatus(check), failure.status);
    case 'badBody':
      return explainBody(check, answer.body, failure.detail);
    case 'noAnswer':
      return t('No complete response within {0}.', span(failure.timeout));
    case 'reset':
      return t('The connection was closed before a complete response arrived.');
    case 'httpsExpected':
      return t('The port uses HTTPS, but the check uses HTTP. Use an https:// address in its "http".');
    case 'httpExpected':
      return t('The port uses plain HTTP, but the check uses HTTPS. Use an http:// address in its "http".');
    case 'notHttp':
      return t('The port does not use HTTP. Correct the address of the check.');
    case 'unknownHost':
      return t('Unknown host {0} in the check. Correct its address in services.json.', short(failure.host));
    default:
      return explainProbe(failure);
  }
}

/** Explains why the health probe of a service failed when it was run as a test. */
export function explainHealth(failure: ProbeFailure, subject: Subject): string {
  if (failure.kind === 'refused') return refused(failure.port, subject);
  const words = explainProbe(failure);
  if (failure.kind !== 'execFailed' || subject.presence !== 'atRest') return words;
  return sentences(t('{0} is not running. Start it first.', subject.name), words);
}

/** Explains a response that was correct but too late; both times in ms. */
export const explainLate = (limit: number, latency: number): string =>
  t('The response took {0} (expected at most {1}).', exact(latency), exact(limit));

function refused(port: number, { name, presence }: Subject): string {
  switch (presence) {
    case 'atRest':
      return t('Nothing is listening on port {0}. Start {1}.', port, name);
    case 'coming':
      return t('Nothing is listening on port {0} yet. Wait until {1} is ready.', port, name);
    case 'running':
      return t('Nothing is listening on port {0}, although {1} is running. Diagnose it.', port, name);
  }
}

function explainBody(check: CheckSpec, body: Body | undefined, detail: string): string {
  const mismatch = body === undefined ? undefined : mismatchOf(body, check);
  switch (mismatch?.kind) {
    case 'notJson':
      return t('Expected JSON, got {0}.', quoted(body?.text ?? ''));
    case 'otherJson':
      return t('Unexpected JSON: {0}.', detail);
    case 'noText':
      return t('Expected "{0}" in the response, got {1}.', short(mismatch.text), quoted(body?.text ?? ''));
    case 'tooLarge':
      return check.json === undefined
        ? t('Expected "{0}" in the first 1 MB of the response. The rest is not read.', short(check.contains ?? ''))
        : t('Expected JSON of at most 1 MB, but the response is larger.');
    default:
      return explainProbe({ kind: 'badBody', detail });
  }
}

const isRedirect = (status: number): boolean => status >= 300 && status <= 399 && status !== 304;

/** Does not round so far that limit and latency could become equal. */
const exact = (ms: number): string => (ms < 10_000 ? `${Math.ceil(ms)} ms` : `${Math.ceil(ms / 100) / 10} s`);

const quoted = (text: string): string => (text.trim() === '' ? t('an empty body') : `"${short(text)}"`);

const short = (text: string): string => shortened(text, maxQuoteLength);

/** In code points. */
const maxQuoteLength = 60;
