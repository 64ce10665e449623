/** Command lines, to and fro. */
import type { Words } from './candidate';

/** Words that every shell (sh, PowerShell, cmd) hands over as they are. */
const plain = /^(?:[\w@%+=:,./\\-]|\$\{port\})+$/;

/** A line where that is safe, because it reads best; else a list, which needs no quotes in any shell. */
export const commandOf = (words: Words): string | string[] =>
  words.every((word) => plain.test(word)) ? words.join(' ') : [...words];

/** The words of a line, as a POSIX shell would split it; operators such as `&&` are words of their own. */
export function splitWords(line: string): readonly string[] {
  const words: string[] = [];
  const pattern = /&&|\|\||[;&|]|(?:"(?:\\.|[^"\\])*"|'[^']*'|\\.|[^\s"';&|\\])+/g;
  for (const [written] of line.matchAll(pattern)) words.push(unquote(written));
  return words;
}

const unquote = (word: string): string =>
  word.replace(/"((?:\\.|[^"\\])*)"|'([^']*)'|\\(.)/g, (_, double?: string, single?: string, escaped?: string) =>
    double === undefined ? (single ?? escaped ?? '') : double.replace(/\\(["\\$`])/g, '$1'),
  );

/** One program of a line, with what is set before it. */
export interface Run {
  readonly env: Readonly<Record<string, string>>;
  /** Where a `cd` before it goes, relative to where the line starts. */
  readonly cd: string;
  readonly words: Words;
}

/** The programs of a line, in their order. */
export function runsOf(line: string): readonly Run[] {
  const runs: Run[] = [];
  let cd = '';
  let words: string[] = [];
  const end = (): void => {
    const run = readRun(words, cd);
    words = [];
    if (run.words[0] === 'cd') cd = `${cd}/${run.words.at(-1) ?? ''}`.replace(/^\//, '');
    else if (run.words.length > 0) runs.push(run);
  };
  for (const word of splitWords(line)) {
    if (/^(?:&&?|\|\|?|;)$/.test(word)) end();
    else words.push(word);
  }
  end();
  return runs;
}

/** Programs that only set the scene for the one that follows. */
const wrappers = new Set([
  'cross-env',
  'cross-env-shell',
  'env',
  'exec',
  'npx',
  'bunx',
  'dotenv',
  'dotenvx',
  'time',
  'command',
  'winpty',
]);

function readRun(words: readonly string[], cd: string): Run {
  const env: Record<string, string> = {};
  const rest = [...words];
  for (let first = rest[0]; first !== undefined; first = rest[0]) {
    const assignment = /^([A-Za-z_]\w*)=(.*)$/.exec(first);
    if (assignment !== null) env[assignment[1] ?? ''] = assignment[2] ?? '';
    else if (!wrappers.has(first) && !/^(?:pnpm|yarn|npm|bun)$/.test(first)) break;
    else if (!wrappers.has(first)) {
      if (!/^(?:exec|dlx|x)$/.test(rest[1] ?? '')) break;
      rest.shift();
    } else skipOptions(rest);
    rest.shift();
  }
  return { env, cd, words: rest };
}

/** `dotenv -e .env -- next dev`: up to what follows `--`, or the options alone. */
function skipOptions(rest: string[]): void {
  const dashes = rest.indexOf('--');
  if (dashes > 0 && (rest[1] ?? '').startsWith('-')) rest.splice(1, dashes);
  while ((rest[1] ?? '').startsWith('-')) rest.splice(1, 1);
}

/** The value of an option: `--port 3000`, `--port=3000`, `-p 3000` or `-p3000`. */
export function optionOf(words: Words, ...names: readonly string[]): string | undefined {
  for (const [index, word] of words.entries()) {
    for (const name of names) {
      if (word === name) return words[index + 1];
      if (word.startsWith(`${name}=`)) return word.slice(name.length + 1);
      if (/^-\w$/.test(name) && word.startsWith(name) && /^\d+$/.test(word.slice(2))) return word.slice(2);
    }
  }
  return undefined;
}
