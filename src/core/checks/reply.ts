/** Compares an HTTP response with what is expected, for health probes and for checks alike. */
import type { ProbeFailure } from '../model/failure';
import { missingFrom } from './jsonContains';
import { t } from '../wording/l10n';
import { listOf } from '../wording/listOf';

/** What a good response is. */
export interface Expectation {
  /** Accepted HTTP status codes; 200 to 399 when undefined. */
  readonly status?: readonly number[];
  /** The response must be JSON that contains this; an empty object accepts any JSON. */
  readonly json?: unknown;
  readonly contains?: string;
}

/** The part of a body that was read. */
export interface Body {
  readonly text: string;
  /** False when the body is longer than `bodyLimit`. */
  readonly isWhole: boolean;
}

/** No more than this many bytes of a body are read, which is enough for a usual check. */
export const bodyLimit = 1024 * 1024;

export const wantsBody = ({ json, contains }: Expectation): boolean => json !== undefined || contains !== undefined;

/** Returns the accepted status codes in words. */
export const acceptedStatus = ({ status }: Expectation): string =>
  status === undefined ? '200–399' : listOf(status.map(String), 'or');

/** Returns undefined when the status is accepted. */
export function statusFailure(status: number, expected: Expectation): Extract<ProbeFailure, { kind: 'badStatus' }> | undefined {
  const ok = expected.status === undefined ? status >= 200 && status <= 399 : expected.status.includes(status);
  return ok ? undefined : { kind: 'badStatus', status, expected: acceptedStatus(expected) };
}

/** Returns undefined when the body is as expected. */
export function bodyFailure(body: Body, expected: Expectation): Extract<ProbeFailure, { kind: 'badBody' }> | undefined {
  const mismatch = mismatchOf(body, expected);
  return mismatch === undefined ? undefined : { kind: 'badBody', detail: detailOf(mismatch) };
}

/** How a body differs from what is expected. */
export type Mismatch =
  | { readonly kind: 'tooLarge' }
  | { readonly kind: 'notJson' }
  /** `detail` names the first difference; `actual` is the whole value. */
  | { readonly kind: 'otherJson'; readonly detail: string; readonly actual: unknown }
  | { readonly kind: 'noText'; readonly text: string };

/** Returns the first difference; undefined when there is none. */
export function mismatchOf(body: Body, { json, contains }: Expectation): Mismatch | undefined {
  return (json === undefined ? undefined : jsonMismatch(body, json)) ?? textMismatch(body, contains);
}

function jsonMismatch(body: Body, expected: unknown): Mismatch | undefined {
  if (!body.isWhole) return { kind: 'tooLarge' };
  const parsed = parse(body.text);
  if (!parsed.ok) return { kind: 'notJson' };
  const detail = isEmptyObject(expected) ? undefined : missingFrom(parsed.value, expected);
  return detail === undefined ? undefined : { kind: 'otherJson', detail, actual: parsed.value };
}

function textMismatch({ text, isWhole }: Body, wanted: string | undefined): Mismatch | undefined {
  if (wanted === undefined || text.includes(wanted)) return undefined;
  return isWhole ? { kind: 'noText', text: wanted } : { kind: 'tooLarge' };
}

function detailOf(mismatch: Mismatch): string {
  switch (mismatch.kind) {
    case 'tooLarge':
      return t('larger than 1 MB');
    case 'notJson':
      return t('not JSON');
    case 'otherJson':
      return mismatch.detail;
    case 'noText':
      return t('"{0}" is missing', mismatch.text);
  }
}

const isEmptyObject = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length === 0;

function parse(text: string): { ok: true; value: unknown } | { ok: false } {
  try {
    const value: unknown = JSON.parse(text);
    return { ok: true, value };
  } catch {
    return { ok: false };
  }
}
