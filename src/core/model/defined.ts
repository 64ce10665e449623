/**
 * The same object without the keys that are undefined: with `exactOptionalPropertyTypes` an absent key must be absent.
 * `defined({ port, cwd })` replaces `...(port === undefined ? {} : { port })` for each key.
 */
export function defined<T extends object>(entries: T): Defined<T> {
  // Every undefined key is dropped, which is exactly what the type says.
  return Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== undefined)) as Defined<T>;
}

export type Defined<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};
