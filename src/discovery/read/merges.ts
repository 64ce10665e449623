/** Applies the merge keys (`<<: *defaults`) of YAML data within a limit: the library copies without one. */

/** Files that people write stay far below. */
const maxMergedKeys = 20_000;

/** Changes the data in place. Throws a RangeError when the merges would copy too many keys. */
export function applyMerges(data: unknown): unknown {
  const seen = new Set<object>();
  let copied = 0;
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null || seen.has(value)) return;
    seen.add(value);
    for (const inner of Object.values(value)) visit(inner);
    if (!('<<' in value) || Array.isArray(value)) return;
    const from = value['<<'];
    const maps = (Array.isArray(from) ? (from as readonly unknown[]) : [from]).filter(isMap);
    if (maps.length === 0) return;
    delete value['<<'];
    for (const map of maps) {
      for (const [key, item] of Object.entries(map)) {
        if (++copied > maxMergedKeys) throw new RangeError('The merges copy too many keys.');
        // Assigning to `__proto__` would set the prototype.
        if (!Object.hasOwn(value, key))
          Object.defineProperty(value, key, { value: item, writable: true, enumerable: true, configurable: true });
      }
    }
  };
  visit(data);
  return data;
}

const isMap = (value: unknown): value is object => typeof value === 'object' && value !== null && !Array.isArray(value);
