/** The arguments of svc. */
import { parseArgs } from 'node:util';
import { parseDuration } from '../core/config/duration';
import { defined } from '../core/model/defined';

export const commands = ['list', 'start', 'stop', 'restart', 'wait', 'logs', 'why', 'check', 'events', 'run', 'mcp'] as const;
export type Command = (typeof commands)[number];

export interface Options {
  readonly command: Command;
  readonly names: readonly string[];
  readonly json: boolean;
  /** In whole seconds, 1 to 300. */
  readonly timeoutSeconds?: number;
  readonly folder?: string;
  readonly status?: string;
  readonly tail?: number;
  readonly follow: boolean;
  readonly search?: string;
  readonly since?: string;
}

export type Parsed =
  | { readonly kind: 'run'; readonly options: Options }
  | { readonly kind: 'help' }
  | { readonly kind: 'version' }
  | { readonly kind: 'wrong'; readonly problem: string };

const shape = {
  json: { type: 'boolean' },
  timeout: { type: 'string' },
  folder: { type: 'string' },
  status: { type: 'string' },
  lines: { type: 'string', short: 'n' },
  follow: { type: 'boolean', short: 'f' },
  search: { type: 'string' },
  since: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
} as const;

const needName: ReadonlySet<Command> = new Set(['start', 'stop', 'restart', 'wait', 'why', 'check']);

export function parseCommandLine(args: readonly string[]): Parsed {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options: shape, allowPositionals: true });
    const [word = 'list', ...names] = positionals;
    if (values.help === true || word === 'help') return { kind: 'help' };
    if (values.version === true) return { kind: 'version' };
    const command = commands.find((each) => each === word);
    return command === undefined ? wrong(`Unknown command "${word}".`) : optionsOf(command, names, values);
  } catch (error) {
    return wrong(error instanceof Error ? error.message : String(error));
  }
}

type Values = ReturnType<typeof parseArgs<{ options: typeof shape }>>['values'];

function optionsOf(command: Command, names: readonly string[], values: Values): Parsed {
  const { folder, status, search, since, json = false, follow = false } = values;
  const timeoutSeconds = values.timeout === undefined ? undefined : seconds(values.timeout);
  const tail = values.lines === undefined ? undefined : Number(values.lines);
  const namesProblem = problemOfNames(command, names);
  if (namesProblem !== undefined) return wrong(namesProblem);
  if (timeoutSeconds === 'invalid') return wrong('--timeout must be 1s to 5m, such as 60s.');
  if (tail !== undefined && !(Number.isInteger(tail) && tail >= 1 && tail <= 5000)) return wrong('-n must be 1 to 5000.');
  if (status !== undefined && !['healthy', 'running', 'stopped'].includes(status))
    return wrong('--status must be healthy, running or stopped.');
  return {
    kind: 'run',
    options: { command, names, json, follow, ...defined({ folder, status, search, since, tail, timeoutSeconds }) },
  };
}

function problemOfNames(command: Command, names: readonly string[]): string | undefined {
  if (command === 'run' && names.length !== 2)
    return 'svc run needs a service and the name of one of its commands: svc run NAME "COMMAND".';
  return needName.has(command) && names.length === 0 ? `svc ${command} needs the name of a service. svc lists them.` : undefined;
}

const wrong = (problem: string): Parsed => ({ kind: 'wrong', problem });

/** A plain number is seconds. */
function seconds(written: string): number | 'invalid' {
  const duration = parseDuration(/^\d+$/.test(written) ? Number(written) : written);
  if (!duration.ok || duration.ms < 1000 || duration.ms > 300_000) return 'invalid';
  return Math.ceil(duration.ms / 1000);
}

export const help = `Usage: svc [command] [options]

The services that VS Code keeps running for the folder you are in.

  svc [list] [NAME…]           state, address and process of each service
  svc start NAME…              start, and wait until it is healthy; what runs is left as it is
  svc stop NAME…               stop with all of its processes
  svc restart NAME…            stop and start, and wait until it is healthy
  svc wait NAME… [--status S]  wait until it is healthy (default), running or stopped
  svc logs [NAME…] [-n N] [-f] [--search TEXT|/RE/] [--since CURSOR]
  svc why NAME…                diagnose: the cause, evidence and fixes
  svc check NAME…              send the health check and the checks once
  svc events [NAME…] [--since CURSOR]
  svc run NAME "COMMAND"       run a one-off command of a service, print its last lines, and wait for its end
  svc mcp                      an MCP server on standard input and output

@GROUP in place of NAME starts, stops or restarts all services of a group: svc start @core

  --json            JSON for programs
  --timeout 60s     how long to wait, up to 5m
  --folder DIR      the folder whose window to ask; default: the current one
  --help, --version

Exit codes: 0 done or reached, 1 the service failed, 2 wrong use, 3 unknown service, 4 timeout,
5 no VS Code window has this folder open, 6 not trusted, 7 port taken.
`;
