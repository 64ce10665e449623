/** Paths as strings, for the system on which the services run: core cannot import node:path. */
import { withoutTrailing } from '../model/withoutTrailing';

export const isWindowsPath = (path: string): boolean => /^[A-Za-z]:|^\\\\/.test(path);

export function joinPath(folder: string, name: string): string {
  if (isAbsolute(name)) return name;
  const separator = isWindowsPath(folder) ? '\\' : '/';
  return normalise(`${withoutTrailing(folder, '\\/')}${separator}${isWindowsPath(folder) ? name.replaceAll('/', '\\') : name}`);
}

export const isAbsolute = (path: string): boolean => path.startsWith('/') || isWindowsPath(path);

/** Returns the parent folder; the same path at the root. */
export function parentOf(path: string): string {
  const cut = Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\'));
  if (cut < 0) return path;
  const parent = path.slice(0, cut);
  return parent === '' || /^[A-Za-z]:$/.test(parent) ? path.slice(0, cut + 1) : parent;
}

export const nameOf = (path: string): string => path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);

/**
 * Whether the path is the folder or below it. In Windows paths case and the kind of slash make no difference. `loose`: they make none in
 * other paths either, whatever the system is; for where one path too many does no harm.
 */
export function isInside(path: string, folder: string, match: 'exact' | 'loose' = 'exact'): boolean {
  const isLoose = match === 'loose' || isWindowsPath(folder);
  const comparable = (text: string): string => (isLoose ? text.replaceAll('\\', '/').toLowerCase() : text);
  const [one, other] = [comparable(path), withoutTrailing(comparable(folder), '/')];
  return one === other || one.startsWith(`${other}/`);
}

/** Whether both are the same folder, whatever stands at its end; `match` as in {@link isInside}. */
export const isSamePath = (one: string, other: string, match: 'exact' | 'loose'): boolean =>
  isInside(one, other, match) && isInside(other, one, match);

/** Returns the folder and its parents up to and including `top`; only the folder itself when it is not in `top`. */
export function upTo(folder: string, top: string): readonly string[] {
  const found = [folder];
  let at = folder;
  while (isInside(at, top) && at !== top && parentOf(at) !== at) {
    at = parentOf(at);
    if (isInside(at, top)) found.push(at);
  }
  return found;
}

/** Returns `path` as seen from `folder`: `server`, `../lib`, `.` for the folder itself. On another drive of Windows it stays absolute. */
export function relativePath(folder: string, path: string): string {
  const separator = isWindowsPath(path) ? '\\' : '/';
  const from = partsOf(folder);
  const to = partsOf(path);
  const isSame = (one: string | undefined, other: string | undefined): boolean =>
    separator === '/' ? one === other : one?.toLowerCase() === other?.toLowerCase();
  let same = 0;
  while (same < from.length && same < to.length && isSame(from[same], to[same])) same++;
  if (same === 0 && separator === '\\') return path;
  return [...from.slice(same).map(() => '..'), ...to.slice(same)].join(separator) || '.';
}

const partsOf = (path: string): readonly string[] => path.split(/[\\/]/).filter((part) => part !== '');

/** Resolves `.` and `..`. */
function normalise(path: string): string {
  const separator = isWindowsPath(path) ? '\\' : '/';
  const kept: string[] = [];
  for (const part of path.split(/[\\/]/)) {
    if (part === '..' && kept.length > 1) kept.pop();
    else if (part !== '.' && !(part === '' && kept.length > 0)) kept.push(part);
  }
  return kept.join(separator) || separator;
}
