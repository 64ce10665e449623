/** Patterns of `watch` in services.json: `*`, `**`, `?` and `{a,b}`. Time grows with pattern times path, whatever the pattern is. */
import type { WatchSpec } from '../model/service';
import { joinPath } from '../workspaceFiles/paths';

/** Folders that tools write and nobody edits. Git ignores most of them; this also holds without git. */
const writtenByTools: ReadonlySet<string> = new Set([
  ...['.git', '.hg', '.svn', 'node_modules', '.venv', 'venv', '__pycache__'],
  ...['.mypy_cache', '.pytest_cache', '.ruff_cache', '.tox', '.gradle', '.next', '.nuxt', '.turbo', '.vscode'],
]);

/** Whether a change of the file counts. `path` is seen from the folder of the service, with "/" between names. */
export function isWatched({ paths, ignore }: Pick<WatchSpec, 'paths' | 'ignore'>, path: string): boolean {
  const names = path.split('/');
  if (names.some((name) => writtenByTools.has(name))) return false;
  return (
    paths.flatMap(alternatives).some((each) => fitsPath(watched(each), names)) &&
    !ignore.flatMap(alternatives).some((each) => fitsPath(left(each), names))
  );
}

/**
 * The folder that has to be observed for a pattern: that of the service, or what is above or beside it for a pattern that begins with
 * `..`. `folder` is absolute.
 */
export function rootOf(folder: string, pattern: string): string {
  const names = namesOf(pattern);
  if (names[0] !== '..') return folder;
  const end = names.findIndex(isWild);
  return joinPath(folder, names.slice(0, end < 0 ? -1 : end).join('/'));
}

const namesOf = (pattern: string): readonly string[] => pattern.split('/').filter((name) => name !== '' && name !== '.');

const isWild = (name: string): boolean => /[*?{]/.test(name);

/** A path without wildcards may be a folder, which stands for everything in it. */
function watched(pattern: string): readonly string[] {
  const names = namesOf(pattern);
  return names.some(isWild) ? names : [...names, '**'];
}

/** As in `.gitignore`: what is in an ignored folder is ignored, and a name without "/" applies everywhere. */
function left(pattern: string): readonly string[] {
  const names = namesOf(pattern);
  return [...(names.length === 1 && !pattern.startsWith('./') ? ['**'] : []), ...names, '**'];
}

const maxAlternatives = 100;

/** `{a,b}` written out; what has more than 100 alternatives keeps its remaining braces. */
function alternatives(pattern: string): readonly string[] {
  let found: readonly string[] = [pattern];
  for (;;) {
    const next = found.flatMap(expandFirst);
    if (next.length === found.length || next.length > maxAlternatives) return found;
    found = next;
  }
}

function expandFirst(pattern: string): readonly string[] {
  const close = pattern.indexOf('}');
  const open = close < 0 ? -1 : pattern.lastIndexOf('{', close);
  if (open < 0) return [pattern];
  const inner = pattern.slice(open + 1, close).split(',');
  return inner.map((each) => `${pattern.slice(0, open)}${each}${pattern.slice(close + 1)}`);
}

const fitsPath = (pattern: readonly string[], names: readonly string[]): boolean =>
  fits(pattern, names, { isAny: (each) => each === '**', isSame: fitsName });

const fitsName = (pattern: string, name: string): boolean =>
  fits(Array.from(pattern), Array.from(name), {
    isAny: (each) => each === '*',
    isSame: (each, letter) => each === '?' || each === letter,
  });

interface Rules {
  /** Stands for any number of items, none included. */
  readonly isAny: (pattern: string) => boolean;
  readonly isSame: (pattern: string, item: string) => boolean;
}

/** Goes back to the last wildcard only, because an earlier one could gain nothing from more items. */
function fits(pattern: readonly string[], items: readonly string[], { isAny, isSame }: Rules): boolean {
  let [at, item, afterAny, resumed] = [0, 0, -1, 0];
  while (item < items.length) {
    const [wanted, given] = [pattern[at], items[item] ?? ''];
    if (wanted !== undefined && isAny(wanted)) {
      afterAny = ++at;
      resumed = item;
    } else if (wanted !== undefined && isSame(wanted, given)) {
      at++;
      item++;
    } else if (afterAny >= 0) {
      at = afterAny;
      item = ++resumed;
    } else return false;
  }
  return pattern.slice(at).every(isAny);
}
