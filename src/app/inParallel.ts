/** The same work for many, only so many at a time; the results are in the order of the items. Rejects when one does. */
export async function inParallel<T, R>(items: readonly T[], limit: number, work: (item: T) => Promise<R>): Promise<readonly R[]> {
  const results = new Map<number, R>();
  const waiting = items.entries();
  const takeTurns = async (): Promise<void> => {
    for (const [index, item] of waiting) results.set(index, await work(item));
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, takeTurns));
  return [...results].sort(([a], [b]) => a - b).map(([, result]) => result);
}
