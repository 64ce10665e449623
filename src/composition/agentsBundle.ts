/** Loads the bundle for agents when the first of them calls a tool or connects. */
import type { AgentConnection } from '../app/sharing/sharing';
import type { Connection } from '../app/sharing/ports';
import type { ToolHandler } from '../host/agents/toolHandler';

/** What the bundle offers. */
export interface Agents extends ToolHandler {
  /** Takes a program that has connected, with its first message. */
  open(connection: Connection, first: unknown): AgentConnection;
}

/** What a program may send before the bundle is loaded. */
const maxEarlyMessages = 100;

export class AgentsBundle {
  /** Connects it with what loads the bundle, which is called at most once. */
  readonly connect: (load: () => Promise<Agents>) => void;
  readonly #source: Promise<() => Promise<Agents>>;
  #loaded: Promise<Agents> | undefined;

  constructor() {
    let connect: (load: () => Promise<Agents>) => void = () => undefined;
    this.#source = new Promise((resolve) => (connect = resolve));
    this.connect = connect;
  }

  load(): Promise<Agents> {
    return (this.#loaded ??= this.#source.then((load) => load()));
  }

  /** Takes a connection that has shown the token, with its first message. */
  open(connection: Connection, first: unknown): AgentConnection {
    const early: unknown[] = [];
    let isClosed = false;
    let opened: AgentConnection | undefined;
    void this.load().then(
      (agents) => {
        if (isClosed) return;
        opened = agents.open(connection, first);
        for (const message of early.splice(0)) opened.received(message);
      },
      () => connection.dispose(),
    );
    return {
      received: (message) => {
        if (opened !== undefined) opened.received(message);
        else if (early.push(message) > maxEarlyMessages) connection.dispose();
      },
      closed: () => {
        isClosed = true;
        opened?.closed();
      },
    };
  }
}
