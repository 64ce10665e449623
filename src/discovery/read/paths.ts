/** Paths within the folder: "/" between names, "" for the folder itself. */

export const join = (...parts: readonly string[]): string => normalize(parts.filter((part) => part !== '').join('/'));

export const parentOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));

export const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** The name of a file without its ending. */
export const stemOf = (path: string): string => nameOf(path).replace(/\.[^.]*$/, '');

export const isWithin = (path: string, folder: string): boolean =>
  folder === '' || path === folder || path.startsWith(`${folder}/`);

/** The folder and all above it, the nearest first. */
export function upwards(folder: string): readonly string[] {
  const folders = [folder];
  for (let at = folder; at !== ''; folders.push(at)) at = parentOf(at);
  return folders;
}

/** How to write `path` for a program that works in `folder`. */
export function relative(folder: string, path: string): string {
  const from = folder === '' ? [] : folder.split('/');
  const to = path === '' ? [] : path.split('/');
  let shared = 0;
  while (shared < from.length && shared < to.length && from[shared] === to[shared]) shared++;
  return [...from.slice(shared).map(() => '..'), ...to.slice(shared)].join('/');
}

/** Without "." and "..", as far as they stay inside. */
function normalize(path: string): string {
  const names: string[] = [];
  for (const name of path.split('/')) {
    if (name === '' || name === '.') continue;
    if (name === '..') names.pop();
    else names.push(name);
  }
  return names.join('/');
}
