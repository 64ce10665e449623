/** One folder in this window: leads it, or follows the window that does, until that one is gone. */
import { carryOut } from './carryOut';
import type { RunOutput } from '../../core/output/runOutput';
import type { StartedBy } from '../../core/lifecycle/state';
import type { ServiceSpec } from '../../core/model/service';
import { Lifetime, Slot } from '../lifetime';
import type { Disposable } from '../ports';
import { Follower } from './follower';
import { Leader } from './leader';
import { contend, holds } from './lease';
import type { Contest } from './lease';
import type { Ask } from './messages';
import { OpenRequests } from './openRequests';
import type { Request } from './openRequests';
import type { Holder } from './ports';
import type { ShareParts } from './shareParts';
import type { Knowledge } from './takeOverFolder';

type Role =
  | { readonly kind: 'deciding' }
  /** Nobody leads, and this window must not. */
  | { readonly kind: 'vacant' }
  | { readonly kind: 'leading'; readonly leader: Leader }
  | { readonly kind: 'following'; readonly follower: Follower };

/** How often a leader looks whether its lease is still there, and its window still replies. */
const checkMs = 5000;
/** A window that does not reply within this time gives its folders to another. */
const replyMs = 3000;
/** Another window has this long to take over what this one gives away. */
const headStartMs = 1000;
/** Leases are tried this often before this window does without them. */
const maxUnavailable = 3;
/** A leader that was not reached this often may have done what was not seen here. */
const maxUnreached = 3;
const pauseMs = { first: 100, most: 1000, untrusted: 2000, version: 5000 };

export class FolderShare implements Disposable {
  readonly #lifetime = new Lifetime();
  readonly #pause = this.#lifetime.add(new Slot());
  readonly #requests: OpenRequests;
  #role: Role = { kind: 'deciding' };
  #settle: () => void = () => undefined;
  /** Settles when it is known who leads, or that no leader can be reached. */
  readonly settled = new Promise<void>((resolve) => (this.#settle = resolve));
  /** The generation of the leader whose states are shown, while none can have been missed. */
  #seen: number | undefined;
  #failures = 0;
  #wake: () => void = () => undefined;
  #stepDown: (() => void) | undefined;

  constructor(private readonly parts: ShareParts) {
    this.#requests = new OpenRequests(parts.clock, ({ key, by }) => {
      if (by === 'user') parts.refused('unreachable', key);
    });
    void this.#live();
  }

  get folder(): string {
    return this.parts.folder;
  }

  get place(): string {
    return this.parts.place;
  }

  get leader(): Leader | undefined {
    return this.#role.kind === 'leading' ? this.#role.leader : undefined;
  }

  /** Another window carries out requests, or it is not decided yet. */
  get isElsewhere(): boolean {
    return this.#role.kind === 'following' || this.#role.kind === 'deciding';
  }

  get isFollowing(): boolean {
    return this.#role.kind === 'following';
  }

  /** Whether this window reports a failure of the service's present run. */
  reports(key: string): boolean {
    if (this.#role.kind === 'following') return this.#role.follower.isAskedHere(key);
    return this.#role.kind !== 'leading' || !this.#role.leader.isAskedElsewhere(key);
  }

  /** What a service wrote last that another window supervises; undefined when this one has it. */
  output(key: string): Promise<RunOutput> | undefined {
    return this.#role.kind === 'following' ? this.#role.follower.output(key) : undefined;
  }

  /** Settles when the request was carried out, or cannot be. */
  request({ key }: ServiceSpec, ask: Ask, by: StartedBy): Promise<void> {
    if (!this.parts.window.isTrusted()) {
      if (by === 'user') this.parts.refused('untrusted', key);
      return Promise.resolve();
    }
    const request = { key, ask, by };
    const taken = this.#requests.add(request);
    if (this.#role.kind === 'following') void this.#pass(request, this.#role.follower);
    return taken;
  }

  /** Looks again at once, as when trust was granted. */
  wake(): void {
    this.#wake();
  }

  /** Synchronous: the window may be closing. What runs goes on, and another window may lead at once. */
  dispose(): void {
    const stepDown = this.#stepDown;
    this.#lifetime.dispose();
    stepDown?.();
    if (this.#role.kind === 'following') this.#role.follower.dispose();
    this.#requests.dispose();
    this.#wake();
    this.#settle();
  }

  async #live(): Promise<void> {
    const { parts } = this;
    for (let isFirst = true; !this.#lifetime.isOver; isFirst = false) {
      // A window that was just opened is there; later it may have been closed while its extension host lives on.
      if (!isFirst) await parts.window.responds();
      const me = await parts.me();
      if (this.#isOver()) return;
      const contest = await contend(parts.place, me, parts.window.isTrusted() ? 'contender' : 'bystander', parts);
      await this.#act(contest, me);
    }
  }

  async #act(contest: Contest, me: Holder): Promise<void> {
    const { parts } = this;
    switch (contest.kind) {
      case 'leads':
        if (!this.#isOver()) return this.#lead(contest.generation, me);
        parts.leases.release(parts.place, contest.generation);
        return;
      case 'follows':
        if (parts.window.isTrusted()) parts.leases.prepare(me);
        return this.#isOver() ? undefined : this.#follow(contest.holder, contest.generation);
      case 'vacant':
        this.#become({ kind: 'vacant' });
        return this.#sleep(pauseMs.untrusted);
      case 'undecided':
        return this.#retryLater();
      case 'unavailable':
        if (this.#failures < maxUnavailable || !parts.window.isTrusted()) return this.#retryLater();
        // Where nothing can be written there is no ledger either: this window goes on as if it were the only one.
        parts.log.warn(`${parts.folder}: other windows of this folder are not known: ${contest.why}`);
        return this.#lead(0, me);
    }
  }

  async #lead(generation: number, me: Holder): Promise<void> {
    const { folder, place, leases, log } = this.parts;
    const knowledge: Knowledge = this.#seen === generation - 1 ? 'current' : 'stale';
    log.info(`${folder}: this window supervises it (lease ${generation})`);
    const over = new Promise<void>((resolve) => {
      this.#stepDown = () => {
        this.#stepDown = undefined;
        const { leader } = this;
        this.#role = { kind: 'deciding' };
        this.#seen = undefined;
        // Let go before anybody else may take it.
        this.parts.letGo();
        leases.release(place, generation);
        leader?.dispose();
        resolve();
      };
    });
    // Whatever could not be taken over, requests have to be answered.
    await this.parts
      .takeOver(knowledge)
      .catch((error: unknown) => log.error(`${folder}: not all was taken over: ${String(error)}`));
    if (this.#isOver()) return;
    const leader = new Leader({
      ...this.parts.leader,
      ...{ folder, log },
      responds: () => this.#responds(),
      handOver: () => this.#stepDown?.(),
    });
    this.#failures = 0;
    this.#become({ kind: 'leading', leader });
    for (const request of this.#requests.all()) this.#carryOut(request);
    this.parts.led();
    void this.#keepChecking(generation, me);
    await over;
    if (this.#isOver()) return;
    log.info(`${folder}: this window does not supervise it any more`);
    await this.#sleep(headStartMs);
  }

  /** The lease may be deleted with the files of the editor; the window may be closed while its extension host lives on. */
  async #keepChecking(generation: number, me: Holder): Promise<void> {
    const { clock, place, leases } = this.parts;
    const { leader } = this;
    for (;;) {
      await new Promise<void>((resolve) => this.#pause.set(clock.after(checkMs, resolve)));
      if (this.leader !== leader) return;
      const keeps = holds(place, generation, me, leases) && (leader?.hasFollowers !== true || (await this.#responds()));
      if (this.leader !== leader) return;
      if (!keeps) return this.#stepDown?.();
    }
  }

  #responds(): Promise<boolean> {
    const { clock, window } = this.parts;
    const timer = new Slot();
    const late = new Promise<boolean>((resolve) => timer.set(clock.after(replyMs, () => resolve(false))));
    return Promise.race([window.responds().then(() => true), late]).finally(() => timer.dispose());
  }

  #carryOut(request: Request): void {
    const { key, ask, by } = request;
    const { store, supervisor } = this.parts.leader;
    const id = store.services().find(({ spec }) => spec.folder === this.folder && spec.key === key)?.spec.id;
    if (id !== undefined) carryOut(supervisor, id, ask, by);
    this.#requests.taken(request);
  }

  async #follow({ address }: Holder, generation: number): Promise<void> {
    const { channel, folder, place, log } = this.parts;
    const connection = address === undefined ? undefined : await channel.connect(address);
    if (connection?.kind !== 'known' || this.#isOver()) {
      if (connection?.kind === 'known') connection.value.dispose();
      const why = connection?.kind === 'unavailable' ? connection.why : 'it has no channel';
      if (this.#failures === 0) log.info(`${folder}: the window that supervises it is not reached yet: ${why}`);
      // One that is just ending is not reached either, and has done nothing that was not seen here.
      if (this.#failures >= maxUnreached) this.#seen = undefined;
      return this.#retryLater();
    }
    const follower = new Follower(connection.value, { ...this.parts.follower, folder, place, log });
    const late = this.#lifetime.add(new Slot());
    late.set(
      this.parts.clock.after(replyMs, () => {
        follower.dispose();
        // What waits for this window to be ready is not held up by another that does not reply.
        this.#settle();
      }),
    );
    const welcome = await follower.received;
    late.dispose();
    if (welcome !== 'welcome' || this.#isOver()) {
      follower.dispose();
      if (welcome !== 'version') return this.#retryLater();
      this.parts.refused('version', '');
      this.#settle();
      return this.#sleep(pauseMs.version);
    }
    this.#seen = generation;
    this.#failures = 0;
    log.info(`${folder}: another window supervises it (lease ${generation})`);
    this.#become({ kind: 'following', follower });
    for (const request of this.#requests.all()) void this.#pass(request, follower);
    await follower.over;
    this.#role = { kind: 'deciding' };
  }

  /** One that the leader did not take any more waits for the next leader. */
  async #pass(request: Request, follower: Follower): Promise<void> {
    const { key, ask, by } = request;
    if (await follower.request(key, ask, by)) this.#requests.taken(request);
  }

  #isOver(): boolean {
    return this.#lifetime.isOver;
  }

  #become(role: Role): void {
    this.#role = role;
    this.#settle();
  }

  #retryLater(): Promise<void> {
    this.#failures += 1;
    if (this.#failures > maxUnreached) this.#settle();
    return this.#sleep(Math.min(pauseMs.most, pauseMs.first * this.#failures));
  }

  #sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
      this.#pause.set(this.parts.clock.after(ms, resolve));
    });
  }
}
