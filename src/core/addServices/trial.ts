/** What came of trying a service before it is written down. */

export type TrialOutcome =
  /** It listens itself, and gave an HTTP reply. */
  | { readonly kind: 'answers'; readonly url: string; readonly status: number; readonly latencyMs: number }
  /** It listens itself, on something that does not speak HTTP or is not asked in HTTP. */
  | { readonly kind: 'listens'; readonly ports: readonly number[] }
  /** It has no port to listen on, and is still there after a while. */
  | { readonly kind: 'lives'; readonly ms: number }
  /** It came up, but listens elsewhere. */
  | { readonly kind: 'elsewhere'; readonly expected: number; readonly ports: readonly number[] }
  /** One sentence for a person. */
  | { readonly kind: 'failed'; readonly why: string }
  | { readonly kind: 'stopped' };

export type Trial =
  | { readonly kind: 'waiting' }
  /** `reason` is one sentence, as far as something is known. */
  | { readonly kind: 'starting'; readonly reason?: string }
  | { readonly kind: 'ending' }
  | TrialOutcome;

/** Whether it is over. */
export const isOutcome = (trial: Trial): trial is TrialOutcome =>
  trial.kind !== 'waiting' && trial.kind !== 'starting' && trial.kind !== 'ending';
