/** A file with its name, and finds in it. */

export interface Source {
  readonly file: string;
  /** Commented lines are blank, so that disabled code is not found. Line numbers stay. */
  readonly text: string;
}

export interface Found {
  /** `file:line` */
  readonly where: string;
  readonly index: number;
  readonly length: number;
  /** The groups of the pattern; "" for a group that did not match. */
  readonly groups: readonly string[];
}

const hashComments = /\.(?:py|rb|toml|ya?ml|env|sh|properties|cfg|ini)$|(?:^|\/)(?:\.env[^/]*|\.flaskenv|Gemfile|Procfile[^/]*)$/;

/** Such long lines are generated. They contain nothing to find and would make the patterns slow. */
const generated = /^[^\n]{1000,}$/gm;

const docstring = /"""[\s\S]*?"""|'''[\s\S]*?'''/g;

export function sourceOf(file: string, raw: string): Source {
  const comment = hashComments.test(file) ? /^[ \t]*#.*$/gm : /^[ \t]*(?:\/\/|\*|\/\*|<!--).*$/gm;
  const text = raw.replaceAll(generated, '').replaceAll(comment, '');
  return { file, text: file.endsWith('.py') ? text.replaceAll(docstring, (whole) => whole.replaceAll(/[^\n]/g, '')) : text };
}

/** Returns a function that computes its result once for each source. */
export function oncePerSource<T>(compute: (source: Source) => T): (source: Source) => T {
  const known = new WeakMap<Source, { readonly result: T }>();
  return (source) => {
    const found = known.get(source) ?? { result: compute(source) };
    known.set(source, found);
    return found.result;
  };
}

const lineStarts = oncePerSource(({ text }) => {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
});

/** Returns `file:line` of a place in the text. */
export function whereIs(source: Source, index: number): string {
  const starts = lineStarts(source);
  let low = 0;
  let high = starts.length;
  // The number of lines that start at the place or before it.
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((starts[middle] ?? 0) <= index) low = middle + 1;
    else high = middle;
  }
  return `${source.file}:${low}`;
}

export function findIn(source: Source, pattern: RegExp): Found | undefined {
  const match = new RegExp(pattern.source, pattern.flags.replace('g', '')).exec(source.text);
  return match === null ? undefined : foundAt(source, match);
}

/** Code that is written by hand contains fewer matches of a pattern in one file. */
const maxMatches = 200;

/** Returns the first 200 matches. */
export function findAllIn(source: Source, pattern: RegExp): readonly Found[] {
  const all = pattern.global ? pattern : new RegExp(pattern.source, `${pattern.flags}g`);
  const found: Found[] = [];
  for (const match of source.text.matchAll(all)) {
    found.push(foundAt(source, match));
    if (found.length >= maxMatches) break;
  }
  return found;
}

function foundAt(source: Source, match: RegExpExecArray): Found {
  // A pattern that begins with white space may match from an earlier line.
  const index = match.index + (/^\s*/.exec(match[0])?.[0].length ?? 0);
  // A group that did not match is undefined, whatever its type says.
  const groups = match.slice(1).map((group: string | undefined) => group ?? '');
  return { where: whereIs(source, index), index: match.index, length: match[0].length, groups };
}

/** Returns the first find in any of the sources. */
export function findInAny(sources: readonly Source[], pattern: RegExp): Found | undefined {
  for (const source of sources) {
    const found = findIn(source, pattern);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Returns the port; undefined when the text is not a valid port. */
export function portOf(text: string | undefined): number | undefined {
  if (text === undefined || !/^\d{1,5}$/.test(text)) return undefined;
  const port = Number(text);
  return port >= 1 && port <= 65535 ? port : undefined;
}

/** Returns the text between the bracket at `open` and its closing bracket; the rest of the text when there is none. */
export function insideBrackets(text: string, open: number, maxCharacters = 4000): string {
  const end = Math.min(text.length, open + maxCharacters);
  let depth = 0;
  for (let at = open; at < end; at++) {
    const character = text.charAt(at);
    if ('([{'.includes(character)) depth++;
    else if (')]}'.includes(character) && --depth === 0) return text.slice(open + 1, at);
  }
  return text.slice(open + 1, end);
}
