/** `dependsOn` among the services of one file. */

/** Where the names of `dependsOn` are looked up. */
export interface Names {
  /** Every key of the file, also of services that cannot be read. */
  readonly keys: ReadonlySet<string>;
  readonly folderName: string;
  readonly multiRoot: boolean;
}

export type Resolved =
  | { readonly kind: 'local'; readonly key: string }
  /** Names a service of another folder by its full id; only the whole workspace can tell whether it exists. */
  | { readonly kind: 'elsewhere'; readonly id: string }
  | { readonly kind: 'unknown' };

export function resolveDependency(name: string, { keys, folderName, multiRoot }: Names): Resolved {
  // The folder's own name may be written in both kinds of workspace, so that one file serves in both.
  const local = name.startsWith(`${folderName}/`) ? name.slice(folderName.length + 1) : name;
  if (keys.has(local)) return { kind: 'local', key: local };
  return multiRoot && local === name && name.includes('/') ? { kind: 'elsewhere', id: name } : { kind: 'unknown' };
}

/** The shortest circle through `start`, beginning and ending with it, or undefined when it is in none. */
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
