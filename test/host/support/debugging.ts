/** The debug sessions of the window, as a test observes them, and backends to debug. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { until } from '../../support/poll';
import { cleanUp, removeFile, unique } from './services';

export const timeoutMs = 60_000;

/**
 * Answers requests with what it knows of itself; the port is its first argument. When it is asked to exit, it writes the file `ended`.
 * Valid as TypeScript and as JavaScript.
 */
export const backend = `import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { url } from 'node:inspector';

createServer((request, response) => {
  const { NODE_OPTIONS: options = '' } = process.env;
  const answer = { path: request.url, pid: process.pid, options, inspector: url() ?? '' };
  response.end(JSON.stringify(answer));
}).listen(Number(process.argv[2]), '127.0.0.1');
process.on('SIGINT', () => {
  writeFileSync('ended', '');
  process.exit();
});
`;

export interface Answer {
  readonly path: string;
  readonly pid: number;
  readonly options: string;
  /** Its address; empty while it is not open. */
  readonly inspector: string;
}

export const tsx = (): string => {
  const path = vscode.extensions.getExtension('service-lifecycle.service-lifecycle')?.extensionPath;
  assert.ok(path, 'the extension is there');
  return join(path, 'node_modules', 'tsx', 'dist', 'cli.mjs');
};

/** Where the response is sent. For requests of /value only: the health check comes by as well. */
export function breakAt(file: string, text = backend, condition = 'request.url === "/value"'): void {
  const line = text.split('\n').findIndex((each) => each.includes('response.end'));
  const place = new vscode.Location(vscode.Uri.file(file), new vscode.Position(line, 0));
  vscode.debug.addBreakpoints([new vscode.SourceBreakpoint(place, true, condition)]);
}

/** A session that is paused, with its thread. */
interface Pause {
  readonly session: vscode.DebugSession;
  readonly threadId: number;
}

/** Observes from its creation on. */
export class Sessions {
  pauses: Pause[] = [];
  /** Names by ids. */
  readonly open = new Map<string, string>();
  /** How many have begun. */
  begun = 0;
  readonly #subscription: vscode.Disposable;

  constructor() {
    this.#subscription = vscode.Disposable.from(
      vscode.debug.registerDebugAdapterTrackerFactory('*', {
        createDebugAdapterTracker: (session) => ({
          onDidSendMessage: (message: { event?: string; body?: { threadId?: number } }) => {
            if (message.event === 'stopped') this.pauses.push({ session, threadId: message.body?.threadId ?? 0 });
          },
        }),
      }),
      vscode.debug.onDidStartDebugSession(({ id, name }) => {
        this.open.set(id, name);
        this.begun += 1;
      }),
      vscode.debug.onDidTerminateDebugSession(({ id }) => this.open.delete(id)),
    );
  }

  /** VS Code may go on naming one that has ended as the active one. */
  async ended(): Promise<void> {
    await until('all sessions to end', () => this.open.size === 0, timeoutMs).catch((error: unknown) => {
      throw new Error(`There are ${[...this.open.values()].join(', ')}`, { cause: error });
    });
  }

  /** Ends all of them as the user does: a program that was attached to goes on. */
  async leave(): Promise<void> {
    for (const id of this.open.keys())
      await vscode.commands.executeCommand('workbench.action.debug.disconnect', undefined, { sessionId: id });
    await this.ended();
  }

  /** Lets everything that is paused go on. */
  async goOn(): Promise<void> {
    for (const { session, threadId } of this.pauses.splice(0)) await session.customRequest('continue', { threadId });
  }

  async dispose(): Promise<void> {
    this.#subscription.dispose();
    vscode.debug.removeBreakpoints(vscode.debug.breakpoints);
    await vscode.debug.stopDebugging();
  }
}

/** What a test of Debug uses, made before each test and cleared away after it. */
export interface DebugScene {
  /** The folder of the service. */
  readonly home: string;
  readonly sessions: Sessions;
}

/** To be called in a `describe`. */
export function debugScene(): DebugScene {
  const scene = { home: '', sessions: undefined as unknown as Sessions };
  beforeEach(() => {
    Object.assign(scene, { home: unique('app'), sessions: new Sessions() });
  });
  afterEach(async () => {
    await scene.sessions.dispose();
    await cleanUp();
    await removeFile(scene.home);
  });
  return scene;
}

/** Requests /value, which a breakpoint holds, until a session is paused; then lets all of them go on. Returns the last response. */
export async function pausedAnswer(port: number, sessions: Sessions, paused: () => Promise<void>): Promise<Answer> {
  const answers: Answer[] = [];
  let pending = 0;
  const ask = async (): Promise<void> => {
    pending += 1;
    await askFor(port, '/value').then(
      (answer) => answers.push(answer),
      () => undefined,
    );
    pending -= 1;
  };
  // A breakpoint is bound some time after the session has begun.
  await until('the breakpoint', () => (void ask(), sessions.pauses.length > 0), timeoutMs);
  await paused();
  const before = answers.length;
  await until('all responses', async () => (await sessions.goOn(), pending === 0 && answers.length > before), timeoutMs);
  const last = answers.at(-1);
  assert.ok(last, 'there is a response');
  return last;
}

/** Debugs a service, and agrees to its restart. */
export async function debugRestarted(id: string): Promise<void> {
  let isOver = false;
  void vscode.commands.executeCommand('serviceLifecycle.debug', id).then(() => (isOver = true));
  await until('the agreement to a restart', async () => {
    await vscode.commands.executeCommand('notification.acceptPrimaryAction');
    return isOver;
  });
}

export async function askFor(port: number, path: string): Promise<Answer> {
  const response = await fetch(`http://127.0.0.1:${port}${path}`, { headers: { connection: 'close' } });
  return (await response.json()) as Answer;
}
