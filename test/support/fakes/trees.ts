/** Trees of the fake machine: a leader, and whatever carries the marker of its run. */
import type { Departure, ExitWatch, KillOutcome, ProcessTree, ProcessTrees, TreeRoot } from '../../../src/app/ports';
import type { ProcessIdentity } from '../../../src/core/model/process';
import { known } from '../../../src/core/model/process';
import type { StopSignal } from '../../../src/core/model/service';
import { Gate } from './gate';
import type { FakeMachine, FakeProcess } from './machine';
import { row } from './machine';

export class FakeTrees implements ProcessTrees {
  readonly #waits = new Set<() => void>();
  /** Trees that were opened and not disposed of. */
  opened = 0;
  /** Closed, it holds every kill until the test opens it. */
  readonly kills = new Gate();
  /** What becomes of the port after the last process. */
  departure: Departure = { portFree: true, holders: [] };

  /** Looks at members, in order; a test may add its own. */
  readonly steps: string[] = [];
  /** Pids whose end was suspected, in order. */
  readonly suspected: number[] = [];
  /** While defined, every kill throws it. */
  fault: Error | undefined;

  /** Of the latest watch: whether something else gives signs of the end. */
  isSignalled = false;

  /** False as on Windows. */
  hasSignals = true;

  constructor(private readonly machine: FakeMachine) {}

  /** Waits for the end of a tree that nobody gave up. */
  get waits(): number {
    return this.#waits.size;
  }

  watchExit({ pid }: ProcessIdentity, gone: () => void, hasSigns = false): ExitWatch {
    this.isSignalled = hasSigns;
    return { suspect: () => void this.suspected.push(pid), ...this.machine.watch(pid, gone) };
  }

  open(root: TreeRoot): ProcessTree {
    this.opened += 1;
    let isOpen = true;
    const members = (): readonly FakeProcess[] =>
      this.machine.living().filter(({ identity, run }) => identity.pid === root.process.pid || run === root.marker);
    return {
      members: () => {
        this.steps.push('look');
        return Promise.resolve(known(members().map(row)));
      },
      known: () => members().map(({ identity }) => identity),
      expectChange: () => void this.steps.push('expect'),
      interrupt: (signal) => this.#interrupt(members(), signal),
      gone: (signal) => this.#gone(members, signal),
      kill: () => this.#kill(members),
      dispose: () => {
        if (isOpen) this.opened -= 1;
        isOpen = false;
      },
    };
  }

  /** To be called after processes ended: whoever waits for them looks again. */
  look(): void {
    for (const wait of [...this.#waits]) wait();
  }

  #interrupt(members: readonly FakeProcess[], signal: StopSignal): Promise<'asked' | 'impossible'> {
    if (!this.hasSignals) return Promise.resolve('impossible');
    for (const { identity, manner } of members) {
      this.machine.signals.push(`${signal} ${identity.pid}`);
      if (manner === 'leave') this.machine.end(identity.pid);
    }
    this.look();
    return Promise.resolve('asked');
  }

  #gone(members: () => readonly FakeProcess[], signal: AbortSignal): Promise<Departure> {
    return new Promise((resolve, reject) => {
      const finish = (): void => {
        this.#waits.delete(check);
        signal.removeEventListener('abort', abort);
      };
      const check = (): void => {
        if (members().length > 0) return;
        finish();
        resolve(this.departure);
      };
      const abort = (): void => {
        finish();
        reject(new Error('given up'));
      };
      this.#waits.add(check);
      signal.addEventListener('abort', abort);
      check();
    });
  }

  async #kill(members: () => readonly FakeProcess[]): Promise<KillOutcome> {
    if (this.fault !== undefined) throw this.fault;
    await this.kills.pass();
    const hit = members();
    for (const { identity, manner } of hit) {
      this.machine.signals.push(`SIGKILL ${identity.pid}`);
      if (manner !== 'resist') this.machine.end(identity.pid);
    }
    this.look();
    const left = members().map(({ identity }) => identity.pid);
    const killed = hit.map(({ identity }) => identity.pid).filter((pid) => !left.includes(pid));
    return left.length === 0 ? { killed, left } : { killed, left, why: 'It does not react to SIGKILL.' };
  }
}
