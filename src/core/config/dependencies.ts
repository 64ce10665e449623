/** Resolves the names in `dependsOn` and finds circles among the services of one file. */

/** The names that `dependsOn` may use. */
export interface Names {
  /** Every key of the file, including services that cannot be read. */
  readonly keys: ReadonlySet<string>;
  readonly folderName: string;
  readonly multiRoot: boolean;
}

export type Resolved =
  | { readonly kind: 'local'; readonly key: string }
  /** A service of another folder, named by its full id. Only the whole workspace can tell whether it exists. */
  | { readonly kind: 'elsewhere'; readonly id: string }
  | { readonly kind: 'unknown' };

export function resolveDependency(name: string, { keys, folderName, multiRoot }: Names): Resolved {
  // The folder's own name is allowed in both kinds of workspace, so that one file works in both.
  const local = name.startsWith(`${folderName}/`) ? name.slice(folderName.length + 1) : name;
  if (keys.has(local)) return { kind: 'local', key: local };
  return multiRoot && local === name && name.includes('/') ? { kind: 'elsewhere', id: name } : { kind: 'unknown' };
}

/** Returns the shortest circle through `start`, beginning and ending with it; undefined when there is none. */
export function findCircle(start: string, dependenciesOf: (key: string) => Iterable<string>): readonly string[] | undefined {
  const cameFrom = new Map<string, string>();
  const queue = [start];
  for (const key of queue) {
    for (const next of dependenciesOf(key)) {
      if (next === start) return trace(key, start, cameFrom);
      if (cameFrom.has(next)) continue;
      cameFrom.set(next, key);
      queue.push(next);
    }
  }
  return undefined;
}

function trace(end: string, start: string, cameFrom: ReadonlyMap<string, string>): readonly string[] {
  const circle = [start];
  for (let key: string | undefined = end; key !== undefined && key !== start; key = cameFrom.get(key)) circle.unshift(key);
  return [start, ...circle];
}
