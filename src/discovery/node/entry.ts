/** Finds the file that a Node program starts with, from the words of its command line. */
import { splitWords } from '../command';
import { dataAt, parseJson, textAt } from '../read/formats';
import { join } from '../read/paths';
import type { Project } from '../read/project';
import type { Package } from './packages';

const programs = new Set([
  'node',
  'nodemon',
  'tsx',
  'ts-node',
  'ts-node-dev',
  'tsnd',
  'babel-node',
  'bun',
  'deno',
  'swc-node',
  'vite-node',
  'nest',
]);

/** Options of these programs that take the next word as their value. */
const takesValue =
  /^(?:-r|--require|--import|--loader|--watch-path|--env-file|-w|--watch|--ignore|-i|--ext|-e|--delay|--project|-P|--tsconfig|--cwd)$/;

/** Returns the path of the entry file; undefined when these words start no existing file. */
export async function entryOf(project: Project, one: Package, words: readonly string[]): Promise<string | undefined> {
  const [program = '', ...args] = words;
  if (!programs.has(program)) return undefined;
  if (program === 'nest') return args[0] === 'start' ? resolve(project, one.folder, 'src/main') : undefined;
  const named = byArguments(project, one.folder, args);
  if (named !== undefined || program === 'bun' || program === 'deno') return named;
  return (
    (await byNodemon(project, one.folder, program)) ??
    resolve(project, one.folder, textAt(one.manifest, 'main') ?? (program === 'nodemon' ? 'index' : ''))
  );
}

function byArguments(project: Project, folder: string, args: readonly string[]): string | undefined {
  for (const [index, word] of args.entries()) {
    // nodemon --exec "tsx src/index.ts"
    const inner = /\s/.test(word) ? byArguments(project, folder, splitWords(word)) : undefined;
    if (inner !== undefined) return inner;
    const before = args[index - 1] ?? '';
    // `--watch` takes a folder in nodemon and no value in node and tsx, so a file after it is the entry.
    const isValue = takesValue.test(before) && !(/^(?:-w|--watch)$/.test(before) && /\.[cm]?[jt]sx?$/.test(word));
    const found = word.startsWith('-') || isValue ? undefined : resolve(project, folder, word);
    if (found !== undefined) return found;
  }
  return undefined;
}

async function byNodemon(project: Project, folder: string, program: string): Promise<string | undefined> {
  const file = join(folder, 'nodemon.json');
  if (program !== 'nodemon' || !project.has(file)) return undefined;
  const config = dataAt(parseJson((await project.text(file)) ?? ''));
  return byArguments(project, folder, splitWords(textAt(config, 'exec') ?? textAt(config, 'script') ?? ''));
}

const endings = ['', '.ts', '.js', '.mjs', '.cjs', '.mts', '.tsx', '/index.ts', '/index.js', '/main.ts'];

/** Finds the source of a built file: what is in a build folder comes from `src`. */
export function resolve(project: Project, folder: string, written: string): string | undefined {
  if (written === '' || written.includes('*')) return undefined;
  const path = join(folder, written);
  const source = join(folder, written.replace(/^(?:\.\/)?(?:dist|build|out|lib)\//, 'src/').replace(/\.[cm]?js$/, ''));
  const candidates = [path, source].flatMap((base) => endings.map((ending) => `${base}${ending}`));
  return candidates.find((file) => project.has(file) && !file.endsWith('.json'));
}
