/** A signal that ends Node at once skips its 'exit' listeners, which are what ends the servers we started. */
export function endOnSignal(signals: readonly NodeJS.Signals[]): void {
  for (const signal of signals) process.once(signal, () => process.exit(1));
}
