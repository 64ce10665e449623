/** Which of the processes under a runner have ended with an error, from what the runner writes. */
import { prefixOf } from './cause/cleaning';
import { flatCopy } from './flatCopy';

/** How runners report the end of one process. Groups `name` and `code`; seen in the output of the tools. */
export interface PartEnd {
  readonly tool: string;
  readonly pattern: RegExp;
  readonly example: string;
}

export const partEnds: readonly PartEnd[] = [
  {
    tool: 'concurrently',
    pattern: /^\[(?<name>[^\]]{1,60})\] .{1,400} exited with code (?<code>\d+|SIG[A-Z]+)$/,
    example: '[api] node api.js exited with code 1',
  },
  {
    tool: 'foreman',
    pattern: /^\d{1,2}:\d\d:\d\d (?:[AP]M )?(?<name>[\w.-]{1,60}) (?: {0,20}\| )?[Ee]xited with (?:exit )?code (?<code>\d+)$/,
    example: '7:26:44 PM api.1 Exited with exit code 1',
  },
  {
    tool: 'turbo',
    pattern: /^(?<name>[\w@/.-]{1,80}:[\w-]{1,60}): (?:ERROR: )?command finished with error: .{0,400} exited \((?<code>\d+)\)$/,
    example: 'api:dev: ERROR: command finished with error: command (/home/dev/apps/api) npm run dev exited (1)',
  },
  {
    tool: 'turbo',
    pattern: /^(?<name>[\w@/.-]{1,80}#[\w-]{1,60}): {1,4}(?:ERROR {1,4})?command .{0,400} exited \((?<code>\d+)\)$/,
    example: 'api#dev:  ERROR  command (/home/dev/shop/apps/api) /usr/bin/npm run dev exited (1)',
  },
  {
    tool: 'Compose',
    pattern: /^(?<name>[\w.-]{1,60}-\d+) exited with code (?<code>\d+)$/,
    example: 'api-1 exited with code 1',
  },
  {
    tool: 'npm-run-all',
    pattern: /^ERROR: "(?<name>[^"]{1,80})" exited with (?<code>\d+)\.$/,
    example: 'ERROR: "dev:api" exited with 1.',
  },
  { tool: 'pnpm', pattern: /^(?<name>[\w./@-]{1,120} [\w:-]{1,60}): Failed$/, example: 'apps/api dev: Failed' },
  {
    tool: 'nodemon, node --watch',
    pattern: /^\[(?<name>[^\]]{1,60})\] (?:\[nodemon\] app crashed|Failed running ').*$/,
    example: '[api] [nodemon] app crashed - waiting for file changes before starting...',
  },
];

/** Ended by the runner itself, or by Ctrl+C: no error. */
const requested = new Set(['SIGTERM', 'SIGINT', 'SIGHUP', '143', '130', '129']);

export interface Ended {
  readonly name: string;
  readonly exitCode?: number;
}

export class RunnerParts {
  readonly #ended = new Map<string, Ended>();

  get ended(): readonly Ended[] {
    return [...this.#ended.values()];
  }

  /** Takes a line without terminal codes, and returns whether a part has ended or runs again. */
  read(line: string): boolean {
    const end = endIn(line);
    if (end !== undefined) {
      this.#ended.set(end.name, end);
      return true;
    }
    const written = this.#ended.size === 0 ? undefined : prefixOf(line);
    // What ended with code 0 did its job, and what writes again runs again.
    if (written === undefined || written.text.trim() === '') return false;
    return this.#ended.delete(written.source);
  }
}

function endIn(line: string): Ended | undefined {
  if (line.length > maxLineCharacters || !/exited|Failed|crashed/i.test(line)) return undefined;
  for (const { pattern } of partEnds) {
    const groups = pattern.exec(line)?.groups;
    const found = groups?.['name']?.replace('#', ':');
    if (found === undefined) continue;
    const name = flatCopy(found);
    const code = groups?.['code'];
    if (code === '0' || (code !== undefined && requested.has(code))) return undefined;
    return code === undefined || code.startsWith('SIG') ? { name } : { name, exitCode: Number(code) };
  }
  return undefined;
}

const maxLineCharacters = 600;
