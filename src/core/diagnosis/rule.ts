import type { Brief } from '../wording/brief';
import type { Code } from './codes';
import type { Facts } from './facts';
import type { Finding } from './finding';

/** Detects one kind of problem. It concludes nothing from a reading that failed. */
export interface Rule {
  readonly code: Code;
  /** Codes that are only consequences of this one: their findings are left out beside it. */
  readonly explains?: readonly Code[];
  find(facts: Facts): readonly Verdict[];
}

/** A finding without the code, which is that of its rule. Its short form is cut when secrets are removed, and not before. */
export type Verdict = Omit<Finding, 'code' | 'short'> & { readonly short: Brief };
