/** Terminals that stay with their window while its extension host is replaced. */
import type { Clock, TerminalListener, Terminals } from '../../../src/app/ports';
import { known } from '../../../src/core/model/process';
import type { ProcessIdentity } from '../../../src/core/model/process';
import type { FakeClock } from './clock';
import type { FakeMachine } from './machine';

/** The extension host that sees them. */
interface Host {
  readonly isAlive: boolean;
  readonly clock: Clock;
  readonly window: {
    readonly desktop: { readonly clock: FakeClock; readonly machine: FakeMachine };
    readonly terminals: Map<string, ProcessIdentity>;
    readonly isShown: boolean;
  };
}

/** Terminals of one window, as one extension host sees them. */
export class HostTerminals implements Terminals {
  readonly #listeners = new Set<TerminalListener>();
  readonly shown: string[] = [];
  readonly typed: string[] = [];

  constructor(private readonly host: Host) {}

  emit(report: (listener: TerminalListener) => void): void {
    if (this.host.isAlive) for (const listener of [...this.#listeners]) report(listener);
  }

  launch: Terminals['launch'] = async ({ spec, run }) => {
    const { window } = this.host;
    const { clock, machine } = window.desktop;
    // An extension host that has ended hands nothing over any more.
    const isAlive = (): boolean => this.host.isAlive;
    if (!isAlive()) return new Promise(() => undefined);
    await new Promise<void>((resolve) => void clock.after(20, resolve));
    // Nothing that needs the window settles once it is closed.
    if (!window.isShown) return new Promise(() => undefined);
    // The editor starts what it was handed, also when the extension host is gone meanwhile.
    const { identity } = machine.spawn(spec.key, run);
    window.terminals.set(run, identity);
    return isAlive() ? { ok: true, process: identity } : new Promise(() => undefined);
  };

  attach: Terminals['attach'] = (_service, run) => {
    const isHere = this.host.window.terminals.has(run);
    this.host.clock.after(isHere ? 50 : 10_000, () =>
      this.emit((listener) => (isHere ? listener.found(run) : listener.lost(run))),
    );
  };

  typeControl(run: string): boolean {
    const isHere = this.host.window.terminals.has(run);
    if (isHere) this.typed.push(run);
    return isHere;
  }

  typeAnswer(run: string): boolean {
    return this.typeControl(run);
  }

  blockedSince = (): ReturnType<Terminals['blockedSince']> => known(undefined);

  show(serviceId: string): boolean {
    this.shown.push(serviceId);
    return true;
  }

  listen(listener: TerminalListener) {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  }
}
