/** Keeps replies short: what reads them has a limited context. */

/** About 8,000 tokens of four characters each. */
export const maxReplyCharacters = 32_000;

/** Returns the last items that fit, and how many before them do not. `sizeOf` counts characters. */
export function lastThatFit<T>(
  items: readonly T[],
  budget: number,
  sizeOf: (item: T) => number,
): { readonly kept: readonly T[]; readonly left: number } {
  let rest = budget;
  const left = items.findLastIndex((item) => (rest -= sizeOf(item)) < 0) + 1;
  return { kept: items.slice(left), left };
}
