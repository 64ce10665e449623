/** Which program a command line runs: the tool or the script, whatever runs it and wherever it lies. */

export interface Program {
  /** Without folder and extension, in lower case: `vite`, `uvicorn`, `server`. */
  readonly name: string;
  /** Its operands, without options, addresses and ports: `["main:app"]`. */
  readonly words: readonly string[];
}

/** Longer ones are not read to their end. */
const maxLength = 4000;

/** Undefined for a command line that names no program: inline code, a title in brackets, nothing. */
export function programOf(command: string): Program | undefined {
  const words = command.slice(0, maxLength).split(/\s+/).filter(Boolean);
  const [first = '', ...rest] = words;
  const program = baseOf(first);
  if (program === '' || first.startsWith('[')) return undefined;
  const runtime = runtimes.find(({ pattern }) => pattern.test(program));
  if (runtime === undefined) return { name: program, words: operands(rest) };
  return scriptOf(rest, runtime);
}

interface Runtime {
  readonly pattern: RegExp;
  /** Options whose next word is their value. */
  readonly valued: RegExp;
  /** The option before code, which makes no program that could be recognized. */
  readonly inline: RegExp;
}

const runtimes: readonly Runtime[] = [
  {
    pattern: /^(?:node|nodejs|bun)$/,
    valued: /^(?:-r|--require|--import|--loader|--env-file|-C|--conditions)$/,
    inline: /^(?:-e|-p|--eval|--print)$/,
  },
  { pattern: /^(?:python|pypy)[\d.]*w?$/, valued: /^-[WX]$/, inline: /^-c$/ },
  { pattern: /^ruby[\d.]*$/, valued: /^-[rI]$/, inline: /^-e$/ },
];

function scriptOf(words: readonly string[], { valued, inline }: Runtime): Program | undefined {
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] ?? '';
    if (inline.test(word)) return undefined;
    if (word === '-m') return named(words[index + 1], words.slice(index + 2));
    if (valued.test(word)) index += 1;
    else if (!word.startsWith('-')) return named(word, words.slice(index + 1));
  }
  return undefined;
}

const named = (script: string | undefined, rest: readonly string[]): Program | undefined =>
  script === undefined ? undefined : { name: baseOf(script), words: operands(rest) };

/** `node_modules/vite/bin/vite.js`, `.bin/vite` and `vite.cmd` are one program. */
const baseOf = (path: string): string =>
  path
    .replace(/^["']|["']$/g, '')
    .slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1)
    .toLowerCase()
    .replace(/\.(?:exe|cmd|bat|ps1|[cm]?[jt]sx?|py|rb|sh)$/, '')
    .replace(/^-/, '');

/** What starts a server in development is the default of most tools, written or not. */
const defaults: ReadonlySet<string> = new Set(['dev', 'serve', 'start', 'run', 'runserver']);
const address = /^(?:[\w.-]*:)?\d{1,5}$|^(?:\d{1,3}\.){3}\d{1,3}$|^(?:localhost|::1?|\*)$/;

const operands = (words: readonly string[]): readonly string[] =>
  words.filter((word) => !word.startsWith('-') && !address.test(word) && !defaults.has(word));

/** Whether both run the same program with the same operands; where it runs is another question. */
export function isSameProgram(one: string, other: string): boolean {
  const [a, b] = [programOf(one), programOf(other)];
  if (a === undefined || b?.name !== a.name || a.words.length !== b.words.length) return false;
  return a.words.every((word, index) => word === b.words[index]);
}
