/** The services of a folder that another window supervises: shows its states, passes requests on, reports what only this window sees. */
import { noOutput } from '../../core/output/runOutput';
import type { RunOutput } from '../../core/output/runOutput';
import type { Lifecycle, Service, ServiceState, StartedBy } from '../../core/lifecycle/state';
import type { ServiceSpec } from '../../core/model/service';
import type { PortOwner } from '../../core/model/process';
import type { Usage } from '../../core/model/usage';
import { Lifetime } from '../lifetime';
import type { Disposable, Log, Terminals } from '../ports';
import { isActive } from '../store';
import type { ServiceStore } from '../store';
import { latestRun } from './leader';
import type { Ask, PortAnswer, States, TerminalReport, ToFollower, ToLeader } from './messages';
import { protocolVersion, toFollower } from './messages';
import type { Connection } from './ports';
import { relabel } from './relabel';

export interface FollowerParts {
  readonly folder: string;
  /** Its real path. */
  readonly place: string;
  readonly store: ServiceStore;
  /** Those of this window. */
  readonly terminals: Terminals;
  readonly log: Log;
  follow(id: string, state: ServiceState): void;
  /** Shows what the processes of services use, by id. */
  used(usages: ReadonlyMap<string, Usage>): void;
  /** Shows a service that no file names here, because the leader reports a process of it. */
  remember(key: string, lifecycle: Lifecycle): void;
  askAboutPort(spec: ServiceSpec, owners: readonly PortOwner[]): Promise<PortAnswer | undefined>;
}

/** How the leader received this window. */
export type Welcome = 'welcome' | 'version' | 'notLeading' | 'gone';

export class Follower implements Disposable {
  readonly #lifetime = new Lifetime();
  /** The latest of every service, by key, with the ids of this window. */
  readonly #states = new Map<string, ServiceState>();
  /** Runs whose terminal may be in this window. */
  readonly #watched = new Set<string>();
  readonly #waiting = new Map<number, (isTaken: boolean) => void>();
  readonly #outputs = new Map<number, (output: RunOutput) => void>();
  /** By key: the run that the user asked for in this window. */
  readonly #asked = new Map<string, string>();
  #lastRequest = 0;
  #received: (welcome: Welcome) => void = () => undefined;
  #ended: () => void = () => undefined;
  readonly received = new Promise<Welcome>((resolve) => (this.#received = resolve));
  /** Settles when the connection is gone. */
  readonly over = new Promise<void>((resolve) => (this.#ended = resolve));

  constructor(
    private readonly connection: Connection,
    private readonly parts: FollowerParts,
  ) {
    this.#lifetime.add(connection);
    connection.listen({ received: (message) => this.#handle(message), closed: () => this.#closed() });
    this.#send({ kind: 'hello', protocol: protocolVersion, folder: parts.place });
  }

  /** Settles with false when the leader went before it took the request. */
  request(key: string, ask: Ask, by: StartedBy): Promise<boolean> {
    if (this.#lifetime.isOver) return Promise.resolve(false);
    const number = (this.#lastRequest += 1);
    return new Promise((resolve) => {
      this.#waiting.set(number, (isTaken) => {
        const run = this.#runOf(key);
        if (isTaken && by === 'user' && run !== undefined) this.#asked.set(key, run);
        resolve(isTaken);
      });
      this.#send({ kind: 'request', number, key, ask, by });
    });
  }

  /** What a service wrote last, which the leader has; nothing when it goes before it replies. */
  output(key: string): Promise<RunOutput> {
    if (this.#lifetime.isOver) return Promise.resolve(noOutput);
    const number = (this.#lastRequest += 1);
    return new Promise((resolve) => {
      this.#outputs.set(number, resolve);
      this.#send({ kind: 'outputRequest', number, key });
    });
  }

  /** Whether the present run was asked for in this window. */
  isAskedHere(key: string): boolean {
    const run = this.#asked.get(key);
    return run !== undefined && run === this.#runOf(key);
  }

  dispose(): void {
    this.#closed();
  }

  #closed(): void {
    this.#lifetime.dispose();
    for (const settle of this.#waiting.values()) settle(false);
    this.#waiting.clear();
    for (const settle of this.#outputs.values()) settle(noOutput);
    this.#outputs.clear();
    this.#received('gone');
    this.#ended();
  }

  #handle(message: unknown): void {
    if (this.#lifetime.isOver) return;
    const known = toFollower(message);
    switch (known?.kind) {
      case undefined:
        return this.parts.log.warn(`${this.parts.folder}: a message of the supervising window was not understood.`);
      case 'welcome':
        this.#take(known.states);
        this.#watchTerminals();
        this.#lifetime.add(this.parts.store.onDidChange((changed) => changed === 'all' && this.#show()));
        return this.#received('welcome');
      case 'states':
        return this.#take(known.states);
      case 'usages':
        return this.#used(new Map(Object.entries(known.usages)));
      case 'refused':
        return this.#received(known.why);
      case 'taken':
        this.#waiting.get(known.number)?.(true);
        this.#waiting.delete(known.number);
        return;
      case 'output':
        this.#outputs.get(known.number)?.(known.output);
        this.#outputs.delete(known.number);
        return;
      case 'portQuestion':
        return void this.#askAboutPort(known);
      case 'typeControl':
        this.parts.terminals.typeControl(known.run, known.control);
        return;
      case 'typeAnswer':
        this.parts.terminals.typeAnswer(known.run, known.letter);
    }
  }

  #take(states: States): void {
    const ids = new Map(this.#services().map(({ spec }) => [spec.key, spec.id]));
    for (const [key, state] of Object.entries(states)) {
      this.#states.set(
        key,
        relabel(state, (id) => ids.get(id) ?? id),
      );
    }
    this.#show();
  }

  #used(usages: ReadonlyMap<string, Usage>): void {
    const read = this.#services().map(({ spec }) => [spec.id, usages.get(spec.key)] as const);
    this.parts.used(new Map(read.flatMap(([id, usage]) => (usage === undefined ? [] : [[id, usage]]))));
  }

  /** Also when the files were read again: they may name what the leader has long reported. */
  #show(): void {
    for (const [key, { lifecycle }] of this.#states)
      if (isActive(lifecycle) && this.parts.store.find({ folder: this.parts.folder, key }) === undefined)
        this.parts.remember(key, lifecycle);
    for (const { spec, state } of this.#services()) {
      const latest = this.#states.get(spec.key);
      if (latest !== undefined && latest !== state) this.parts.follow(spec.id, latest);
    }
  }

  /** After a takeover the terminals of what runs may be here; what the leader starts from now on is in its own window. */
  #watchTerminals(): void {
    const { terminals } = this.parts;
    const report = (run: string, what: TerminalReport): void => {
      if (this.#watched.has(run)) this.#send({ kind: 'terminal', run, report: what });
    };
    this.#lifetime.add(
      terminals.listen({
        found: (run) => report(run, { kind: 'found' }),
        lost: (run) => this.#watched.delete(run),
        closed: (run) => report(run, { kind: 'closed' }),
        ended: (run, exitCode, typedInto) =>
          report(run, { kind: 'ended', typedInto, ...(exitCode === undefined ? {} : { exitCode }) }),
        wrote: (run, chunk) => report(run, { kind: 'wrote', chunk }),
      }),
    );
    for (const { spec, state } of this.#services()) {
      const { lifecycle } = state;
      if (lifecycle.kind === 'external' || !('process' in lifecycle) || lifecycle.process === undefined) continue;
      this.#watched.add(lifecycle.run);
      terminals.attach(spec, lifecycle.run, lifecycle.process);
    }
  }

  async #askAboutPort({ number, key, owners }: Extract<ToFollower, { kind: 'portQuestion' }>): Promise<void> {
    const spec = this.#services().find((service) => service.spec.key === key)?.spec;
    const answer = spec === undefined ? 'cancel' : await this.parts.askAboutPort(spec, owners);
    // Closed without an answer: the row of the service keeps the question.
    if (answer !== undefined) this.#send({ kind: 'portAnswer', number, answer });
  }

  #runOf(key: string): string | undefined {
    const lifecycle = this.#services().find(({ spec }) => spec.key === key)?.state.lifecycle;
    return lifecycle === undefined ? undefined : latestRun(lifecycle);
  }

  #services(): readonly Service[] {
    return this.parts.store.services().filter(({ spec }) => spec.folder === this.parts.folder);
  }

  #send(message: ToLeader): void {
    if (!this.#lifetime.isOver) this.connection.send(message);
  }
}
