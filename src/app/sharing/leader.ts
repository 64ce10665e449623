/** The window that supervises a folder, as the others see it: reports every state, and carries out what they ask for. */
import { lastOfOutput, noOutput } from '../../core/output/runOutput';
import { defined } from '../../core/model/defined';
import type { PortOwner } from '../../core/model/process';
import type { ServiceSpec } from '../../core/model/service';
import type { Usage } from '../../core/model/usage';
import { initialState } from '../../core/lifecycle/state';
import type { Lifecycle, Service, ServiceState } from '../../core/lifecycle/state';
import { Lifetime } from '../lifetime';
import type { Disposable, Log } from '../ports';
import { changedServices, onAnyChange } from '../store';
import type { Change, ServiceStore } from '../store';
import { carryOut } from './carryOut';
import type { Requests } from './carryOut';
import type { PortAnswer, States, ToFollower, ToLeader, Usages } from './messages';
import { toLeader } from './messages';
import type { Connection } from './ports';
import { relabel } from './relabel';
import type { FollowedTerminals } from './sharedTerminals';

export interface LeaderParts {
  readonly folder: string;
  readonly store: ServiceStore;
  readonly supervisor: Requests;
  readonly terminals: FollowedTerminals;
  readonly log: Log;
  /** Settles with false when this window does not reply in time: then another has to supervise. */
  responds(): Promise<boolean>;
  /** Gives the lease to another window. */
  handOver(): void;
}

type Request = Extract<ToLeader, { kind: 'request' }>;
type StopForPort = Extract<ToLeader, { kind: 'stopForPort' }>;

export class Leader implements Disposable {
  readonly #lifetime = new Lifetime();
  readonly #followers = new Set<Connection>();
  /** By service id: the run that the user asked for in another window, and that window. */
  readonly #askedIn = new Map<string, { readonly run: string; readonly window: Connection }>();
  readonly #questions = new Map<
    number,
    { readonly asked: Connection; readonly settle: (answer: PortAnswer | undefined) => void }
  >();
  #lastQuestion = 0;
  /** Keys of the services that followers were sent a state of. */
  readonly #reported = new Set<string>();
  /** By key: what followers were sent last. */
  readonly #usages = new Map<string, Usage>();

  constructor(private readonly parts: LeaderParts) {
    this.#lifetime.add(onAnyChange(parts.store, (changed) => this.#report(changed)));
  }

  get hasFollowers(): boolean {
    return this.#followers.size > 0;
  }

  /** Takes a window that has said hello. */
  join(follower: Connection): void {
    this.#followers.add(follower);
    send(follower, { kind: 'welcome', states: this.#states('all') });
    this.#usages.clear();
    this.#reportUsages('all');
  }

  received(follower: Connection, message: unknown): void {
    const known = toLeader(message);
    if (known === undefined) this.parts.log.warn('A message of another window was not understood.');
    else if (known.kind === 'request') void this.#request(follower, known);
    else if (known.kind === 'stopForPort') void this.#stopForPort(follower, known);
    else if (known.kind === 'outputRequest') this.#sendOutput(follower, known.number, known.key);
    else if (known.kind === 'portAnswer') this.#answered(follower, known.number, known.answer);
    else if (known.kind === 'terminal') this.parts.terminals.reported(follower, known.run, known.report);
  }

  left(follower: Connection): void {
    this.#followers.delete(follower);
    this.parts.terminals.left(follower);
    for (const [id, { window }] of this.#askedIn) if (window === follower) this.#askedIn.delete(id);
    // The row of the service keeps the question.
    for (const [number, { asked }] of this.#questions) if (asked === follower) this.#answered(follower, number, undefined);
  }

  /** Asks in the window where the start was asked for; undefined when that is this one. */
  askAboutPort({ id, key }: ServiceSpec, owners: readonly PortOwner[]): Promise<PortAnswer | undefined> | undefined {
    const { run, window: asked } = this.#askedIn.get(id) ?? {};
    if (asked === undefined || run !== this.#runOf(id)) return undefined;
    const number = (this.#lastQuestion += 1);
    return new Promise((settle) => {
      this.#questions.set(number, { asked, settle });
      send(asked, { kind: 'portQuestion', number, key, owners });
    });
  }

  /** Whether the present run was asked for in another window, which reports what becomes of it. */
  isAskedElsewhere(key: string): boolean {
    if (this.#askedIn.size === 0) return false;
    const id = this.#services().find(({ spec }) => spec.key === key)?.spec.id ?? '';
    const asked = this.#askedIn.get(id);
    return asked !== undefined && asked.run === this.#runOf(id);
  }

  dispose(): void {
    this.#lifetime.dispose();
    for (const follower of [...this.#followers]) {
      this.left(follower);
      follower.dispose();
    }
  }

  /** A window that was closed while its extension host lives on can start nothing: who asks for it supervises from then on. */
  async #request(follower: Connection, { number, key, ask, by }: Request): Promise<void> {
    if (!(await this.parts.responds())) {
      this.parts.handOver();
      return;
    }
    const service = this.#services().find(({ spec }) => spec.key === key);
    if (service !== undefined && this.#followers.has(follower)) {
      const { id } = service.spec;
      this.parts.log.info(`${id}: ${ask} requested in another window`);
      carryOut(this.parts.supervisor, id, ask, by);
      const run = this.#runOf(id);
      if (by === 'user' && run !== undefined) this.#askedIn.set(id, { run, window: follower });
    }
    send(follower, { kind: 'taken', number });
  }

  /** Replies when the service has stopped, or cannot be. */
  async #stopForPort(follower: Connection, { number, key, port, service }: StopForPort): Promise<void> {
    if (!(await this.parts.responds())) {
      this.parts.handOver();
      return;
    }
    await this.parts.supervisor.stopForPort({ folder: this.parts.folder, key }, { port, ...defined({ service }) });
    send(follower, { kind: 'taken', number });
  }

  #sendOutput(follower: Connection, number: number, key: string): void {
    const id = this.#services().find(({ spec }) => spec.key === key)?.spec.id;
    const output = id === undefined ? noOutput : this.parts.supervisor.output(id);
    send(follower, { kind: 'output', number, output: lastOfOutput(output, maxOutputCharacters, ({ length }) => length + 3) });
  }

  #answered(follower: Connection, number: number, answer: PortAnswer | undefined): void {
    const question = this.#questions.get(number);
    if (question?.asked !== follower) return;
    this.#questions.delete(number);
    question.settle(answer);
  }

  #report(changed: Change): void {
    if (this.#followers.size === 0) return;
    const states = { ...(changed === 'all' ? this.#departed() : {}), ...this.#states(changed) };
    if (Object.keys(states).length > 0) for (const follower of this.#followers) send(follower, { kind: 'states', states });
    this.#reportUsages(changed);
  }

  #reportUsages(changed: Change): void {
    const usages: Usages = Object.fromEntries(
      this.#services(changed).flatMap(({ spec, usage }) => {
        if (usage === undefined || this.#usages.get(spec.key) === usage) return [];
        this.#usages.set(spec.key, usage);
        return [[spec.key, usage]];
      }),
    );
    if (Object.keys(usages).length > 0) for (const follower of this.#followers) send(follower, { kind: 'usages', usages });
  }

  #states(changed: Change): States {
    const services = this.#services(changed);
    for (const { spec } of services) this.#reported.add(spec.key);
    return Object.fromEntries(services.map(({ spec, state }): [string, ServiceState] => [spec.key, this.#labelled(state)]));
  }

  /** The last states of services that have left the list, once: whoever shows one would not hear of its end otherwise. */
  #departed(): States {
    const { folder, store } = this.parts;
    const left = [...this.#reported].filter((key) => store.find({ folder, key }) === undefined);
    for (const key of left) this.#reported.delete(key);
    return Object.fromEntries(left.map((key) => [key, this.#labelled(store.former({ folder, key })?.state ?? initialState)]));
  }

  /** Another service of the folder goes by its key. */
  #labelled(state: ServiceState): ServiceState {
    return relabel(state, (id) => {
      const spec = this.parts.store.get(id)?.spec;
      return spec?.folder === this.parts.folder ? spec.key : id;
    });
  }

  #runOf(id: string): string | undefined {
    const lifecycle = this.parts.store.get(id)?.state.lifecycle;
    return lifecycle === undefined ? undefined : latestRun(lifecycle);
  }

  #services(changed: Change = 'all'): readonly Service[] {
    return changedServices(this.parts.store, changed).filter(({ spec }) => spec.folder === this.parts.folder);
  }
}

/** A message has at most 1 MiB, of which a character may take six bytes. */
const maxOutputCharacters = 150_000;

/** Also while the one before it is being stopped. */
export const latestRun = (lifecycle: Lifecycle): string | undefined =>
  lifecycle.kind === 'stopping' ? lifecycle.next?.run : lifecycle.run;

const send = (follower: Connection, message: ToFollower): void => follower.send(message);
