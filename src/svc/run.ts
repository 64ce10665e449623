/** Runs one command of svc. */
import type { CheckReply, DiagnoseReply, EventsReply, ListReply, OutcomeReply } from '../core/agents/outcome';
import type { ToolName } from '../core/agents/toolNames';
import type { Delegate } from '../core/model/actor';
import type { Refused } from '../core/agents/protocol';
import type { Command, Options } from './commandLine';
import { exitCodeOf, exitCodes } from './exitCodes';
import { showLogs } from './logs';
import { printChecks, printDiagnosis, printEvents, printList, printOutcome } from './print';
import { findWindow } from './windowClient';
import type { Answer, Place, WindowClient } from './windowClient';

export interface Terminal {
  out(text: string): void;
  err(text: string): void;
  /** Aborted by Ctrl+C. */
  readonly signal: AbortSignal;
}

/** A window that reloads has this long to be there again. */
const reloadMs = 20_000;
const retryMs = 250;

type Reply = Readonly<Record<string, unknown>>;

export class Session {
  #client: WindowClient | undefined;

  constructor(
    private readonly place: Place,
    private readonly by: Delegate,
    readonly terminal: Terminal,
  ) {}

  /** False when no window is there; why was printed then. */
  async open(): Promise<boolean> {
    const found = await findWindow(this.place, this.by);
    if (found.kind === 'found') this.#client = found.client;
    else this.terminal.err(`${whyNone(found.why, this.place.folder)}\n`);
    return found.kind === 'found';
  }

  /** After a reload of the window, a call that changes nothing when repeated is sent to it again. */
  async call(tool: ToolName, input: object): Promise<Answer> {
    const { signal } = this.terminal;
    const end = Date.now() + reloadMs;
    for (;;) {
      const answer = (await this.#client?.call(tool, input, signal)) ?? { kind: 'lost' };
      if (answer.kind !== 'lost' || tool === 'services_restart' || signal.aborted) return answer;
      this.#client = undefined;
      for (let isFound = false; !isFound && Date.now() < end && !isOver(signal);) {
        await new Promise((resolve) => setTimeout(resolve, retryMs));
        const found = await findWindow(this.place, this.by);
        isFound = found.kind === 'found';
        if (found.kind === 'found') this.#client = found.client;
      }
      if (!this.#isOpen()) return answer;
    }
  }

  #isOpen(): boolean {
    return this.#client !== undefined;
  }

  dispose(): void {
    this.#client?.dispose();
  }
}

const isOver = (signal: AbortSignal): boolean => signal.aborted;

/** Returns the exit code. */
export async function run(options: Options, session: Session): Promise<number> {
  const { command, names, json } = options;
  if (command === 'logs') return showLogs(options, session);
  const tool = tools[command as keyof typeof tools];
  const wanted = names.length === 0 ? [undefined] : names;
  const replies = await Promise.all(
    wanted.map(async (name) => {
      const answer = await session.call(tool, argumentsOf(options, name));
      return { name: name ?? '', answer };
    }),
  );
  let code: number = exitCodes.done;
  const shown: Reply[] = [];
  for (const { name, answer } of replies) {
    const problem = report(answer, session.terminal);
    code ||= problem ?? (answer.kind === 'reply' ? exitCodeOf(answer.reply) : exitCodes.failed);
    if (answer.kind !== 'reply') continue;
    if (json) shown.push(answer.reply);
    else session.terminal.out(textOf(command, name, answer.reply));
  }
  if (json && shown.length > 0) session.terminal.out(`${JSON.stringify(shown.length === 1 ? shown[0] : shown, undefined, 2)}\n`);
  return code;
}

const tools = {
  list: 'services_list',
  start: 'services_start',
  stop: 'services_stop',
  restart: 'services_restart',
  wait: 'services_wait',
  why: 'services_diagnose',
  check: 'services_check',
  events: 'services_events',
} as const;

/** Prints why there is no reply, and returns the exit code for that; undefined for a reply. */
export function report(answer: Answer, terminal: Terminal): number | undefined {
  if (answer.kind === 'reply') return undefined;
  if (terminal.signal.aborted) return exitCodes.failed;
  terminal.err(answer.kind === 'lost' ? 'The VS Code window was closed or reloaded during the call.\n' : `${answer.problem}\n`);
  return answer.kind === 'lost' ? exitCodes.noWindow : exitCodes.wrongUse;
}

function argumentsOf({ command, timeoutSeconds, status, since }: Options, service: string | undefined): object {
  const named = service === undefined ? {} : { service };
  const timed = timeoutSeconds === undefined ? {} : { timeoutSeconds };
  if (command === 'start' || command === 'restart') return { ...named, ...timed };
  if (command === 'wait') return { ...named, ...timed, status: status ?? 'healthy' };
  return command === 'events' && since !== undefined ? { ...named, since } : named;
}

function textOf(command: Command, name: string, reply: Reply): string {
  if ('outcome' in reply) return printOutcome(name, reply as unknown as OutcomeReply);
  switch (command) {
    case 'why':
      return printDiagnosis(reply as unknown as DiagnoseReply);
    case 'check':
      return printChecks(reply as unknown as CheckReply);
    case 'events':
      return printEvents(reply as unknown as EventsReply);
    default:
      return printList(reply as unknown as ListReply);
  }
}

function whyNone(why: Refused | 'none', folder: string): string {
  switch (why) {
    case 'protocol':
      return 'This svc and the extension in VS Code have different versions. Open a new terminal.';
    case 'busy':
      return 'The VS Code window has too many programs connected. Try again later.';
    case 'away':
      return 'The VS Code window that has this folder open does not respond.';
    default:
      return `No trusted VS Code window has ${folder} open. Open the folder in VS Code, and trust it.`;
  }
}
