/** Finds the VS Code window that has a folder open, and calls its tools. */
import { realpathSync } from 'node:fs';
import * as path from 'node:path';
import type { Connection } from '../app/sharing/ports';
import { agentProtocol, toClient } from '../core/agents/protocol';
import type { runTool } from '../core/agents/protocol';
import type { Refused, ToWindow } from '../core/agents/protocol';
import type { ToolName } from '../core/agents/toolNames';
import type { Delegate } from '../core/model/actor';
import { RestrictedFolders } from '../os/agents/restrictedFolders';
import { FileLeases } from '../os/sharing/leaseFile';
import { SocketChannel } from '../os/sharing/socketChannel';

/** A window that was found has this long (ms) to load what serves programs. */
const welcomeMs = 10_000;

export type Found =
  | { readonly kind: 'found'; readonly client: WindowClient; readonly folder: string }
  | { readonly kind: 'none'; readonly why: WhyNone };

/** `notTrusted`: a window has the folder open, and does not trust it. */
export type WhyNone = Refused | 'notTrusted' | 'none';

export type Answer =
  | { readonly kind: 'reply'; readonly reply: Readonly<Record<string, unknown>> }
  | { readonly kind: 'problem'; readonly problem: string }
  /** The connection ended: the window was closed or reloaded. */
  | { readonly kind: 'lost' };

export interface Place {
  /** The folder that VS Code gives the extension, for all workspaces. */
  readonly storage: string;
  /** Where the program works. */
  readonly folder: string;
}

export class WindowClient {
  readonly #open = new Map<number, (answer: Answer) => void>();
  #last = 0;
  #isLost = false;

  constructor(private readonly connection: Connection) {}

  /** Aborting it cancels the call in the window; the service is left as it is. */
  call(tool: ToolName | typeof runTool, input: object, signal?: AbortSignal): Promise<Answer> {
    if (this.#isLost) return Promise.resolve({ kind: 'lost' });
    const number = (this.#last += 1);
    // The socket keeps no process alive, since the extension host must not wait for it.
    const alive = setInterval(() => undefined, 60_000);
    return new Promise<Answer>((resolve) => {
      this.#open.set(number, resolve);
      signal?.addEventListener('abort', () => send(this.connection, { kind: 'cancel', number }), { once: true });
      this.connection.send({ kind: 'call', number, tool, input });
    }).finally(() => clearInterval(alive));
  }

  received(message: unknown): void {
    const known = toClient(message);
    if (known?.kind !== 'reply' && known?.kind !== 'problem') return;
    const settle = this.#open.get(known.number);
    this.#open.delete(known.number);
    if (known.kind === 'problem') settle?.(known);
    else settle?.({ kind: 'reply', reply: isObject(known.reply) ? known.reply : {} });
  }

  closed(): void {
    this.#isLost = true;
    for (const settle of this.#open.values()) settle({ kind: 'lost' });
    this.#open.clear();
  }

  dispose(): void {
    this.connection.dispose();
  }
}

/** The nearest folder upwards that a window has open; a window that is gone does not count. */
export async function findWindow({ storage, folder }: Place, by: Delegate): Promise<Found> {
  const leases = new FileLeases(path.join(storage, 'leases'), { info: ignore, warn: ignore, error: ignore });
  const restricted = new RestrictedFolders(storage);
  let why: WhyNone = 'none';
  for (const place of upwards(folder)) {
    if (restricted.has(place)) why = 'notTrusted';
    const lease = leases.read(place);
    const address = lease.kind === 'known' ? lease.value?.holder?.address : undefined;
    if (address === undefined) continue;
    const connected = await new SocketChannel().connect(address);
    if (connected.kind !== 'known') continue;
    const greeted = await greet(connected.value, { kind: 'agent', protocol: agentProtocol, folder: place, by });
    if (typeof greeted !== 'string') return { kind: 'found', client: greeted, folder: place };
    why = greeted;
  }
  return { kind: 'none', why };
}

function greet(connection: Connection, hello: ToWindow): Promise<WindowClient | Refused> {
  const client = new WindowClient(connection);
  return new Promise((resolve) => {
    const late = setTimeout(() => finish('away'), welcomeMs);
    const finish = (outcome: WindowClient | Refused): void => {
      clearTimeout(late);
      if (typeof outcome === 'string') connection.dispose();
      resolve(outcome);
    };
    connection.listen({
      received: (message) => {
        const known = toClient(message);
        if (known?.kind === 'welcome') finish(client);
        else if (known?.kind === 'refused') finish(known.why);
        else client.received(message);
      },
      closed: () => {
        client.closed();
        finish('notLeading');
      },
    });
    send(connection, hello);
  });
}

function* upwards(folder: string): Iterable<string> {
  let place = realPath(folder);
  yield place;
  while (path.dirname(place) !== place) yield (place = path.dirname(place));
}

function realPath(folder: string): string {
  try {
    return realpathSync.native(folder);
  } catch {
    return path.resolve(folder);
  }
}

const send = (connection: Connection, message: ToWindow): void => connection.send(message);
const ignore = (): void => undefined;
const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
