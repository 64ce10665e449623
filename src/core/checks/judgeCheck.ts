/** Judges the response of a check: passed, or why not. */
import { defined } from '../model/defined';
import type { Answer, CheckOutcome, Subject, ServiceTest } from './checks';
import { healthCheck } from './checks';
import { explainCheck, explainHealth, explainLate } from './explainCheck';
import type { ProbeFailure } from '../model/failure';
import type { ProbeOutcome } from '../model/health';
import { t } from '../wording/l10n';
import { acceptedStatus, type Body, type Expectation, mismatchOf } from './reply';
import type { CheckSpec, ProbeSpec } from '../model/service';

export function judgeCheck(check: CheckSpec, answer: Answer, subject: Subject): CheckOutcome {
  const seen = measured(check.name, answer);
  if (!answer.ok) {
    const message = explainCheck(check, answer, subject);
    return { ...failedBy(answer.failure, subject), result: { ...seen, ok: false, message }, ...difference(check, answer) };
  }
  if (check.maxLatency === undefined || answer.latencyMs <= check.maxLatency) {
    return { kind: 'passed', result: { ...seen, ok: true } };
  }
  return { kind: 'late', result: { ...seen, ok: false, message: explainLate(check.maxLatency, answer.latencyMs) } };
}

export function judgeHealth(probe: ProbeSpec, outcome: ProbeOutcome, subject: Subject): CheckOutcome {
  const seen = measured(healthCheck, outcome);
  if (outcome.ok) return { kind: 'passed', result: { ...seen, ok: true } };
  const result = { ...seen, ok: false, message: explainHealth(outcome.failure, subject) };
  return { ...failedBy(outcome.failure, subject), result, ...difference(probe, outcome) };
}

/** The outcome of every test in a workspace that is not trusted, where no request is sent. */
export const notTrusted = ({ name }: ServiceTest): CheckOutcome => ({
  kind: 'skipped',
  result: {
    name,
    ok: false,
    message: t('This workspace is not trusted. To run checks in it, run Workspaces: Manage Workspace Trust.'),
  },
});

/** A service that is not running has not failed its check, because no response was possible. */
const failedBy = ({ kind }: ProbeFailure, { presence }: Subject): Pick<CheckOutcome, 'kind'> => ({
  kind: presence === 'atRest' && (kind === 'refused' || kind === 'execFailed') ? 'skipped' : 'failed',
});

const measured = (name: string, { status, latencyMs }: { readonly status?: number; readonly latencyMs?: number }) =>
  defined({ name, status, latencyMs });

/** In UTF-16 units, for each side. */
const maxComparedLength = 20_000;

function difference(
  expected: Expectation,
  seen: { readonly failure: ProbeFailure; readonly body?: Body },
): Pick<CheckOutcome, 'difference'> {
  const { failure, body } = seen;
  if (failure.kind === 'badStatus') return compare(acceptedStatus(expected), String(failure.status));
  const mismatch = body === undefined ? undefined : mismatchOf(body, expected);
  switch (mismatch?.kind) {
    case 'otherJson':
      return compare(pretty(expected.json), pretty(mismatch.actual));
    case 'notJson':
      return compare(pretty(expected.json), body?.text ?? '');
    case 'noText':
      return compare(mismatch.text, body?.text ?? '');
    default:
      return {};
  }
}

const compare = (expected: string, actual: string): Pick<CheckOutcome, 'difference'> => ({
  difference: { expected: expected.slice(0, maxComparedLength), actual: actual.slice(0, maxComparedLength) },
});

const pretty = (value: unknown): string => JSON.stringify(value, undefined, 2);
