/** Resolves module names of Python to files, and settings to their values. */
import { join, parentOf, upwards } from '../read/paths';
import { findAllIn, findIn, oncePerSource } from '../read/source';
import type { Source } from '../read/source';
import { isModule } from './sources';

/** Returns the file that a dotted name means in another file: one beside it first, else the only one with that name. */
export function moduleFile(written: string, from: Source, sources: readonly Source[]): Source | undefined {
  const path = written.replace(/^\.+/, '').replaceAll('.', '/');
  const known = filesOf(sources);
  for (const folder of upwards(parentOf(from.file))) {
    const found = known.get(`${join(folder, path)}.py`) ?? known.get(join(folder, path, '__init__.py'));
    if (found !== undefined) return found;
  }
  const others = sources.filter(({ file }) => isModule(written.replace(/^\.+/, ''), file));
  return others.length === 1 ? others[0] : undefined;
}

const byList = new WeakMap<readonly Source[], ReadonlyMap<string, Source>>();

function filesOf(sources: readonly Source[]): ReadonlyMap<string, Source> {
  const known = byList.get(sources) ?? new Map(sources.map((source) => [source.file, source]));
  byList.set(sources, known);
  return known;
}

/** A file that is written by hand imports fewer of its own modules. */
const maxImports = 60;

const importsIn = oncePerSource((source): readonly string[] =>
  findAllIn(source, /^[ \t]*(?:from[ \t]+([.\w]+)[ \t]+import[ \t]+\(?([\w, \t]{0,300})|import[ \t]+([\w.]+))/gm)
    .slice(0, maxImports)
    .flatMap(({ groups: [from = '', names = '', whole = ''] }) =>
      whole !== ''
        ? [whole]
        : [from, ...names.split(',').map((name) => `${from}${from.endsWith('.') ? '' : '.'}${name.trim().split(/\s/)[0] ?? ''}`)],
    ),
);

/** Returns the project's own modules that a file imports directly. */
export const importedBy = (source: Source, sources: readonly Source[]): readonly Source[] => [
  ...new Set(
    importsIn(source)
      .flatMap((name) => moduleFile(name, source, sources) ?? [])
      .filter((other) => other !== source),
  ),
];

/** Returns the value of `settings.API_PREFIX` or of a constant, when exactly one string is assigned to that name. */
export function stringOf(name: string, sources: readonly Source[]): string | undefined {
  const last = name.split('.').at(-1) ?? name;
  if (!/^\w{1,60}$/.test(last)) return undefined;
  const pattern = new RegExp(
    `^[ \\t]*${last}[ \\t]*(?::[^=\\n]{0,60})?=[ \\t]*(?:Field\\([ \\t]*(?:default=)?)?["']([^"'{\\n]*)["']`,
    'm',
  );
  const values = new Set(sources.flatMap((source) => findIn(source, pattern)?.groups[0] ?? []));
  return values.size === 1 ? [...values][0] : undefined;
}

/** Reads a string literal, an f-string of known names, or a name; undefined when it is computed. */
export function valueOf(written: string, sources: readonly Source[]): string | undefined {
  const literal = /^["']([^"'{]*)["']/.exec(written)?.[1];
  if (literal !== undefined) return literal;
  const template = /^f["']([^"'\n]{0,200})["']/.exec(written)?.[1];
  if (template !== undefined) {
    const pieces = template.split(/[{}]/).map((piece, index) => (index % 2 === 0 ? piece : stringOf(piece, sources)));
    return pieces.every((piece) => piece !== undefined) ? pieces.join('') : undefined;
  }
  const name = /^([A-Za-z_][\w.]{0,100})/.exec(written)?.[1];
  return name === undefined ? undefined : stringOf(name, sources);
}
