/** What is searched for in a log: a text, in any case, or a /regular expression/. */
export type Query =
  | { readonly kind: 'none' }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'expression'; readonly source: string; readonly flags: string }
  | { readonly kind: 'invalid'; readonly why: string };

/** Letters for how a text is searched through, which is up to the log, are left out. */
export function readQuery(written: string): Query {
  if (written === '') return { kind: 'none' };
  const match = /^\/(.+)\/([a-z]*)$/s.exec(written);
  if (match === null) return { kind: 'text', text: written.toLowerCase() };
  const [, source = '', letters = ''] = match;
  const flags = letters.replace(/[gy]/g, '');
  try {
    new RegExp(source, flags);
    return { kind: 'expression', source, flags };
  } catch (error) {
    return { kind: 'invalid', why: error instanceof Error ? error.message : String(error) };
  }
}

/** From a character up to but not including another. */
export type Range = readonly [from: number, to: number];

/** More are not marked in one line. */
const maxRanges = 50;

/** Where a text, in small letters, occurs in a line. */
export function rangesOf(line: string, text: string): readonly Range[] {
  const found: Range[] = [];
  const lower = line.toLowerCase();
  // The length changes with a few letters of Turkish and others: then no place is known.
  if (lower.length !== line.length || text === '') return found;
  for (let at = lower.indexOf(text); at >= 0 && found.length < maxRanges; at = lower.indexOf(text, at + text.length))
    found.push([at, at + text.length]);
  return found;
}
