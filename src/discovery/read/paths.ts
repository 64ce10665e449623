/** Paths within the folder: "/" separates names, "" is the folder itself. */

export function join(...parts: readonly string[]): string {
  const path = parts.filter((part) => part !== '').join('/');
  // Nearly all paths are plain, and there are tens of thousands of them.
  return unusual.test(path) ? normalize(path) : path;
}

/** A segment that is empty, "." or "..". */
const unusual = /(?:^|\/)(?:\.{0,2})(?:\/|$)/;

export const parentOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));

export const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** The name of a file without its extension. */
export const stemOf = (path: string): string => nameOf(path).replace(/\.[^.]*$/, '');

export const isWithin = (path: string, folder: string): boolean =>
  folder === '' || path === folder || path.startsWith(`${folder}/`);

/** Returns the folder and all folders above it, the nearest first. */
export function upwards(folder: string): readonly string[] {
  const folders = [folder];
  for (let at = folder; at !== ''; folders.push(at)) at = parentOf(at);
  return folders;
}

/** Returns `path` relative to `folder`. */
export function relative(folder: string, path: string): string {
  const from = folder === '' ? [] : folder.split('/');
  const to = path === '' ? [] : path.split('/');
  let shared = 0;
  while (shared < from.length && shared < to.length && from[shared] === to[shared]) shared++;
  return [...from.slice(shared).map(() => '..'), ...to.slice(shared)].join('/');
}

/** Resolves "." and ".." without leaving the folder. */
function normalize(path: string): string {
  const names: string[] = [];
  for (const name of path.split('/')) {
    if (name === '' || name === '.') continue;
    if (name === '..') names.pop();
    else names.push(name);
  }
  return names.join('/');
}
