/** Two and three windows of one folder under anything that users, services and extension hosts do, in any order and at any moment. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { jobSpec, serviceSpec } from '../../../support/fakes/specs';
import { FakeDesktop } from '../../../support/fakes/windows';
import type { FakeWindow } from '../../../support/fakes/windows';

const web = serviceSpec('web', { restart: 'on-failure', backoff: { initial: 500, max: 2000, resetAfter: 10_000 } });
const worker = jobSpec('worker', {
  role: 'backend',
  restart: 'always',
  backoff: { initial: 500, max: 2000, resetAfter: 10_000 },
});
const keys = ['web', 'worker'] as const;
type Key = (typeof keys)[number];

type Deed =
  | { readonly kind: 'start' | 'stop' | 'restart'; readonly window: number; readonly key: Key }
  | { readonly kind: 'crash'; readonly key: Key }
  | { readonly kind: 'killHost' | 'reload'; readonly window: number }
  | { readonly kind: 'slow'; readonly delay: number }
  | { readonly kind: 'fillDisk' | 'freeDisk' };

interface Move {
  readonly deed: Deed;
  /** In ms. */
  readonly pause: number;
}

const moves = (windows: number): fc.Arbitrary<readonly Move[]> => {
  const window = fc.nat(windows - 1);
  const key = fc.constantFrom(...keys);
  const deed: fc.Arbitrary<Deed> = fc.oneof(
    { weight: 6, arbitrary: fc.record({ kind: fc.constantFrom('start', 'stop', 'restart'), window, key }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('crash'), key }) },
    { weight: 3, arbitrary: fc.record({ kind: fc.constantFrom('killHost', 'reload'), window }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('slow'), delay: fc.nat(40) }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('fillDisk', 'freeDisk') }) },
  );
  return fc.array(fc.record({ deed, pause: fc.oneof(fc.nat(30), fc.nat(3000)) }), { maxLength: 25 });
};

/** One course of events. Throws where a promise is broken. */
class Course {
  readonly #desktop = new FakeDesktop([web, worker]);
  readonly #windows: readonly FakeWindow[];
  /** What the user wanted last, where it is known to have been taken. */
  readonly #stopped = new Set<Key>();

  constructor(windows: number) {
    this.#windows = Array.from({ length: windows }, () => this.#desktop.open());
  }

  async run(all: readonly Move[]): Promise<void> {
    await this.#desktop.clock.turn(500);
    for (const { deed, pause } of all) {
      await this.#do(deed);
      for (let left = pause; left > 0; left -= 100) await this.#turn(Math.min(100, left));
    }
    this.#desktop.network.delay = 1;
    this.#desktop.freeDisk();
    for (let seconds = 0; seconds < 40; seconds += 1) await this.#turn(1000);
    // A probe that was made just now is on its way to the others.
    for (let turns = 0; turns < 20 && !this.#agree(); turns += 1) await this.#turn(2);
    this.#converged();
  }

  async #turn(ms: number): Promise<void> {
    await this.#desktop.clock.turn(ms);
    assert.deepEqual(this.#desktop.copies(), [], 'a service has two processes');
    for (const key of this.#stopped)
      assert.equal(this.#desktop.machine.living(key).length, 0, `${key} runs after it was stopped`);
    const reported = this.#desktop.crashes;
    assert.equal(new Set(reported).size, reported.length, 'a crash was reported by two windows');
  }

  async #do(deed: Deed): Promise<void> {
    switch (deed.kind) {
      case 'slow':
        this.#desktop.network.delay = deed.delay;
        return;
      case 'crash':
        this.#desktop.crash(deed.key);
        return;
      case 'fillDisk':
      case 'freeDisk':
        this.#desktop[deed.kind]();
        return;
      case 'killHost':
      case 'reload':
        // With nothing on disk, what no other window has seen is lost.
        if (this.#desktop.isDiskFull && !this.#othersKnow(this.#windows[deed.window])) return;
        this.#replaceHost(this.#windows[deed.window], deed.kind);
        return;
      default:
        return this.#request(deed.kind, deed.key, this.#windows[deed.window]);
    }
  }

  #replaceHost(window: FakeWindow | undefined, how: 'killHost' | 'reload'): void {
    if (window?.host === undefined) return;
    if (how === 'reload') return window.reload();
    window.kill();
    this.#desktop.clock.after(300, () => window.boot());
  }

  /** A stop counts from when every process was seen to be gone with nothing asked for after it. */
  async #request(ask: 'start' | 'stop' | 'restart', key: Key, window: FakeWindow | undefined): Promise<void> {
    const host = window?.host;
    if (window === undefined || host === undefined) return;
    this.#stopped.delete(key);
    host.supervisor[ask](key);
    if (ask !== 'stop') return;
    const deliveries: string[] = [];
    void host.supervisor.delivered().then(() => deliveries.push(key));
    await this.#desktop.clock.turn(300);
    if (
      deliveries.length > 0 &&
      window.host === host &&
      this.#desktop.machine.living(key).length === 0 &&
      window.kind(key) === 'stopped'
    ) {
      this.#stopped.add(key);
    }
  }

  /** Whether another window shows the same, and was there while it could prepare for this. */
  #othersKnow(window: FakeWindow | undefined): boolean {
    const others = this.#windows.filter((each) => each !== window);
    const isReady = this.#windows.every(({ host }) => host?.isReady === true);
    return isReady && this.#agree() && others.some(({ host }) => this.#desktop.leases.isPrepared(host?.id ?? ''));
  }

  #agree(): boolean {
    return keys.every((key) => new Set(this.#windows.map((window) => window.shown(key))).size === 1);
  }

  #converged(): void {
    const hosts = this.#windows.map((window) => window.present);
    assert.equal(hosts.filter((host) => host.sharing.leads(web)).length, 1, 'one window leads');
    for (const key of keys) {
      const shown = new Set(this.#windows.map((window) => window.shown(key)));
      assert.equal(shown.size, 1, [...shown].join('\n'));
      const [process] = this.#desktop.machine.living(key);
      const lifecycle = this.#windows[0]?.lifecycle(key);
      const pid = lifecycle !== undefined && 'process' in lifecycle ? lifecycle.process?.pid : undefined;
      assert.equal(pid, process?.identity.pid, `${key}: what is shown and what runs differ`);
    }
    assert.deepEqual(this.#desktop.unnoted(), [], 'the note of a living run is lost');
  }
}

describe('app: windows of one folder, whatever happens', () => {
  for (const windows of [2, 3]) {
    it(`keeps one process a service, every note and every stop, and agrees in the end, with ${windows} windows`, async () => {
      await fc.assert(
        fc.asyncProperty(moves(windows), (all) => new Course(windows).run(all)),
        { numRuns: Number(process.env['RUNS'] ?? 60) },
      );
    }).timeout(120_000);
  }
});
