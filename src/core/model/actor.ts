/** Who requested something: part of the API, and shown wherever a start or a stop is. */

export interface Actor {
  readonly kind: 'user' | 'auto' | 'agent' | 'cli';
  /** The program as far as it is known: "Copilot", "claude", the parent of `svc`. Absent when it is not. */
  readonly who?: string;
}

/** A program that acts for the user. It is never asked anything: what a user would be asked is an outcome. */
export interface Delegate extends Actor {
  readonly kind: 'agent' | 'cli';
}

/**
 * `auto`: an automatic start, a restart by policy, or a dependency of one. It saves no editors and asks nothing.
 * `found`: nobody; the container of the service was already running when the folder was opened.
 */
export type RequestedBy = 'user' | 'auto' | 'found' | Delegate;

/** Undefined for what was found running. */
export function actorOf(by: RequestedBy): Actor | undefined {
  if (by === 'found') return undefined;
  return typeof by === 'string' ? { kind: by } : by;
}

/** Characters of a name that comes from outside. */
const maxNameLength = 60;

/** What names a program in one short line; undefined for what does not. Control characters and markup are left out. */
export function programName(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const name = value
    .slice(0, 4 * maxNameLength)
    .replace(/[^\p{L}\p{N} ._@/+-]/gu, '')
    .trim()
    .slice(0, maxNameLength);
  return name === '' ? undefined : name;
}

/** Whether a value from another process is such a request's author. */
export function isRequestedBy(value: unknown): value is RequestedBy {
  if (value === 'user' || value === 'auto' || value === 'found') return true;
  if (typeof value !== 'object' || value === null || !('kind' in value)) return false;
  const who = 'who' in value ? value.who : undefined;
  return (value.kind === 'agent' || value.kind === 'cli') && (who === undefined || programName(who) === who);
}
