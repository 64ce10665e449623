/** The result of a diagnosis. Part of the API. */
import type { Code } from './codes';

export interface Finding {
  /** Stable: other programs may depend on it. */
  readonly code: Code;
  readonly severity: 'error' | 'warning' | 'info';
  /** The cause in at most 32 characters, for a row, the status bar or a list. */
  readonly short: string;
  /** The verdict in one sentence. */
  readonly title: string;
  /** The reason, and what to do next. */
  readonly detail: string;
  /** One line per fact. */
  readonly evidence: readonly string[];
  /** The most helpful action comes first. */
  readonly actions: readonly FindingAction[];
}

/** `command` is a command id; its arguments are plain data. */
export interface FindingAction {
  readonly title: string;
  readonly command: string;
  readonly arguments?: readonly unknown[];
}
