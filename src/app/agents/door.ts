/** Serves clients of other processes: bounded in number and rate, and with an answer to whatever they send. */
import type { Refused, ToClient, ToWindow } from '../../core/agents/protocol';
import { agentProtocol, runTool, toWindow } from '../../core/agents/protocol';
import { toolNames } from '../../core/agents/toolNames';
import type { Delegate } from '../../core/model/actor';
import { Slot } from '../lifetime';
import type { Clock } from '../ports';
import type { Connection } from '../sharing/ports';
import type { AgentConnection } from '../sharing/sharing';
import type { Engine } from './engine';

const limits = {
  clients: 128,
  /** Of one client at the same time. */
  calls: 32,
  /** Messages of one client in a second; one that sends more is disconnected. */
  messagesPerSecond: 200,
};

/** A window that does not reply within this time cannot start anything. */
const respondsMs = 3000;

export interface DoorParts {
  readonly engine: Pick<Engine, 'call' | 'runCommand'>;
  readonly clock: Clock;
  /** The folder as this window names it, if this window supervises it; by its real path. */
  folderAt(place: string): string | undefined;
  /** Settles when the window itself has replied. */
  responds(): Promise<void>;
}

interface Client {
  readonly connection: Connection;
  readonly by: Delegate;
  readonly folder: string;
  /** By number. */
  readonly calls: Map<number, AbortController>;
}

export class Door {
  readonly #clients = new Set<Connection>();

  constructor(private readonly parts: DoorParts) {}

  /** Takes a connection that has shown the token, with its first message. Returns what takes the others. */
  open(connection: Connection, first: unknown): AgentConnection {
    const hello = toWindow(first);
    if (hello?.kind !== 'agent' || hello.protocol !== agentProtocol) return refused(connection, 'protocol');
    const folder = this.parts.folderAt(hello.folder);
    if (folder === undefined) return refused(connection, 'notLeading');
    if (this.#clients.size >= limits.clients) return refused(connection, 'busy');
    this.#clients.add(connection);
    const client: Client = { connection, by: hello.by, folder, calls: new Map() };
    void this.#welcome(client);
    const isFlood = floodGuard(this.parts.clock);
    return {
      received: (message) => {
        // What still arrives after the end is not read.
        if (!this.#clients.has(connection)) return;
        if (isFlood()) this.#close(client);
        else this.#received(client, message);
      },
      closed: () => this.#close(client),
    };
  }

  async #welcome({ connection }: Client): Promise<void> {
    const timer = new Slot();
    const late = new Promise<boolean>((resolve) => timer.set(this.parts.clock.after(respondsMs, () => resolve(false))));
    const responds = this.parts.responds().then(() => true);
    const isThere = await Promise.race([responds, late]).finally(() => timer.dispose());
    if (isThere) send(connection, { kind: 'welcome' });
    else refuse(connection, 'away');
  }

  #received(client: Client, message: unknown): void {
    const known = toWindow(message);
    if (known?.kind === 'cancel') client.calls.get(known.number)?.abort();
    else if (known?.kind === 'call' || known?.kind === 'run') void this.#call(client, known);
    else if (known?.kind === 'unknownTool') problem(client, known.number, `Unknown tool. Known are: ${toolNames.join(', ')}.`);
    else problem(client, -1, 'The message was not understood: an object with kind "call", number, tool and input is expected.');
  }

  async #call(client: Client, known: Extract<ToWindow, { kind: 'call' | 'run' }>): Promise<void> {
    const { number } = known;
    const refusal = client.calls.has(number)
      ? 'A call with this number is under way.'
      : client.calls.size >= limits.calls
        ? 'Too many calls at the same time.'
        : undefined;
    if (refusal !== undefined) {
      problem(client, number, refusal);
      return;
    }
    const abort = new AbortController();
    client.calls.set(number, abort);
    const { by, folder } = client;
    try {
      const { engine } = this.parts;
      const caller = { by, folder, signal: abort.signal };
      const called = await (known.kind === 'run'
        ? engine.runCommand(known.service, known.command, caller)
        : engine.call(known.tool, known.input, caller));
      if (called.kind === 'reply') send(client.connection, { kind: 'reply', number, reply: called.reply });
      else problem(client, number, called.problem);
    } catch (error) {
      problem(
        client,
        number,
        `${known.kind === 'run' ? runTool : known.tool} failed: ${error instanceof Error ? error.message : String(error)}`,
      );
    } finally {
      client.calls.delete(number);
    }
  }

  /** What a client waited for goes on without it. */
  #close({ connection, calls }: Client): void {
    if (!this.#clients.delete(connection)) return;
    for (const call of calls.values()) call.abort();
    connection.dispose();
  }
}

const send = (connection: Connection, message: ToClient): void => connection.send(message);

const problem = ({ connection }: Client, number: number, text: string): void =>
  send(connection, { kind: 'problem', number, problem: text });

function refuse(connection: Connection, why: Refused): void {
  send(connection, { kind: 'refused', why });
  connection.dispose();
}

/** Takes no more of what it sends. */
function refused(connection: Connection, why: Refused): AgentConnection {
  refuse(connection, why);
  return { received: () => undefined, closed: () => undefined };
}

/** Returns a test, to be called for every message, of whether there are too many. */
function floodGuard(clock: Clock): () => boolean {
  let began = clock.elapsed();
  let count = 0;
  return () => {
    if (clock.elapsed() - began >= 1000) {
      began = clock.elapsed();
      count = 0;
    }
    count += 1;
    return count > limits.messagesPerSecond;
  };
}
