/** What the wiring check tells of a place in a file, and how it can be put right. */
import type { TextRange } from '../config/problem';
import type { Code } from '../diagnosis/codes';

/** The same codes as a diagnosis gives for the same thing. */
export type WiringCode = Extract<Code, 'proxy-mismatch' | 'env-mismatch' | 'cors-origin' | 'compose-port'>;

export interface WiringProblem {
  readonly code: WiringCode;
  /** Absolute path. */
  readonly file: string;
  readonly range: TextRange;
  /** One sentence for a person. */
  readonly message: string;
  /** The likeliest first. */
  readonly fixes: readonly WiringFix[];
}

export type WiringFix =
  /** Puts `text` in the place of `range`, in the file of the problem. */
  | { readonly kind: 'edit'; readonly title: string; readonly range: TextRange; readonly text: string }
  /** Writes the port of a service into services.json. */
  | { readonly kind: 'setPort'; readonly title: string; readonly service: string; readonly port: number };
