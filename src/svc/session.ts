/** The connection of one command to a window, which may be reloaded meanwhile. */
import { runTool } from '../core/agents/protocol';
import type { ToolName } from '../core/agents/toolNames';
import type { Delegate } from '../core/model/actor';
import { exitCodes } from './exitCodes';
import { findWindow } from './windowClient';
import type { Answer, Place, WhyNone, WindowClient } from './windowClient';

export interface Terminal {
  out(text: string): void;
  err(text: string): void;
  /** Aborted by Ctrl+C. */
  readonly signal: AbortSignal;
}

/** A window that reloads has this long to be there again. */
const reloadMs = 20_000;
const retryMs = 250;

export class Session {
  #client: WindowClient | undefined;

  constructor(
    private readonly place: Place,
    private readonly by: Delegate,
    readonly terminal: Terminal,
  ) {}

  /** The exit code when no window is there; why was printed then. */
  async open(): Promise<number | undefined> {
    const found = await findWindow(this.place, this.by);
    if (found.kind === 'found') {
      this.#client = found.client;
      return undefined;
    }
    this.terminal.err(`${whyNone(found.why, this.place.folder)}\n`);
    return found.why === 'notTrusted' ? exitCodes.notTrusted : exitCodes.noWindow;
  }

  /** After a reload of the window, a call that changes nothing when repeated is sent to it again. */
  async call(tool: ToolName | typeof runTool, input: object): Promise<Answer> {
    const { signal } = this.terminal;
    const end = Date.now() + reloadMs;
    for (;;) {
      const answer = (await this.#client?.call(tool, input, signal)) ?? { kind: 'lost' };
      if (answer.kind !== 'lost' || tool === 'services_restart' || tool === runTool || signal.aborted) return answer;
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

/** Prints why there is no reply, and returns the exit code for that; undefined for a reply. */
export function report(answer: Answer, terminal: Terminal): number | undefined {
  if (answer.kind === 'reply') return undefined;
  if (terminal.signal.aborted) return exitCodes.failed;
  terminal.err(answer.kind === 'lost' ? 'The VS Code window was closed or reloaded during the call.\n' : `${answer.problem}\n`);
  return answer.kind === 'lost' ? exitCodes.noWindow : exitCodes.wrongUse;
}

function whyNone(why: WhyNone, folder: string): string {
  switch (why) {
    case 'notTrusted':
      return `A VS Code window has ${folder} open and does not trust it. Trust the workspace there; do not start its servers in a terminal.`;
    case 'protocol':
      return 'This svc and the extension in VS Code have different versions. Open a new terminal.';
    case 'busy':
      return 'The VS Code window has too many programs connected. Try again later.';
    case 'away':
      return 'The VS Code window that has this folder open does not respond.';
    default:
      return `No VS Code window has ${folder} open. Open the folder in VS Code.`;
  }
}
