/** Unique labels for workspace folders, used in the ids of services and in the groups of the view. */

export interface NamedFolder {
  /** File-system path. */
  readonly path: string;
  readonly name: string;
}

/**
 * Returns one label per folder, in the order of the folders. A name that an earlier folder has too is completed by the folders
 * above: `app`, then `app (blog)`, and `app (home/blog)` when that is not enough.
 */
export function folderLabels(folders: readonly NamedFolder[]): readonly string[] {
  // A folder keeps its own name, even when it equals the label of another one.
  const reserved = new Set(folders.map(({ name }) => name));
  const used = new Set<string>();
  return folders.map(({ path, name }) => {
    const isFree = (label: string): boolean => !used.has(label) && (label === name || !reserved.has(label));
    const label = candidates(path, name).find(isFree) ?? numbered(name, isFree);
    used.add(label);
    return label;
  });
}

function candidates(path: string, name: string): readonly string[] {
  const above = path.split(/[\\/]+/).filter((part) => part !== '');
  above.pop();
  const longer = above.map((_, index) => `${name} (${above.slice(above.length - 1 - index).join('/')})`);
  return [name, ...longer];
}

function numbered(name: string, isFree: (label: string) => boolean): string {
  for (let number = 2; ; number += 1) {
    const label = `${name} (${number})`;
    if (isFree(label)) return label;
  }
}
