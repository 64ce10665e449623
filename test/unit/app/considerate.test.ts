/** How often services are probed: at shared moments, and less often while nobody looks. */
import assert from 'node:assert/strict';
import { ProbeRounds } from '../../../src/app/run/probeRounds';
import { onGrid, toGrid, untilGrid } from '../../../src/core/model/grid';
import { probeFactorOf } from '../../../src/core/model/probePace';
import { probeSpec, serviceSpec } from '../../support/fakes/specs';
import { FakeWorld, nothing } from '../../support/fakes/world';

const minuteMs = 60_000;
const asked = (world: FakeWorld, port = 8000): number => world.prober.asked.get(port) ?? 0;

async function askedIn(world: FakeWorld, ms: number): Promise<number> {
  const before = asked(world);
  await world.clock.turn(ms);
  return asked(world) - before;
}

const service = () => serviceSpec('web', { probe: probeSpec({ interval: 5000, failureThreshold: 3 }) });

/** Healthy for longer than a minute, in a window without focus. */
async function steady(): Promise<FakeWorld> {
  const world = new FakeWorld(service());
  await world.up();
  world.probeFactor = 3;
  await world.clock.turn(2 * minuteMs);
  return world;
}

describe('app: considerate probes', () => {
  it('come less often in a window without focus, once the service was healthy for a minute', async () => {
    const world = new FakeWorld(service());
    world.probeFactor = 3;
    await world.up();
    const early = await askedIn(world, minuteMs - 5000);
    assert.ok(early >= 10, `${early} probes in the first minute`);
    await world.clock.turn(20_000);
    assert.equal(await askedIn(world, 5 * minuteMs), 20);
  });

  it('come at their interval with the focus', async () => {
    const world = new FakeWorld(service());
    await world.up();
    await world.clock.turn(2 * minuteMs);
    assert.equal(await askedIn(world, minuteMs), 12);
  });

  it('come at their interval when one has failed', async () => {
    const world = await steady();
    world.prober.refuse(8000);
    await world.clock.turn(15_000);
    assert.equal(world.snapshot().health, 'healthy');
    await world.clock.turn(10_000);
    assert.equal(world.snapshot().health, 'unhealthy');
  });

  it('are made up for within a second when the window gets the focus, once', async () => {
    const world = await steady();
    const first = asked(world);
    while (asked(world) === first) await world.clock.turn(250);
    await world.clock.turn(10_000);
    world.focus();
    world.focus();
    assert.equal(await askedIn(world, 1000), 1);
    assert.equal(await askedIn(world, minuteMs), 12);
  });

  it('leave nothing behind after a stop', async () => {
    const world = await steady();
    world.supervisor.stop('web');
    await world.clock.turn(minuteMs);
    assert.deepEqual(world.leftovers(), { ...nothing, terminalListeners: 1 });
  });

  it('of several services share their moments', async () => {
    const world = new FakeWorld(...[8000, 8001, 8002].map((port) => serviceSpec(`s${port}`, { port, probe: probeSpec() })));
    for (const port of [8000, 8001, 8002]) {
      await world.up(`s${port}`);
      await world.clock.turn(37);
    }
    await world.clock.turn(minuteMs);
    const counts = (): string => [8000, 8001, 8002].map((port) => asked(world, port)).join(' ');
    const moments = new Set<number>();
    for (let at = 0, before = counts(); at < 20_000; at += 1) {
      await world.clock.turn(1);
      if (counts() !== before) moments.add(world.clock.elapsed() % 250);
      before = counts();
    }
    assert.deepEqual([...moments], [0]);
  });
});

/** When each of `ports` is asked within `ms`, on the monotonic clock. */
async function momentsIn(world: FakeWorld, ports: readonly number[], ms: number): Promise<readonly (readonly number[])[]> {
  const seen = ports.map((): number[] => []);
  const counts = ports.map((port) => asked(world, port));
  for (let passed = 0; passed < ms; passed += 10) {
    await world.clock.turn(10);
    ports.forEach((port, at) => {
      if (asked(world, port) !== counts[at]) seen[at]?.push(world.clock.elapsed());
      counts[at] = asked(world, port);
    });
  }
  return seen;
}

describe('app: rounds of probes', () => {
  const portsOf = (count: number): readonly number[] => Array.from({ length: count }, (_, at) => 8000 + at);
  const started = async (ports: readonly number[]): Promise<FakeWorld> => {
    const world = new FakeWorld(...ports.map((port) => serviceSpec(`s${port}`, { port, probe: probeSpec({ interval: 5000 }) })));
    for (const port of ports) {
      await world.up(`s${port}`);
      await world.clock.turn(137);
    }
    return world;
  };

  it('gather services that were started one after another', async () => {
    const ports = portsOf(8);
    const world = await started(ports);
    await world.clock.turn(30_000);
    const moments = await momentsIn(world, ports, 20_000);
    assert.ok(new Set(moments.flat()).size <= 8, `asked at ${[...new Set(moments.flat())].join(', ')}`);
  });

  it('hold at most ten, and lose none', async () => {
    const ports = portsOf(35);
    const world = await started(ports);
    await world.clock.turn(30_000);
    const moments = await momentsIn(world, ports, 20_000);
    const sizes = new Map<number, number>();
    for (const each of moments.flat()) sizes.set(each, (sizes.get(each) ?? 0) + 1);
    assert.ok(Math.max(...sizes.values()) <= 10, `rounds of ${[...sizes.values()].join(', ')}`);
    assert.ok(sizes.size <= 5 * 4, `${sizes.size} rounds in 20 s`);
    assert.deepEqual([...new Set(moments.map((each) => each.length))], [4]);
  });

  it('move a probe by at most a fifth of its interval, and then no more', async () => {
    const ports = portsOf(35);
    const world = await started(ports);
    const early = await momentsIn(world, ports, 40_000);
    const pauses = (each: readonly number[]): number[] => each.slice(1).map((at, index) => at - (each[index] ?? 0));
    for (const pause of early.flatMap(pauses)) assert.ok(pause >= 3990 && pause <= 6010, `${pause} ms`);
    const late = await momentsIn(world, ports, 20_000);
    assert.deepEqual([...new Set(late.flatMap(pauses))], [5000]);
  });

  it('are not joined by commands, each of which starts a process', async () => {
    const world = new FakeWorld(serviceSpec('web', { probe: probeSpec({ target: { kind: 'exec', command: 'check' } }) }));
    await world.up();
    await world.clock.turn(30_000);
    assert.equal(world.snapshot().health, 'healthy');
    assert.equal(world.probeRounds.size, 0);
  });

  it('are joined where most take part, unless they are full, and given up', () => {
    const rounds = new ProbeRounds();
    const joined = Array.from({ length: 10 }, () => rounds.join(5000, 500));
    assert.equal(rounds.join(5000, 0).pause, 5000);
    joined[0]?.dispose();
    assert.equal(rounds.join(5000, 0).pause, 5500);
    assert.equal(rounds.join(5000, 1750).pause, 5000);
    joined.slice(1).forEach((place) => place.dispose());
    assert.equal(rounds.size, 3);
  });

  it('are joined by no probe that would move by more than a second', () => {
    const pauseAfter = (elapsed: number): number => {
      const rounds = new ProbeRounds();
      rounds.join(4000, 0);
      rounds.join(4000, 0);
      return rounds.join(5000, elapsed).pause;
    };
    assert.deepEqual([0, 120, 130].map(pauseAfter), [4000, 4880, 5120]);
  });

  it('leave a delay below a second as it is', () => {
    const rounds = new ProbeRounds();
    rounds.join(1000, 0);
    assert.equal(rounds.join(999, 17.3).pause, 999);
    assert.equal(rounds.size, 1);
  });
});

describe('core/model/grid', () => {
  it('leaves short delays alone and moves long ones by at most an eighth of a second', () => {
    assert.deepEqual(
      [10, 399, 999].map((delay) => onGrid(delay, 17.3)),
      [10, 399, 999],
    );
    for (const delay of [1000, 5000, 60_000]) {
      for (let elapsed = 0; elapsed < 1000; elapsed += 13.7) {
        const moved = onGrid(delay, elapsed);
        assert.ok(Math.abs(moved - delay) <= 125);
        assert.ok(Math.abs((elapsed + moved) % 250) < 1e-6 || 250 - ((elapsed + moved) % 250) < 1e-6);
      }
    }
  });

  it('moves a short delay to the nearest shared moment where that is wanted', () => {
    assert.equal(toGrid(500, 17.3), 500 - 17.3);
    assert.equal(toGrid(500, 130), 620);
  });

  it('never waits for the moment that is now', () => {
    assert.equal(untilGrid(500), 250);
    assert.equal(untilGrid(501), 249);
  });
});

describe('serviceLifecycle.unfocusedProbeFactor', () => {
  it('is a factor from 1 to 60, whatever is written', () => {
    const written = [1, 2.5, 0, -3, 1000, Number.NaN, '5', undefined, null];
    assert.deepEqual(written.map(probeFactorOf), [1, 2.5, 1, 1, 60, 3, 3, 3, 3]);
  });
});
