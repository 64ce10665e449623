/** svc logs: the lines of one or several services in order of time, and what follows. */
import type { LogsReply } from '../core/agents/outcome';
import type { Options } from './commandLine';
import { exitCodeOf, exitCodes } from './exitCodes';
import { printLogs, printOutcome } from './print';
import { report } from './session';
import type { Session } from './session';

/** How often new lines are asked for. */
const pollMs = 250;

/** Returns the exit code; with --follow when Ctrl+C is pressed. */
export async function showLogs(options: Options, session: Session): Promise<number> {
  const names = options.names.length === 0 ? [undefined] : options.names;
  const cursors = new Map<string | undefined, string>();
  let first = true;
  while (first || (options.follow && !session.terminal.signal.aborted)) {
    if (!first) await pause(session.terminal.signal);
    const pages: LogsReply[] = [];
    for (const name of names) {
      const answer = await session.call('services_logs', argumentsOf(options, name, cursors.get(name)));
      const problem = report(answer, session.terminal);
      if (problem !== undefined) return session.terminal.signal.aborted && !first ? exitCodes.done : problem;
      if (answer.kind !== 'reply') return exitCodes.failed;
      if ('outcome' in answer.reply) return unknown(name ?? '', answer.reply, options, session);
      const page = answer.reply as unknown as LogsReply;
      cursors.set(name, page.cursor);
      pages.push(page);
    }
    show(pages, options, session);
    first = false;
  }
  return exitCodes.done;
}

function argumentsOf({ tail, search, since }: Options, service: string | undefined, cursor: string | undefined): object {
  const given = { service, search, since: cursor ?? since, tail: cursor === undefined ? tail : 5000 };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

function unknown(name: string, reply: Readonly<Record<string, unknown>>, { json }: Options, { terminal }: Session): number {
  terminal.out(json ? `${JSON.stringify(reply, undefined, 2)}\n` : printOutcome(name, reply as never));
  return exitCodeOf(reply);
}

function show(pages: readonly LogsReply[], { json, follow }: Options, { terminal }: Session): void {
  const lines = pages.flatMap((page) => page.lines).sort((a, b) => a.at.localeCompare(b.at));
  const dropped = pages.reduce((sum, page) => sum + page.dropped, 0);
  const cut = pages.find((page) => page.cut !== undefined)?.cut;
  // A program that follows reads one line of JSON for each line of output.
  if (json && follow) terminal.out(lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  else if (json)
    terminal.out(
      `${JSON.stringify({ lines, cursor: pages.at(-1)?.cursor ?? '', dropped, ...(cut === undefined ? {} : { cut }) }, undefined, 2)}\n`,
    );
  else
    terminal.out(
      printLogs({ lines, dropped: follow && lines.length === 0 ? 0 : dropped, ...(cut === undefined ? {} : { cut }) }),
    );
}

const pause = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, pollMs);
    const abort = (): void => {
      clearTimeout(timer);
      resolve();
    };
    signal.addEventListener('abort', abort, { once: true });
  });
