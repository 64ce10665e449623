/** What sets and maps have in common. */
interface Keyed<K> {
  readonly size: number;
  has(key: K): boolean;
  keys(): Iterable<K>;
}

/** Whether two sets have the same members, or two maps the same keys. */
export function hasSameKeys<K>(one: Keyed<K>, other: Keyed<K>): boolean {
  if (one.size !== other.size) return false;
  for (const key of one.keys()) if (!other.has(key)) return false;
  return true;
}
