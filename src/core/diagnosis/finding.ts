/** What a diagnosis tells: the contract's words. */
import type { Code } from './codes';

export interface Finding {
  /** Stable: other programs may rely on it. */
  readonly code: Code;
  readonly severity: 'error' | 'warning' | 'info';
  /** The verdict in one sentence. */
  readonly title: string;
  /** Why, and what next. */
  readonly detail: string;
  /** What was seen, one fact a line. */
  readonly evidence: readonly string[];
  /** The one that helps most comes first. */
  readonly actions: readonly FindingAction[];
}

/** `command` is a command of this extension; its arguments are plain data. */
export interface FindingAction {
  readonly title: string;
  readonly command: string;
  readonly arguments?: readonly unknown[];
}
