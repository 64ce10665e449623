/** Leases and channels of windows that exist only in memory. */
import type { Channel, Claim, Connection, ConnectionListener, Holder, Lease, Leases } from '../../../src/app/sharing/ports';
import { known, unavailable } from '../../../src/core/model/process';
import type { Reading } from '../../../src/core/model/process';
import type { FakeClock } from './clock';

export class FakeLeases implements Leases {
  readonly #leases = new Map<string, Lease>();
  /** Set, every look and claim fails with it. */
  obstacle: string | undefined;
  /** Set, every claim fails with it that was not prepared before. */
  full: string | undefined;
  readonly #prepared = new Set<string>();

  read(place: string): Reading<Lease | undefined> {
    return this.obstacle === undefined ? known(this.#leases.get(place)) : unavailable(this.obstacle);
  }

  isPrepared(window: string): boolean {
    return this.#prepared.has(window);
  }

  prepare({ window }: Holder): void {
    if ((this.obstacle ?? this.full) === undefined) this.#prepared.add(window);
  }

  forget({ window }: Holder): void {
    this.#prepared.delete(window);
  }

  claim(place: string, generation: number, holder: Holder): Claim {
    const why = this.obstacle ?? (this.#prepared.has(holder.window) ? undefined : this.full);
    if (why !== undefined) return { kind: 'unavailable', why };
    if (generation <= (this.#leases.get(place)?.generation ?? 0)) return { kind: 'lost' };
    this.#leases.set(place, { generation, holder });
    return { kind: 'won' };
  }

  release(place: string, generation: number): void {
    if (this.#leases.get(place)?.generation === generation) this.#leases.set(place, { generation, holder: undefined });
  }

  /** As when the files of the editor are tidied up. */
  deleteAll(): void {
    this.#leases.clear();
  }
}

/** Doors by address. Messages are JSON, take `delay` ms and keep their order. */
export class FakeNetwork {
  readonly #doors = new Map<string, (connection: End) => void>();
  #made = 0;
  delay = 1;

  constructor(private readonly clock: FakeClock) {}

  /** The channel of one window; `cut` is what happens to it when its process ends. */
  channel(): Channel & { cut(): void } {
    const own = new Set<End>();
    const address = `door ${(this.#made += 1)}`;
    return {
      serve: (accept) => {
        this.#doors.set(address, (connection) => {
          own.add(connection);
          accept(connection);
        });
        return Promise.resolve(known({ path: address, token: 'token' }));
      },
      connect: ({ path }) => {
        const door = this.#doors.get(path);
        if (door === undefined) return Promise.resolve(unavailable('connection refused'));
        const [here, there] = this.#pair();
        own.add(here);
        door(there);
        return Promise.resolve(known(here));
      },
      cut: () => {
        this.#doors.delete(address);
        for (const end of own) end.dispose();
      },
    };
  }

  #pair(): readonly [End, End] {
    const [one, two] = [new End(), new End()];
    const post = (to: End, what: () => void): void => {
      to.nextAt = Math.max(to.nextAt, this.clock.now() + this.delay);
      this.clock.after(to.nextAt - this.clock.now(), () => to.isClosed || what());
    };
    one.post = (text) => post(two, () => two.receive(text));
    two.post = (text) => post(one, () => one.receive(text));
    one.hangUp = () => post(two, () => two.dispose());
    two.hangUp = () => post(one, () => one.dispose());
    return [one, two];
  }
}

class End implements Connection {
  post: (text: string) => void = () => undefined;
  hangUp: () => void = () => undefined;
  isClosed = false;
  /** What is on its way here arrives in its order, even when the delay becomes shorter. */
  nextAt = 0;
  #listener: ConnectionListener | undefined;
  readonly #early: unknown[] = [];

  send(message: object): void {
    if (!this.isClosed) this.post(JSON.stringify(message));
  }

  listen(listener: ConnectionListener): void {
    this.#listener = listener;
    for (const message of this.#early.splice(0)) listener.received(message);
    if (this.isClosed) listener.closed();
  }

  receive(text: string): void {
    const message: unknown = JSON.parse(text);
    if (this.#listener === undefined) this.#early.push(message);
    else this.#listener.received(message);
  }

  dispose(): void {
    if (this.isClosed) return;
    this.isClosed = true;
    this.hangUp();
    this.#listener?.closed();
  }
}
