/** Failure notifications in a world in memory: when, how often, and the root cause first. */
import assert from 'node:assert/strict';
import { FailureNotifier } from '../../../../src/app/notifications/notifier';
import type { Finding } from '../../../../src/core/diagnosis/finding';
import type { ServiceSpec } from '../../../../src/core/model/service';
import type { FailureNotification } from '../../../../src/core/notifications/failureNotification';
import { settle } from '../../../support/fakes/clock';
import { Gate } from '../../../support/fakes/gate';
import { probeSpec, serviceSpec } from '../../../support/fakes/specs';
import { FakeWorld } from '../../../support/fakes/world';

const collectionTimeMs = 2000;

const server = (key: string, port: number, changes: Partial<ServiceSpec> = {}): ServiceSpec =>
  serviceSpec(key, { port, probe: probeSpec({ failureThreshold: 1, interval: 1000, startPeriod: 0 }), ...changes });
const on = (...ids: readonly string[]) => ids.map((id) => ({ id, condition: 'healthy' as const }));

const finding = (title: string, blames?: string): Finding => ({
  code: 'crashed',
  severity: 'error',
  short: 'Out of memory',
  title,
  detail: '',
  evidence: [],
  actions: [
    { title: 'Fix It', command: 'serviceLifecycle.openFile' },
    ...(blames === undefined ? [] : [{ title: 'Diagnose', command: 'serviceLifecycle.diagnose', arguments: [blames] }]),
  ],
});

class Rig {
  readonly world: FakeWorld;
  readonly shown: FailureNotification[] = [];
  readonly diagnosed: string[] = [];
  readonly findings = new Map<string, Finding>();
  readonly awaited = new Set<string>();
  /** While it is closed, no diagnosis ends. */
  readonly diagnoses = new Gate();
  isWanted = true;
  #close: (() => void)[] = [];
  #notifier: FailureNotifier | undefined;

  constructor(...services: readonly ServiceSpec[]) {
    this.world = new FakeWorld(...services);
  }

  /** Loads the notifier. */
  load(): FailureNotifier {
    const { store, clock } = this.world;
    return (this.#notifier = new FailureNotifier({
      store,
      clock,
      diagnose: async (id) => {
        this.diagnosed.push(id);
        await this.diagnoses.pass();
        const found = this.findings.get(id);
        if (found === undefined) throw new Error('The diagnosis itself failed.');
        return [found];
      },
      isWanted: () => this.isWanted,
      isAwaited: (id) => this.awaited.has(id),
      isPausedInDebugger: (service) => this.world.debuggers.isPaused(service),
      show: (notification) => {
        this.shown.push(notification);
        return new Promise((close) => this.#close.push(close));
      },
    }));
  }

  /** Starts all services, and gives each a verdict. */
  static async healthy(...services: readonly ServiceSpec[]): Promise<Rig> {
    const rig = new Rig(...services);
    rig.load();
    for (const { key } of services) rig.findings.set(key, finding(`${key} is down.`));
    for (const { key } of services) await rig.world.up(key);
    return rig;
  }

  get messages(): readonly string[] {
    return this.shown.map(({ message }) => message);
  }

  /** Closes every notification as the user would. */
  async close(): Promise<void> {
    for (const close of this.#close.splice(0)) close();
    await settle();
  }

  dispose(): void {
    this.#notifier?.dispose();
  }
}

describe('app: failure notifications', () => {
  it('shows a crash once, after the collection time, with the verdict and its action', async () => {
    const rig = await Rig.healthy(server('web', 8000));
    await rig.world.crash();
    await rig.world.clock.turn(collectionTimeMs - 301);
    assert.deepEqual(rig.messages, []);
    await rig.world.clock.turn(600_000);
    assert.deepEqual(rig.messages, ['web is down.']);
    const [notification] = rig.shown;
    assert.equal(notification?.severity, 'error');
    assert.deepEqual(
      notification.buttons.map(({ title }) => title),
      ['Fix It', 'Diagnose', 'Terminal'],
    );
    assert.equal(rig.world.clock.pending, 0);
  });

  it('shows five services that fail together in one notification, with the root cause first', async () => {
    const rig = await Rig.healthy(
      server('web', 8001, { dependsOn: on('api') }),
      server('api', 8002, { dependsOn: on('db') }),
      server('worker', 8003, { dependsOn: on('db') }),
      server('docs', 8004),
      server('db', 8005),
    );
    for (const id of ['web', 'docs', 'api', 'worker', 'db']) await rig.world.crash(id);
    await rig.world.clock.turn(60_000);
    assert.deepEqual(rig.messages, ['db is down. Also affected: docs, api, worker, and web.']);
  });

  it('names a backend before the frontend whose diagnosis blames it', async () => {
    const rig = await Rig.healthy(server('frontend', 8001), server('backend', 8002));
    rig.findings.set('frontend', finding('frontend cannot reach backend.', 'backend'));
    for (const id of ['frontend', 'backend']) await rig.world.crash(id);
    await rig.world.clock.turn(60_000);
    assert.deepEqual(rig.messages, ['backend is down. Also affected: frontend.']);
  });

  it('does not notify about the consequences of a cause that has its notification, by dependsOn or by the diagnosis', async () => {
    const rig = await Rig.healthy(server('db', 8001), server('api', 8002, { dependsOn: on('db') }), server('proxied', 8003));
    rig.findings.set('proxied', finding('proxied cannot reach db.', 'db'));
    await rig.world.crash('db');
    await rig.world.clock.turn(30_000);
    for (const port of [8002, 8003]) rig.world.prober.refuse(port);
    await rig.world.clock.turn(60_000);
    assert.deepEqual(rig.messages, ['db is down.']);
    await rig.world.up('db');
    await rig.world.clock.turn(60_000);
    assert.deepEqual(rig.messages, ['db is down.', 'api is down.'], 'api is still down, and db no longer explains it');
  });

  it('does not notify about a manual stop, a failure with a retry, or a service that recovers in time', async () => {
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

  it('does not notify about a service that recovers during its diagnosis', async () => {
    const rig = await Rig.healthy(server('web', 8000));
    rig.diagnoses.close();
    await rig.world.crash();
    await rig.world.clock.turn(collectionTimeMs);
    assert.deepEqual(rig.diagnosed, ['web']);
    await rig.world.up();
    rig.diagnoses.open();
    await rig.world.clock.turn(600_000);
    assert.deepEqual(rig.messages, []);
  });

  it('notifies about the other services when the first one recovers during its diagnosis', async () => {
    const rig = await Rig.healthy(server('api', 8001), server('web', 8002, { dependsOn: on('api') }));
    rig.diagnoses.close();
    for (const id of ['api', 'web']) await rig.world.crash(id);
    await rig.world.clock.turn(collectionTimeMs);
    await rig.world.up('api');
    rig.diagnoses.open();
    await rig.world.clock.turn(60_000);
    assert.deepEqual(rig.messages, ['web is down.']);
  });

  it('notifies when a service gave up, and after each manual start that fails', async () => {
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

  it('notifies about a failure from before it was loaded', async () => {
    const rig = new Rig(server('web', 8000), server('api', 8001));
    rig.world.refusal = { kind: 'missingFolder', path: '/shop' };
    for (const id of ['web', 'api']) rig.world.supervisor.start(id, 'auto');
    await rig.world.clock.turn(1000);
    rig.load();
    await rig.world.clock.turn(5000);
    assert.deepEqual(rig.messages, [
      'web: Failed. Folder not found: /shop. Create it, or correct "cwd" in services.json. Also affected: api.',
    ]);
  });

  it('does not repeat a notification that is still on the screen, but does after it was closed', async () => {
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

  it('leaves the outcome of a start to the extension that waits for it', async () => {
    const rig = new Rig(server('web', 8000));
    rig.load();
    rig.world.refusal = { kind: 'missingFolder', path: '/shop' };
    rig.awaited.add('web');
    rig.world.supervisor.start('web');
    await rig.world.clock.turn(5000);
    rig.awaited.clear();
    await rig.world.clock.turn(60_000);
    assert.deepEqual(rig.messages, []);
  });

  it('does not notify while the setting forbids it, and does not catch up later', async () => {
    const rig = await Rig.healthy(server('web', 8000));
    rig.isWanted = false;
    await rig.world.crash();
    await rig.world.clock.turn(5000);
    rig.isWanted = true;
    await rig.world.clock.turn(60_000);
    assert.deepEqual([rig.messages, rig.diagnosed], [[], []]);
  });

  it('waits while a debugger is paused, and then notifies about what is still unhealthy', async () => {
    const rig = await Rig.healthy(server('web', 8000));
    rig.world.debuggers.holdsAll = true;
    rig.world.prober.refuse(8000);
    await rig.world.clock.turn(120_000);
    assert.deepEqual(rig.messages, []);
    rig.world.debuggers.holdsAll = false;
    await rig.world.clock.turn(10_000);
    assert.deepEqual(rig.messages, ['web is down.']);
    assert.equal(rig.shown[0]?.severity, 'warning');
  });

  it('diagnoses at most five of a hundred services that fail together, and shows all in one notification', async () => {
    const all = Array.from({ length: 100 }, (_, index) => server(`s${index}`, 9000 + index));
    const rig = await Rig.healthy(...all);
    for (const { key } of all) {
      for (const { identity } of rig.world.machine.living(key)) rig.world.machine.end(identity.pid);
    }
    rig.world.trees.look();
    await rig.world.clock.turn(60_000);
    assert.equal(rig.messages.length, 1);
    assert.match(rig.messages[0] ?? '', /^s0 is down\. Also affected: s1, s2, s3, s4, s5, s6, and 93 more\.$/);
    assert.equal(rig.diagnosed.length, 5);
  });

  it('leaves no timer and shows nothing when it is disposed while it collects or diagnoses', async () => {
    for (const wait of [10, collectionTimeMs]) {
      const rig = await Rig.healthy(server('web', 8000));
      rig.diagnoses.close();
      await rig.world.crash();
      await rig.world.clock.turn(wait);
      rig.dispose();
      rig.diagnoses.open();
      await rig.world.clock.turn(60_000);
      assert.deepEqual([rig.messages, rig.world.clock.pending], [[], 0]);
    }
  });
});
