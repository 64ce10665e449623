/** What windows of one folder need to work together. Adapters in os/sharing implement these; fakes in tests do too. */
import type { Reading } from '../../core/model/process';
import type { Disposable } from '../ports';

/** How a leader is reached. */
export interface Address {
  /** A Unix domain socket, or a named pipe on Windows. */
  readonly path: string;
  /** Whoever connects has to know it. */
  readonly token: string;
}

/** The window that holds a lease. */
export interface Holder {
  /** The pid of its extension host. */
  readonly pid: number;
  /** Undefined when its start time could not be read: then the pid alone has to do. */
  readonly born?: string;
  /** Unique for each activation of the extension. */
  readonly window: string;
  /** Undefined when it could not open a channel. */
  readonly address?: Address;
}

/** Who supervises the services of a folder. */
export interface Lease {
  /** 1 or more; every holder has a higher one than those before it. */
  readonly generation: number;
  /** Undefined when it was released, or its file cannot be understood. */
  readonly holder: Holder | undefined;
}

export type Claim = { readonly kind: 'won' } | { readonly kind: 'lost' } | { readonly kind: 'unavailable'; readonly why: string };

/** The leases of this machine and profile, by the real path of the folder. */
export interface Leases {
  /** The newest one; known and undefined when there never was one. */
  read(place: string): Reading<Lease | undefined>;
  /** To be called by a window that may have to claim later: from then on a claim needs no room on the disk. Never throws. */
  prepare(holder: Holder): void;
  /** Synchronous: the window is closing. Never throws. */
  forget(holder: Holder): void;
  /** Of any number of windows that claim the same generation exactly one wins. */
  claim(place: string, generation: number, holder: Holder): Claim;
  /** Synchronous: the window may be closing. Never throws. */
  release(place: string, generation: number): void;
}

/** Messages between two windows, in order, each at most 1 MiB as JSON. */
export interface Connection extends Disposable {
  send(message: object): void;
  /** To be called once, at once: what came before is delivered then. */
  listen(listener: ConnectionListener): void;
}

export interface ConnectionListener {
  /** Anything that is JSON: it has to be checked. */
  received(message: unknown): void;
  /** Called once, also after `dispose`. */
  closed(): void;
}

export interface Channel {
  /** Listens for other windows; a connection that presents the token is handed over. */
  serve(accept: (connection: Connection) => void): Promise<Reading<Address>>;
  connect(address: Address): Promise<Reading<Connection>>;
}

/** The window that this extension host belongs to. */
export interface OwnWindow {
  /** Whether it may supervise and send requests: an untrusted window does neither. */
  isTrusted(): boolean;
  /**
   * Settles when the window itself has replied. The extension host of a browser tab that was closed lives on for hours, and nothing
   * that needs the window, such as a terminal, ever settles in it.
   */
  responds(): Promise<void>;
}
