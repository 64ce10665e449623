/** Failures that tell themselves, in a world in memory: when, how often, and the root cause first. */
import assert from 'node:assert/strict';
import { Announcer } from '../../../../src/app/notifications/announcer';
import type { Finding } from '../../../../src/core/diagnosis/finding';
import type { ServiceSpec } from '../../../../src/core/model/service';
import type { Notice } from '../../../../src/core/notifications/notice';
import { settle } from '../../../support/fakes/clock';
import { Gate } from '../../../support/fakes/gate';
import { probeSpec, serviceSpec } from '../../../support/fakes/specs';
import { FakeWorld } from '../../../support/fakes/world';

/** As long as failures are collected (ms). */
const collecting = 2000;

const server = (key: string, port: number, changes: Partial<ServiceSpec> = {}): ServiceSpec =>
  serviceSpec(key, { port, probe: probeSpec({ failureThreshold: 1, interval: 1000, startPeriod: 0 }), ...changes });
const on = (...ids: readonly string[]) => ids.map((id) => ({ id, condition: 'healthy' as const }));

const finding = (title: string, blames?: string): Finding => ({
  code: 'crashed',
  severity: 'error',
  title,
  detail: '',
  evidence: [],
  actions: [
    { title: 'Mend It', command: 'serviceLifecycle.openFile' },
    ...(blames === undefined ? [] : [{ title: 'Diagnose', command: 'serviceLifecycle.diagnose', arguments: [blames] }]),
  ],
});

class Rig {
  readonly world: FakeWorld;
  readonly shown: Notice[] = [];
  readonly diagnosed: string[] = [];
  readonly findings = new Map<string, Finding>();
  readonly awaited = new Set<string>();
  /** Closed, it holds every diagnosis. */
  readonly looks = new Gate();
  isWanted = true;
  #close: (() => void)[] = [];
  #announcer: Announcer | undefined;

  constructor(...services: readonly ServiceSpec[]) {
    this.world = new FakeWorld(...services);
  }

  /** The announcer is loaded. */
  listen(): Announcer {
    const { store, clock } = this.world;
    return (this.#announcer = new Announcer({
      ...{ store, clock },
      diagnose: async (id) => {
        this.diagnosed.push(id);
        await this.looks.pass();
        const found = this.findings.get(id);
        if (found === undefined) throw new Error('The look itself failed.');
        return [found];
      },
      isWanted: () => this.isWanted,
      isAwaited: (id) => this.awaited.has(id),
      isPausedInDebugger: () => this.world.isPaused,
      show: (notice) => {
        this.shown.push(notice);
        return new Promise((close) => this.#close.push(close));
      },
    }));
  }

  /** All of them run well, and their verdicts are known. */
  static async healthy(...services: readonly ServiceSpec[]): Promise<Rig> {
    const rig = new Rig(...services);
    rig.listen();
    for (const { key } of services) rig.findings.set(key, finding(`${key} is down.`));
    for (const { key } of services) await rig.world.up(key);
    return rig;
  }

  get messages(): readonly string[] {
    return this.shown.map(({ message }) => message);
  }

  /** The person closes every notification. */
  async close(): Promise<void> {
    for (const close of this.#close.splice(0)) close();
    await settle();
  }

  dispose(): void {
    this.#announcer?.dispose();
  }
}

describe('app: announcements', () => {
  it('tells of a crash once, after the time in which others may fall, with the verdict and its action', async () => {
    const rig = await Rig.healthy(server('web', 8000));
    await rig.world.crash();
    await rig.world.clock.turn(collecting - 301);
    assert.deepEqual(rig.messages, []);
    await rig.world.clock.turn(600_000);
    assert.deepEqual(rig.messages, ['web is down.']);
    const [notice] = rig.shown;
    assert.equal(notice?.severity, 'error');
    assert.deepEqual(
      notice.buttons.map(({ title }) => title),
      ['Mend It', 'Diagnose', 'Show Terminal'],
    );
    assert.equal(rig.world.clock.pending, 0);
  });

  it('tells of five that fall together in one notification, the one that the others need first', async () => {
    const rig = await Rig.healthy(
      server('web', 8001, { dependsOn: on('api') }),
      server('api', 8002, { dependsOn: on('db') }),
      server('worker', 8003, { dependsOn: on('db') }),
      server('docs', 8004),
      server('db', 8005),
    );
    for (const id of ['web', 'docs', 'api', 'worker', 'db']) await rig.world.crash(id);
    await rig.world.clock.turn(60_000);
    assert.deepEqual(rig.messages, ['db is down. And 4 more services: docs, api, worker, web.']);
  });

  it('names a backend before the frontend whose diagnosis blames it', async () => {
    const rig = await Rig.healthy(server('frontend', 8001), server('backend', 8002));
    rig.findings.set('frontend', finding('frontend cannot reach backend.', 'backend'));
    for (const id of ['frontend', 'backend']) await rig.world.crash(id);
    await rig.world.clock.turn(60_000);
    assert.deepEqual(rig.messages, ['backend is down. And 1 more service: frontend.']);
  });

  it('does not tell of consequences when their cause was told, by dependsOn or by the diagnosis', async () => {
    const rig = await Rig.healthy(server('db', 8001), server('api', 8002, { dependsOn: on('db') }), server('proxied', 8003));
    rig.findings.set('proxied', finding('proxied cannot reach db.', 'db'));
    await rig.world.crash('db');
    await rig.world.clock.turn(30_000);
    for (const port of [8002, 8003]) rig.world.prober.refuse(port);
    await rig.world.clock.turn(60_000);
    assert.deepEqual(rig.messages, ['db is down.']);
    await rig.world.up('db');
    await rig.world.clock.turn(60_000);
    assert.deepEqual(rig.messages, ['db is down.', 'api is down.'], 'api is down still, and db is no reason any more');
  });

  it('says nothing of a stop by hand, of a failure that is tried again, or of what recovers in time', async () => {
    const rig = await Rig.healthy(
      server('stopped', 8001),
      server('retried', 8002, { restart: 'on-failure' }),
      server('blinks', 8003),
    );
    rig.world.supervisor.stop('stopped');
    await rig.world.crash('retried');
    rig.world.prober.refuse(8003);
    await rig.world.clock.turn(1500);
    assert.equal(rig.world.snapshot('blinks').health, 'unhealthy');
    rig.world.prober.answer(8003);
    await rig.world.clock.turn(600_000);
    assert.deepEqual([rig.messages, rig.diagnosed], [[], []]);
  });

  it('says nothing of what recovers while it is being diagnosed', async () => {
    const rig = await Rig.healthy(server('web', 8000));
    rig.looks.close();
    await rig.world.crash();
    await rig.world.clock.turn(collecting);
    assert.deepEqual(rig.diagnosed, ['web']);
    await rig.world.up();
    rig.looks.open();
    await rig.world.clock.turn(600_000);
    assert.deepEqual(rig.messages, []);
  });

  it('tells of the others when the first of them recovers while it is being diagnosed', async () => {
    const rig = await Rig.healthy(server('api', 8001), server('web', 8002, { dependsOn: on('api') }));
    rig.looks.close();
    for (const id of ['api', 'web']) await rig.world.crash(id);
    await rig.world.clock.turn(collecting);
    await rig.world.up('api');
    rig.looks.open();
    await rig.world.clock.turn(60_000);
    assert.deepEqual(rig.messages, ['web is down.']);
  });

  it('tells when it gave up, and of a start by hand that fails each time', async () => {
    const rig = await Rig.healthy(server('web', 8000, { restart: 'on-failure', maxRestarts: 1 }));
    await rig.world.crash();
    await rig.world.clock.turn(5000);
    await rig.world.crash();
    await rig.world.clock.turn(5000);
    assert.equal(rig.messages.length, 1);
    rig.world.refusal = { kind: 'missingFolder', path: '/shop/web' };
    for (const times of [2, 3]) {
      rig.world.supervisor.start('web');
      await rig.world.clock.turn(5000);
      assert.equal(rig.messages.length, times);
    }
  });

  it('tells of what failed before it was loaded', async () => {
    const rig = new Rig(server('web', 8000), server('api', 8001));
    rig.world.refusal = { kind: 'missingFolder', path: '/shop' };
    for (const id of ['web', 'api']) rig.world.supervisor.start(id, 'auto');
    await rig.world.clock.turn(1000);
    rig.listen();
    await rig.world.clock.turn(5000);
    assert.deepEqual(rig.messages, [
      'web: Failed. Its folder /shop does not exist: create it, or correct "cwd" in services.json. And 1 more service: api.',
    ]);
  });

  it('does not repeat what is still on the screen, and tells again when it was closed', async () => {
    const rig = await Rig.healthy(server('web', 8000));
    const failAfterLong = async (): Promise<void> => {
      await rig.world.clock.turn(70_000);
      await rig.world.crash();
      await rig.world.clock.turn(5000);
    };
    await failAfterLong();
    rig.world.supervisor.start('web', 'auto');
    await failAfterLong();
    assert.equal(rig.messages.length, 1);
    await rig.close();
    rig.world.supervisor.start('web', 'auto');
    await failAfterLong();
    assert.equal(rig.messages.length, 2);
  });

  it('leaves the outcome of a start to the program that waits for it', async () => {
    const rig = new Rig(server('web', 8000));
    rig.listen();
    rig.world.refusal = { kind: 'missingFolder', path: '/shop' };
    rig.awaited.add('web');
    rig.world.supervisor.start('web');
    await rig.world.clock.turn(5000);
    rig.awaited.clear();
    await rig.world.clock.turn(60_000);
    assert.deepEqual(rig.messages, []);
  });

  it('says nothing when it is not wanted, also not later', async () => {
    const rig = await Rig.healthy(server('web', 8000));
    rig.isWanted = false;
    await rig.world.crash();
    await rig.world.clock.turn(5000);
    rig.isWanted = true;
    await rig.world.clock.turn(60_000);
    assert.deepEqual([rig.messages, rig.diagnosed], [[], []]);
  });

  it('waits while a debugger holds something, and tells of what is unhealthy after it', async () => {
    const rig = await Rig.healthy(server('web', 8000));
    rig.world.isPaused = true;
    rig.world.prober.refuse(8000);
    await rig.world.clock.turn(120_000);
    assert.deepEqual(rig.messages, []);
    rig.world.isPaused = false;
    await rig.world.clock.turn(10_000);
    assert.deepEqual(rig.messages, ['web is down.']);
    assert.equal(rig.shown[0]?.severity, 'warning');
  });

  it('examines at most five of a hundred that fall together, and tells of all in one notification', async () => {
    const all = Array.from({ length: 100 }, (_, index) => server(`s${index}`, 9000 + index));
    const rig = await Rig.healthy(...all);
    for (const { key } of all) {
      for (const { identity } of rig.world.machine.living(key)) rig.world.machine.end(identity.pid);
    }
    rig.world.trees.look();
    await rig.world.clock.turn(60_000);
    assert.equal(rig.messages.length, 1);
    assert.match(rig.messages[0] ?? '', /^s0 is down\. And 99 more services: s1, s2, s3, s4, s5, s6, …$/);
    assert.equal(rig.diagnosed.length, 5);
  });

  it('leaves no timer, and shows nothing, when it ends while it collects or looks', async () => {
    for (const wait of [10, collecting]) {
      const rig = await Rig.healthy(server('web', 8000));
      rig.looks.close();
      await rig.world.crash();
      await rig.world.clock.turn(wait);
      rig.dispose();
      rig.looks.open();
      await rig.world.clock.turn(60_000);
      assert.deepEqual([rig.messages, rig.world.clock.pending], [[], 0]);
    }
  });
});
