/**
 * Reads env files as Compose, python-dotenv and Vite do. Where they differ, what is common to them counts: `${NAME}` and `${NAME:-other}` are
 * replaced, `$NAME` is not, because it may be a part of a password; `#` begins a comment only after white space.
 */

/** Returns the value of a variable that an earlier line, an earlier file or the system sets. */
export type EnvLookUp = (name: string) => string | undefined;

/** Later lines win. Lines of another form are left out. */
export function readEnv(text: string, lookUp: EnvLookUp): Readonly<Record<string, string>> {
  const found = new Map<string, string>();
  const clean = text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  for (let at = 0; at < clean.length;) {
    const end = endOfLine(clean, at);
    const assignment = /^[ \t]*(?:export[ \t]+)?([\w.-]+)[ \t]*=[ \t]*/.exec(clean.slice(at, end));
    const start = at + (assignment?.[0].length ?? 0);
    const name = assignment?.[1];
    const quoted = name === undefined ? undefined : quotedAt(clean, start);
    if (name !== undefined) {
      const written = quoted ?? { text: unquoted(clean.slice(start, end)), quote: '' };
      found.set(name, written.quote === "'" ? written.text : expand(written.text, (each) => found.get(each) ?? lookUp(each)));
    }
    at = endOfLine(clean, quoted?.end ?? end) + 1;
  }
  return Object.fromEntries(found);
}

const endOfLine = (text: string, from: number): number => {
  const found = text.indexOf('\n', from);
  return found < 0 ? text.length : found;
};

const unquoted = (written: string): string => {
  const comment = /(?:^|[ \t])#/.exec(written);
  return (comment === null ? written : written.slice(0, comment.index)).trim();
};

interface Quoted {
  readonly text: string;
  readonly quote: string;
  /** Offset behind the closing quote. */
  readonly end: number;
}

/** A value in quotes may span lines. Without a closing quote it is a value as it stands. */
function quotedAt(text: string, start: number): Quoted | undefined {
  const quote = text[start] ?? '';
  if (!['"', "'", '`'].includes(quote)) return undefined;
  let end = text.indexOf(quote, start + 1);
  while (end > 0 && text[end - 1] === '\\') end = text.indexOf(quote, end + 1);
  if (end < 0) return undefined;
  const inside = text.slice(start + 1, end);
  return { text: quote === '"' ? unescaped(inside) : inside, quote, end: end + 1 };
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '"': '"' };

/** As dotenv does; other escapes stay, such as those of paths of Windows. */
const unescaped = (text: string): string => text.replace(/\\([nrt"])/g, (written, letter: string) => escapes[letter] ?? written);

const variable = /\\(?<literal>\$\{)|\$\{(?<name>[A-Za-z_]\w*)(?:(?<dash>:?-)(?<other>[^}]*))?\}/g;

/** A variable that is set nowhere is empty; `\${` is literal. */
function expand(text: string, lookUp: EnvLookUp): string {
  const parts: string[] = [];
  let end = 0;
  for (const found of text.matchAll(variable)) {
    const { literal, name = '', dash, other = '' } = found.groups ?? {};
    const value = lookUp(name);
    const isMissing = value === undefined || (dash === ':-' && value === '');
    parts.push(text.slice(end, found.index), literal ?? (isMissing ? other : value));
    end = found.index + found[0].length;
  }
  return [...parts, text.slice(end)].join('');
}
