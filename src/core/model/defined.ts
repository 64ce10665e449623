/**
 * The same object without the keys that are undefined: with `exactOptionalPropertyTypes` an absent key must be absent.
 * `defined({ port, cwd })` replaces `...(port === undefined ? {} : { port })` for each key.
 */
export function defined<T extends object>(entries: T): Defined<T> {
  const all = entries as Readonly<Record<string, unknown>>;
  const kept: Record<string, unknown> = {};
  for (const key of Object.keys(all)) if (all[key] !== undefined) kept[key] = all[key];
  // Every undefined key is dropped, which is exactly what the type says.
  return kept as Defined<T>;
}

export type Defined<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};
