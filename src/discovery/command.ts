/** Splits and joins command lines. */
import { isPlainProgram, isPlainWord } from '../core/shells/plainLine';
import type { Words } from './candidate';

/** Returns a line where every shell reads these words in it, because it is easier to read; else a list, which needs no shell. */
export const commandOf = (words: Words): string | string[] =>
  isPlainProgram(words[0] ?? '') && words.every(isPlainWord) ? words.join(' ') : [...words];

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
const wrappers = new Set(
  'cross-env cross-env-shell env exec npx bunx dotenv dotenvx dotenv-flow env-cmd time command winpty sudo nice doppler infisical op varlock chamber teller sst direnv caffeinate'.split(
    ' ',
  ),
);
/** Words between such a program and the one that follows. */
const wrapperVerbs = /^(?:run|exec|bind|shell|dev)$/;
/** Options of such programs that take the next word as their value. */
const wrapperValues = /^(?:-e|-f|-c|-p|-v|--file|--env|--env-file|--config|--project|--package|--projectId)$/;

function readRun(words: readonly string[], cd: string): Run {
  const env: Record<string, string> = {};
  const rest = [...words];
  for (let first = rest[0]; first !== undefined; first = rest[0]) {
    const assignment = /^([A-Za-z_]\w*)=(.*)$/s.exec(first);
    if (assignment !== null) env[assignment[1] ?? ''] = assignment[2] ?? '';
    else if (wrappers.has(first)) skipOptions(rest);
    else if (!isExec(rest)) break;
    else rest.shift();
    rest.shift();
  }
  const [program = ''] = rest;
  // ./node_modules/.bin/next, and the file behind it
  const own = /(?:^|\/)node_modules\/(?:\.bin\/)?([\w.-]+)(?:\/.*)?$/.exec(program.replaceAll('\\', '/'))?.[1];
  return { env, cd, words: own === undefined ? behindNode(rest) : [own, ...rest.slice(1)] };
}

/** `pnpm exec vite`, `yarn dlx vite` */
const isExec = ([first = '', second = '']: readonly string[]): boolean =>
  /^(?:pnpm|yarn|npm|bun)$/.test(first) && /^(?:exec|dlx|x)$/.test(second);

/** `node --inspect node_modules/next/dist/bin/next dev` runs a tool of the package; `bun --bun vite` as well. */
function behindNode(words: readonly string[]): Words {
  if (!/^(?:node|bun|bunx)$/.test(words[0] ?? '')) return words;
  const index = words.findIndex((word, at) => at > 0 && !word.startsWith('-') && !(words[0] === 'bun' && word === 'run'));
  const own = /(?:^|\/)node_modules\/(?:\.bin\/)?([\w.-]+)(?:\/.*)?$/.exec(words[index] ?? '')?.[1];
  if (own !== undefined) return [own, ...words.slice(index + 1)];
  return words[0] === 'bun' && words.includes('--bun') && index > 0 ? words.slice(index) : words;
}

/** Removes the options: in `dotenv -e .env -- next dev` up to `--`. */
function skipOptions(rest: string[]): void {
  const dashes = rest.indexOf('--');
  if (dashes > 0 && ((rest[1] ?? '').startsWith('-') || wrapperVerbs.test(rest[1] ?? ''))) rest.splice(1, dashes);
  else if (rest.length > 2 && wrapperVerbs.test(rest[1] ?? '') && rest[0] !== 'exec') rest.splice(1, 1);
  while ((rest[1] ?? '').startsWith('-')) rest.splice(1, wrapperValues.test(rest[1] ?? '') && rest[0] !== 'npx' ? 2 : 1);
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
