/** Splits the line of a script into the programs that keep running, also those that it starts through other scripts. */
import type { Run } from '../command';
import { runsOf } from '../command';
import { readLine } from '../declared/starts';
import type { Package } from './packages';
import { toolOf } from './frontends';

/** One program that a script starts. */
export interface Part {
  readonly run: Run;
  /** The script that starts only this program; undefined when it is written in the line. */
  readonly script?: string;
  /** Whether it ends before the others start. */
  readonly isStep?: boolean;
}

const several = new Set([
  'concurrently',
  'npm-run-all',
  'npm-run-all2',
  'run-p',
  'run-s',
  'run-pty',
  'conc',
  'npm-run-parallel',
  'mprocs',
  'stmux',
]);
const managers = /^(?:npm|pnpm|yarn|bun)$/;

/** Scripts may call each other. */
const maxDepth = 4;
/** A line that is written by hand starts fewer. */
const maxParts = 20;

/** What a line starts, and whether all of it keeps running at once. */
export interface Parts {
  readonly parts: readonly Part[];
  readonly isParallel: boolean;
}

export function partsOf(line: string, one: Package, depth = 0): Parts {
  const runs = runsOf(line);
  const parallel = /[^&]&(?!&)\s*\S/.test(line);
  const found: Part[] = [];
  let isParallel = parallel;
  for (const [index, run] of runs.slice(0, maxParts).entries()) {
    // Earlier steps prepare the last one.
    const isStep = !parallel && index < runs.length - 1;
    if (isStep) {
      found.push({ run, isStep });
      continue;
    }
    const lines = several.has(run.words[0] ?? '') ? startedBy(run, one) : undefined;
    if (lines === undefined) {
      const inner = throughScript(run, one, depth);
      isParallel ||= inner.isParallel;
      found.push(...inner.parts);
      continue;
    }
    isParallel ||= lines.length > 1;
    for (const each of lines) {
      const inner = partsOf(each.line, one, depth + 1).parts;
      found.push(...inner.map(({ run: own, script }) => ({ run: within(run, own), ...named(script ?? each.script) })));
    }
  }
  return { parts: found.slice(0, maxParts), isParallel };
}

const named = (script: string | undefined): Pick<Part, 'script'> => (script === undefined ? {} : { script });

/** The variables before a runner reach all that it starts. */
const within = (outer: Run, inner: Run): Run => ({ ...inner, env: { ...outer.env, ...inner.env } });

interface Line {
  readonly line: string;
  readonly script?: string;
}

/** Options of concurrently that take the next word as their value. */
const runnerValues =
  /^(?:-n|--names|-c|--prefix-colors|-p|--prefix|-l|--prefix-length|-m|--max-processes|-s|--success|--restart-tries|--restart-after|--cwd)$/;

/** `concurrently "npm:watch" "npm run serve" vite`, `run-p watch serve`, `run-p "dev:*"` */
function startedBy({ words }: Run, one: Package): readonly Line[] {
  const [runner = '', ...args] = words;
  const takesLines = /^(?:concurrently|conc|stmux|run-pty)$/.test(runner);
  return args.flatMap((word, index): readonly Line[] => {
    if (/\s/.test(word)) return [{ line: word }];
    if (word.startsWith('-') || (takesLines && runnerValues.test(args[index - 1] ?? ''))) return [];
    const name = word.replace(/^(?:npm|pnpm|yarn|bun|node):/, '');
    if (takesLines && name === word) return [{ line: word }];
    const pattern = new RegExp(
      `^${name
        .split('*')
        .map((piece) => piece.replace(/\W/g, '\\$&'))
        .slice(0, 5)
        .join('[^:]*')}$`,
    );
    return [...one.scripts].filter(([script]) => pattern.test(script)).map(([script, line]) => ({ line, script }));
  });
}

/** `pnpm with-env next dev`, where the script "with-env" ends in `--`; or `npm run start:dev`. */
function throughScript(run: Run, one: Package, depth: number): Parts {
  const { words } = run;
  const at = managers.test(words[0] ?? '') ? (/^run(?:-script)?$/.test(words[1] ?? '') ? 2 : 1) : undefined;
  const script = at === undefined ? undefined : words[at];
  const line = script === undefined ? undefined : one.scripts.get(script);
  if (at === undefined || script === undefined || line === undefined || depth >= maxDepth || run.cd !== '')
    return { parts: [{ run }], isParallel: false };
  const rest = words.slice(at + 1).filter((word, index) => index > 0 || word !== '--');
  const whole = [line, ...rest.map((word) => (/[\s"']/.test(word) ? JSON.stringify(word) : word))].join(' ');
  const inner = partsOf(whole, one, depth + 1);
  const only = rest.length === 0 && inner.parts.length === 1 ? named(script) : {};
  return { ...inner, parts: inner.parts.map((part) => ({ ...part, run: within(run, part.run), ...only })) };
}

const starters =
  /^(?:node|nodemon|tsx|ts-node|ts-node-dev|tsnd|babel-node|bun|deno|swc-node|vite-node|nest|electron|func|wrangler|firebase|netlify|vercel)$/;

/** Whether a program is a service, and not a compiler or a watcher that serves one. */
export function isService({ run }: Part, one: Package): boolean {
  const { words, cd, env } = run;
  if (cd !== '' || toolOf(words, one) !== undefined) return true;
  if (starters.test(words[0] ?? '')) return !/(?:^|\s)(?:build|compile|scripts\/)/.test(words.slice(1, 3).join(' '));
  if (managers.test(words[0] ?? '')) return !/^(?:install|ci|i|add)$/.test(words[1] ?? '');
  return readLine(words, env, '').starts !== undefined;
}
