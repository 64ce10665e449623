import type { Code } from './codes';
import type { Facts } from './facts';
import type { Finding } from './finding';

/** One kind of trouble. It claims nothing from a fact that could not be had. */
export interface Rule {
  readonly code: Code;
  /** Consequences of this: they are not told beside it. */
  readonly explains?: readonly Code[];
  find(facts: Facts): readonly Verdict[];
}

/** The code is the rule's own. */
export type Verdict = Omit<Finding, 'code'>;
