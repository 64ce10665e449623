/** Windows of the same folder work together: one supervises, the others show the same and pass requests on. */
import { noOutput } from '../../core/output/runOutput';
import type { RunOutput } from '../../core/output/runOutput';
import type { ServiceIdentity } from '../../core/model/identity';
import type { ServiceSpec } from '../../core/model/service';
import type { PortOwner } from '../../core/model/process';
import type { Lifecycle, Service, ServiceState, StartedBy } from '../../core/lifecycle/state';
import { remembered } from '../adoption';
import { reportedEntry } from './takeOverFolder';
import type { WorkspacePlace } from '../adoption';
import type { Authority } from '../authority';
import { Lifetime } from '../lifetime';
import type { Clock, Disposable, Ledger, Log, ProcessTable, ProcessTrees, Terminals } from '../ports';
import type { PortRequest } from '../run/launching';
import type { Store } from '../store';
import type { Supervisor } from '../supervisor';
import { FolderShare } from './folderShare';
import { toLeader, protocolVersion } from './messages';
import type { Ask, PortAnswer, ToFollower } from './messages';
import type { Channel, Connection, Holder, Leases, OwnWindow } from './ports';
import type { Launches, SharedTerminals } from './sharedTerminals';
import type { Refusal } from './shareParts';
import { stopElsewhere } from './stopElsewhere';
import { takeOverFolder } from './takeOverFolder';

/** Takes what a connected program sends. */
export interface AgentConnection {
  received(message: unknown): void;
  closed(): void;
}

const isAgentHello = (message: unknown): boolean =>
  typeof message === 'object' && message !== null && 'kind' in message && message.kind === 'agent';

export interface SharingParts {
  readonly leases: Leases;
  readonly channel: Channel;
  readonly processes: ProcessTable;
  readonly trees: ProcessTrees;
  readonly ledger: Ledger;
  readonly launches: Launches;
  readonly clock: Clock;
  readonly log: Log;
  readonly store: Store;
  readonly window: OwnWindow;
  /** Unique for each activation. */
  readonly windowId: string;
  /** The extension host's own; known as soon as it could be read. */
  identity(): Promise<Omit<Holder, 'window' | 'address'>>;
  readonly terminals: { readonly own: Terminals; readonly shared: SharedTerminals };
  realPath(folder: string): string;
  /** Asks in this window. */
  askAboutPort(spec: ServiceSpec, owners: readonly PortOwner[]): Promise<PortAnswer | undefined>;
  refused(why: Refusal, key: string): void;
  /** The folder as a part of the workspace. */
  placeOf(folder: string): WorkspacePlace | undefined;
  /** A program, such as the command svc, has connected with this first message. */
  openForAgent(connection: Connection, first: unknown): AgentConnection;
  /** This window supervises the folder from now on. */
  led(folder: string): void;
}

export class Sharing implements Authority, Disposable {
  readonly #lifetime = new Lifetime();
  readonly #shares = new Map<string, FolderShare>();
  readonly #passing = new Set<Promise<void>>();
  #me: Promise<Holder> | undefined;
  #holder: Holder | undefined;
  #supervisor: Supervisor | undefined;

  constructor(private readonly parts: SharingParts) {}

  /** To be called when the files were read, and whenever folders come or go; settles when it is known who leads each of them. */
  async share(folders: readonly string[], supervisor: Supervisor): Promise<void> {
    this.#supervisor = supervisor;
    const running = this.parts.store.services().filter(({ spec, state }) => 'process' in state.lifecycle && this.leads(spec));
    const wanted = new Set([...folders, ...running.map(({ spec }) => spec.folder)]);
    for (const [folder, share] of this.#shares) {
      if (wanted.has(folder)) continue;
      this.#shares.delete(folder);
      share.dispose();
    }
    for (const folder of wanted) this.#shareOf(folder);
    await Promise.all([...this.#shares.values()].map(({ settled }) => settled));
  }

  /** Whether another window shows services that this one supervises. */
  get hasFollowers(): boolean {
    return [...this.#shares.values()].some(({ leader }) => leader?.hasFollowers === true);
  }

  /** Whether this window supervises the service. */
  leads({ folder }: Pick<ServiceSpec, 'folder'>): boolean {
    return this.#shares.get(folder)?.leader !== undefined;
  }

  /** Whether this window reports a failure of its present run: the one where the user asked for it does, else the one that supervises. */
  reports({ folder, key }: Pick<ServiceSpec, 'folder' | 'key'>): boolean {
    return this.#shares.get(folder)?.reports(key) ?? true;
  }

  /** What a service wrote last, whichever window has seen it. */
  async output({ spec }: Service): Promise<RunOutput> {
    return (await this.#shares.get(spec.folder)?.output(spec.key)) ?? this.#supervisor?.output(spec.id) ?? noOutput;
  }

  /** Whether the terminal of a run is known to be in another window. */
  hasTerminalElsewhere({ folder }: Pick<ServiceSpec, 'folder'>, run: string): boolean {
    return this.follows({ folder }) || this.parts.terminals.shared.isElsewhere(run);
  }

  /** A folder that this window supervises, by its real path. */
  ledAt(place: string): string | undefined {
    return [...this.#shares.values()].find((share) => share.place === place && share.leader !== undefined)?.folder;
  }

  /** Whether another window supervises the service, and this one shows what it reports. */
  follows({ folder }: Pick<ServiceSpec, 'folder'>): boolean {
    return this.#shares.get(folder)?.isFollowing ?? false;
  }

  takes(spec: ServiceSpec | undefined, ask: Ask, by: StartedBy): boolean {
    // Also of a folder that was opened a moment ago: nothing starts before it is known who leads.
    const share = spec === undefined ? undefined : this.#shareOf(spec.folder);
    if (spec === undefined || share?.isElsewhere !== true) return false;
    const passing = share.request(spec, ask, by).finally(() => this.#passing.delete(passing));
    this.#passing.add(passing);
    return true;
  }

  async delivered(): Promise<void> {
    await Promise.all(this.#passing);
  }

  /** False when no window that can be reached supervises the service. */
  async stopElsewhere({ folder, key }: ServiceIdentity, request: PortRequest): Promise<boolean> {
    const place = this.parts.realPath(folder);
    const lease = this.parts.leases.read(place);
    const address = lease.kind === 'known' ? lease.value?.holder?.address : undefined;
    return address !== undefined && stopElsewhere({ address, folder: place, key }, request, this.parts);
  }

  /** Asks where the start was asked for. */
  askAboutPort(spec: ServiceSpec, owners: readonly PortOwner[]): Promise<PortAnswer | undefined> {
    return this.#shares.get(spec.folder)?.leader?.askAboutPort(spec, owners) ?? this.parts.askAboutPort(spec, owners);
  }

  /** This window was trusted a moment ago. */
  wake(): void {
    for (const share of this.#shares.values()) share.wake();
  }

  dispose(): void {
    this.#lifetime.dispose();
    for (const share of this.#shares.values()) share.dispose();
    this.#shares.clear();
    if (this.#holder !== undefined) this.parts.leases.forget(this.#holder);
  }

  #shareOf(folder: string): FolderShare | undefined {
    const present = this.#shares.get(folder);
    if (present !== undefined || this.#supervisor === undefined || this.#lifetime.isOver) return present;
    const begun = this.#begin(folder, this.#supervisor);
    this.#shares.set(folder, begun);
    return begun;
  }

  #begin(folder: string, supervisor: Supervisor): FolderShare {
    const { store, terminals } = this.parts;
    return new FolderShare({
      ...this.parts,
      ...{ folder, place: this.parts.realPath(folder) },
      me: () => this.#introduction(),
      takeOver: (knowledge) =>
        takeOverFolder(this.#servicesOf(folder), knowledge, { ...this.parts, supervisor, place: this.parts.placeOf(folder) }),
      led: () => this.parts.led(folder),
      letGo: () => supervisor.letGo(this.#servicesOf(folder).map(({ spec }) => spec.id)),
      leader: { store, supervisor, terminals: terminals.shared },
      follower: {
        ...{ store, terminals: terminals.own },
        follow: (id, state) => this.#follow(id, state, supervisor),
        used: (usages) => store.setUsages(usages),
        remember: (key, lifecycle) => this.#remember({ folder, key }, lifecycle),
        askAboutPort: (spec, owners) => this.parts.askAboutPort(spec, owners),
      },
    });
  }

  /** What runs was started with the addresses that its note has, whatever the files say in this window. */
  #follow(id: string, state: ServiceState, supervisor: Supervisor): void {
    const { store, ledger } = this.parts;
    const before = store.get(id);
    supervisor.follow(id, state);
    const { run } = state.lifecycle;
    if (before === undefined || run === undefined || before.state.lifecycle.run === run) return;
    const entry = ledger.read(before.spec.folder, before.spec.key);
    if (entry?.run === run && entry.spec !== undefined) store.setUsedPorts(id, entry.spec.usedPorts);
  }

  /** By its note; where that was not written (a full disk), its process is enough to show and to stop it. */
  #remember({ folder, key }: ServiceIdentity, lifecycle: Lifecycle): void {
    const place = this.parts.placeOf(folder);
    const entry = this.parts.ledger.read(folder, key) ?? reportedEntry({ folder, key }, lifecycle, this.parts.clock.now());
    if (entry !== undefined && place !== undefined) this.parts.store.add(remembered(entry, place));
  }

  /** Nothing listens in an untrusted window: it only follows. */
  async #introduction(): Promise<Holder> {
    if (this.parts.window.isTrusted()) return (this.#me ??= this.#introduce().then((me) => (this.#holder = me)));
    return { ...(await this.parts.identity()), window: this.parts.windowId };
  }

  async #introduce(): Promise<Holder> {
    const { channel, log, windowId } = this.parts;
    const [identity, address] = await Promise.all([
      this.parts.identity(),
      channel.serve((connection) => this.#greet(connection)),
    ]);
    if (address.kind === 'known') return { ...identity, window: windowId, address: address.value };
    log.warn(`Other windows of this folder cannot reach this one: ${address.why}`);
    return { ...identity, window: windowId };
  }

  /** The first message names the folder; its leader takes the rest. */
  #greet(connection: Connection): void {
    let joined: FolderShare['leader'];
    let agent: AgentConnection | undefined;
    const refuse = (why: 'version' | 'notLeading'): void => {
      connection.send({ kind: 'refused', why } satisfies ToFollower);
      connection.dispose();
    };
    connection.listen({
      received: (message) => {
        if (joined !== undefined) return joined.received(connection, message);
        if (agent !== undefined) return agent.received(message);
        if (isAgentHello(message)) {
          agent = this.parts.openForAgent(connection, message);
          return;
        }
        const hello = toLeader(message);
        const place = hello?.kind === 'hello' ? hello.folder : undefined;
        if (hello?.kind !== 'hello' || hello.protocol !== protocolVersion) return refuse('version');
        joined = [...this.#shares.values()].find((share) => share.place === place && share.leader !== undefined)?.leader;
        if (joined === undefined) return refuse('notLeading');
        joined.join(connection);
      },
      closed: () => {
        joined?.left(connection);
        agent?.closed();
      },
    });
  }

  #servicesOf(folder: string): readonly Service[] {
    return this.parts.store.services().filter(({ spec }) => spec.folder === folder);
  }
}
