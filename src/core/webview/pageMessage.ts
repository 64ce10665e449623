/** What every page and the extension exchange, whichever page it is. */

/** At most four messages a second go to a page; the first one goes at once. */
export const messageIntervalMs = 250;

/** A page is loaded, also after it was hidden or the window was reloaded, and waits for a snapshot of everything that it shows. */
export interface Ready {
  readonly kind: 'ready';
  /** What the page kept from before, of any shape. */
  readonly kept?: unknown;
}

/** Anything may arrive; undefined for what is no object with a kind. */
export function messageIn(value: unknown): Readonly<Record<string, unknown>> | undefined {
  const isMessage = typeof value === 'object' && value !== null && 'kind' in value && typeof value.kind === 'string';
  return isMessage ? { ...value } : undefined;
}

export function readReady(value: unknown): Ready | undefined {
  const message = messageIn(value);
  return message?.['kind'] === 'ready' ? { kind: 'ready', kept: message['kept'] } : undefined;
}

export const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((each) => typeof each === 'string');

/** A line or a column, counted from 1. */
export const isPosition = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 1 && value <= 2 ** 31;
