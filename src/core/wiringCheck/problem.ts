/** A problem that the wiring check found in a file, with its fixes. */
import type { TextRange } from '../config/problem';
import type { Code } from '../diagnosis/codes';

/** The codes of a diagnosis for the same problems. */
export type WiringCode = Extract<Code, 'proxy-mismatch' | 'env-mismatch' | 'cors-origin' | 'compose-port'>;

export interface WiringProblem {
  readonly code: WiringCode;
  /** Absolute path. */
  readonly file: string;
  readonly range: TextRange;
  /** One sentence for the user. */
  readonly message: string;
  /** The most likely one first. */
  readonly fixes: readonly WiringFix[];
}

export type WiringFix =
  /** Replaces `range` with `text` in the file of the problem. */
  | { readonly kind: 'edit'; readonly title: string; readonly range: TextRange; readonly text: string }
  /** Writes the port of a service into services.json. */
  | { readonly kind: 'setPort'; readonly title: string; readonly service: string; readonly port: number };
