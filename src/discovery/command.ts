/** Splits and joins command lines. */
import type { Words } from './candidate';

/** Words that every shell (sh, PowerShell, cmd) passes on unchanged. */
const plain = /^(?:[\w@%+=:,./\\-]|\$\{port\})+$/;

/** Returns a line where that is safe, because it is easier to read; else a list, which needs no quotes in any shell. */
export const commandOf = (words: Words): string | string[] =>
  words.every((word) => plain.test(word)) ? words.join(' ') : [...words];

/** Splits a line into words like a POSIX shell. Operators such as `&&` are words of their own. */
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

/** One program of a line, with the environment variables before it. */
export interface Run {
  readonly env: Readonly<Record<string, string>>;
  /** The folder of a preceding `cd`, relative to the start of the line. */
  readonly cd: string;
  readonly words: Words;
}

/** Returns the programs of a line, in order. */
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

/** Programs that only set up the one that follows. */
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

/** Removes the options: in `dotenv -e .env -- next dev` up to `--`. */
function skipOptions(rest: string[]): void {
  const dashes = rest.indexOf('--');
  if (dashes > 0 && (rest[1] ?? '').startsWith('-')) rest.splice(1, dashes);
  while ((rest[1] ?? '').startsWith('-')) rest.splice(1, 1);
}

/** Returns the value of an option: `--port 3000`, `--port=3000`, `-p 3000` or `-p3000`. */
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
