/** Commands that end processes, as they were typed in terminals, and whether one could have ended a service. */
import { commandLine } from '../model/service';
import type { ServiceSpec } from '../model/service';

/** A command that ran in a terminal which is not that of a service. */
export interface SeenCommand {
  /** ms since the epoch; about 100 ms late. */
  readonly at: number;
  readonly line: string;
  /** Name of its terminal. */
  readonly terminal: string;
}

type Target =
  | { readonly kind: 'pid'; readonly pid: number }
  | { readonly kind: 'port'; readonly port: number }
  /** `whole`: anywhere in the command line; else the name of the program. */
  | { readonly kind: 'name'; readonly name: string; readonly whole: boolean };

/** Longer ones are not typed, and are not looked at. */
const maxLineLength = 2000;

/** Cheap: most commands end nothing. */
export const mayKill = (line: string): boolean =>
  line.length <= maxLineLength && /\b(?:p?kill|killall|taskkill|stop-process|kill-port|fuser|docker)\b/i.test(line);

/** What ended a service. */
export interface Killer {
  /** What it matches the service by, such as "uvicorn" or "port 8000". */
  readonly by: string;
  /** The one command of the line that did it. */
  readonly command: string;
}

/** Undefined when nothing on the line ended the service. */
export function killedBy(line: string, spec: ServiceSpec, pid: number | undefined): Killer | undefined {
  if (!mayKill(line)) return undefined;
  const commands = line.split(/[;&|\n]+/);
  const feedsKill = commands.some((command) => isXargsKill(wordsOf(command)));
  for (const command of commands) {
    const found = targetsIn(wordsOf(command), feedsKill).find((target) => matches(target, spec, pid));
    if (found !== undefined) return { by: describe(found), command: command.trim() };
  }
  return undefined;
}

const isXargsKill = ([program, ...words]: readonly string[]): boolean =>
  nameOf(program) === 'xargs' && words.some((word) => nameOf(word) === 'kill');

function describe(target: Target): string {
  if (target.kind === 'name') return target.name;
  return target.kind === 'pid' ? `pid ${target.pid}` : `port ${target.port}`;
}

/** Without quotes; what is quoted is one word. */
const wordsOf = (segment: string): readonly string[] =>
  [...segment.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(([, double, single, plain]) => double ?? single ?? plain ?? '');

const nameOf = (program = ''): string =>
  program
    .slice(Math.max(program.lastIndexOf('/'), program.lastIndexOf('\\')) + 1)
    .toLowerCase()
    .replace(/\.exe$/, '');

const prefixes: ReadonlySet<string> = new Set(['sudo', 'npx', 'pnpm', 'bunx', 'dlx', 'exec', 'command', '-y']);

function targetsIn(words: readonly string[], feedsKill: boolean): readonly Target[] {
  const from = words.findIndex((word) => !prefixes.has(nameOf(word)));
  const [program, ...args] = from < 0 ? [] : words.slice(from);
  const operands = args.filter((word) => !word.startsWith('-') && !word.startsWith('/'));
  switch (nameOf(program)) {
    case 'pkill':
      return names(
        operands,
        args.some((word) => /^-[a-z0-9]*f/i.test(word) || word === '--full'),
      );
    case 'killall':
      return names(operands, false);
    case 'kill':
      return args.flatMap((word) =>
        /^-?\d{2,9}$/.test(word) && Math.abs(Number(word)) > 64 ? [{ kind: 'pid', pid: Math.abs(Number(word)) }] : [],
      );
    case 'taskkill':
    case 'stop-process':
      return args.flatMap((word, index) => valueOf(args[index - 1] ?? '', word));
    case 'fuser':
      return args.some((word) => word.startsWith('-') && word.includes('k')) ? ports(operands) : [];
    case 'kill-port':
      return ports(operands);
    case 'lsof':
      return feedsKill ? ports(args) : [];
    case 'docker':
      return /^(?:stop|kill|restart|rm)$/.test(operands[0] ?? '') ? names(operands.slice(1), true) : [];
    default:
      return [];
  }
}

const names = (words: readonly string[], whole: boolean): readonly Target[] =>
  words.filter((name) => name.length > 1).map((name) => ({ kind: 'name', name, whole }));

const ports = (words: readonly string[]): readonly Target[] =>
  words.flatMap((word) => {
    const [, digits] = /(?:^|:)(\d{2,5})(?:\/tcp)?$/.exec(word) ?? [];
    return digits === undefined ? [] : [{ kind: 'port', port: Number(digits) }];
  });

/** `/PID 4711`, `/IM node.exe`, `-Id 4711`, `-Name node`. */
function valueOf(option: string, word: string): readonly Target[] {
  if (/^[/-](?:pid|id)$/i.test(option) && /^\d+$/.test(word)) return [{ kind: 'pid', pid: Number(word) }];
  return /^[/-](?:im|name|processname)$/i.test(option) ? [{ kind: 'name', name: nameOf(word), whole: false }] : [];
}

function matches(target: Target, spec: ServiceSpec, pid: number | undefined): boolean {
  if (target.kind === 'pid') return target.pid === pid;
  if (target.kind === 'port') return target.port === spec.port;
  const line = commandLine(spec);
  if (target.whole && line.includes(target.name)) return true;
  const programs = wordsOf(line).map(nameOf);
  return [...programs, ...programs.flatMap((program) => runtimes[program] ?? [])].includes(target.name.toLowerCase());
}

/** The process that a tool runs in has another name than the tool. */
const runtimes: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(
    ['npm', 'npx', 'pnpm', 'yarn', 'vite', 'next', 'tsx', 'nodemon', 'astro', 'nuxt', 'ts-node'].map((tool) => [tool, ['node']]),
  ),
  ...Object.fromEntries(['uvicorn', 'gunicorn', 'flask', 'hypercorn', 'python'].map((tool) => [tool, ['python', 'python3']])),
};
