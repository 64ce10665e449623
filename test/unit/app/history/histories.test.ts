/** What is recorded of services, and continued by the next window. */
import assert from 'node:assert/strict';
import { EventLog } from '../../../../src/app/agents/eventLog';
import { Histories } from '../../../../src/app/history/histories';
import type { HistoryStorage } from '../../../../src/app/history/ports';
import { Sampling } from '../../../../src/app/history/sampling';
import type { ProcessUsage } from '../../../../src/app/history/ports';
import type { HistoryEntry, HistorySample } from '../../../../src/core/history/record';
import { known } from '../../../../src/core/model/process';
import { verdictKey } from '../../../../src/core/snapshot/verdictKey';
import { serviceSpec } from '../../../support/fakes/specs';
import { FakeWorld } from '../../../support/fakes/world';

class Disk implements HistoryStorage {
  readonly kept = new Map<string, HistoryEntry[]>();

  read(identity: string): Promise<readonly HistoryEntry[]> {
    return Promise.resolve([...(this.kept.get(identity) ?? [])]);
  }

  append(identity: string, entries: readonly HistoryEntry[]): void {
    this.kept.set(identity, [...(this.kept.get(identity) ?? []), ...entries]);
  }

  get whats(): readonly string[] {
    return [...this.kept.values()].flat().map((entry) => (entry.kind === 'event' ? entry.what : entry.kind));
  }
}

const spec = serviceSpec();

function historiesOf(world: FakeWorld, files: Disk, isOurs = true): Histories {
  const { store, clock, logs } = world;
  const events = new EventLog({ store, clock, numbers: logs });
  return new Histories({ store, clock, events, files, isOurs: () => isOurs });
}

describe('app/history: what is recorded', () => {
  it('is each start, failure and restart, with who requested it and why', async () => {
    const [world, disk] = [new FakeWorld(spec), new Disk()];
    const histories = historiesOf(world, disk);
    await world.up();
    await world.crash();
    await world.clock.turn(10_000);
    const { events } = await histories.read(spec);
    assert.deepEqual(events.map(({ what, by }) => [what, by?.kind]).slice(0, 3), [
      ['started', 'user'],
      ['ready', undefined],
      ['failed', undefined],
    ]);
    assert.ok(events[2]?.cause !== undefined && events[2].reason !== undefined && events[2].run !== undefined);
  });

  it('holds the verdict of a diagnosis once', async () => {
    const [world, disk] = [new FakeWorld(spec), new Disk()];
    const histories = historiesOf(world, disk);
    await world.up();
    await world.crash();
    await world.clock.turn(2000);
    for (let count = 0; count < 2; count += 1) {
      world.store.setVerdict('web', verdictKey(world.service('web')), {
        code: 'killed',
        title: 'It was killed.',
        short: 'out of memory',
      });
      world.store.setVerdict('web', verdictKey(world.service('web')), undefined);
    }
    await world.clock.turn(1);
    const { verdicts } = await histories.read(spec);
    assert.deepEqual(
      verdicts.map(({ code, short }) => [code, short]),
      [['killed', 'out of memory']],
    );
  });

  it('is nothing of services that another window supervises', async () => {
    const [world, disk] = [new FakeWorld(spec), new Disk()];
    historiesOf(world, disk, false);
    await world.up();
    assert.deepEqual(disk.whats, []);
  });

  it('is no new start in the next window, when the service has gone on', async () => {
    const [before, disk] = [new FakeWorld(spec), new Disk()];
    historiesOf(before, disk).dispose();
    const first = historiesOf(before, disk);
    await before.up();
    first.dispose();
    const written = [...disk.whats];
    const second = historiesOf(before, disk);
    await before.clock.turn(20_000);
    assert.deepEqual(disk.whats, written);
    second.dispose();
  });

  it('includes the end of a service that has gone while no window was open', async () => {
    const [before, disk] = [new FakeWorld(spec), new Disk()];
    const first = historiesOf(before, disk);
    await before.up();
    first.dispose();
    const after = new FakeWorld(spec);
    historiesOf(after, disk);
    await after.clock.turn(20_000);
    assert.equal(disk.whats.at(-1), 'lost');
  });
});

describe('app/history: sampling', () => {
  const sampled = (world: FakeWorld, used: () => readonly Omit<ProcessUsage, 'born'>[]) => {
    const samples: HistorySample[] = [];
    let passes = 0;
    const sampling = new Sampling({
      store: world.store,
      clock: world.clock,
      reader: {
        usage: (processes) => {
          passes += 1;
          return Promise.resolve(
            known(
              used().flatMap((each) =>
                processes.filter(({ pid }) => pid === each.pid).map((process) => ({ ...each, ...process })),
              ),
            ),
          );
        },
      },
      processesOf: (id) => world.supervisor.runOf(id)?.tree?.known() ?? [],
      isOurs: () => true,
      record: (taken) => void samples.push(...taken.values()),
    });
    return { sampling, samples, passes: () => passes };
  };

  it('reads processor time and memory of all processes of a service every 15 s', async () => {
    const world = new FakeWorld(spec);
    await world.up();
    const pid = world.snapshot().pid ?? 0;
    let cpuMs = 1000;
    const { samples, sampling } = sampled(world, () => [{ pid, cpuMs: (cpuMs += 3000), memory: 50_000_000 }]);
    await world.clock.turn(40_000);
    assert.deepEqual(
      samples.map(({ cpu, memory }) => [cpu, memory]),
      [
        [undefined, 50_000_000],
        [20, 50_000_000],
        [20, 50_000_000],
      ],
    );
    const { cpu, memory } = world.snapshot();
    assert.deepEqual([cpu, memory], [20, 50_000_000]);
    sampling.dispose();
  });

  it('counts nothing of a process before the one that has its pid now', async () => {
    const world = new FakeWorld(spec);
    await world.up();
    const pid = world.snapshot().pid ?? 0;
    let born = 'first';
    const usages = new Map<string, number>([
      ['first', 1000],
      ['second', 1200],
    ]);
    const samples: HistorySample[] = [];
    const sampling = new Sampling({
      store: world.store,
      clock: world.clock,
      reader: { usage: () => Promise.resolve(known([{ pid, born, cpuMs: usages.get(born) ?? 0, memory: 1 }])) },
      processesOf: () => [{ pid, born }],
      isOurs: () => true,
      record: (taken) => void samples.push(...taken.values()),
    });
    await world.clock.turn(2100);
    usages.set('first', 1150);
    await world.clock.turn(15_000);
    born = 'second';
    await world.clock.turn(15_000);
    sampling.dispose();
    assert.deepEqual(
      samples.map(({ cpu }) => cpu),
      [undefined, 1, undefined],
    );
  });

  it('takes one pass for all services, and none while nothing runs', async () => {
    const world = new FakeWorld(serviceSpec('a'), serviceSpec('b'));
    const { passes, sampling } = sampled(world, () => []);
    await world.clock.turn(60_000);
    assert.equal(passes(), 0);
    await world.up('a');
    await world.up('b');
    const before = passes();
    await world.clock.turn(30_000);
    assert.equal(passes() - before, 2);
    sampling.dispose();
  });

  it('leaves no figures of a service that has stopped', async () => {
    const world = new FakeWorld(spec);
    await world.up();
    const pid = world.snapshot().pid ?? 0;
    const { sampling } = sampled(world, () => [{ pid, cpuMs: 1, memory: 5 }]);
    await world.clock.turn(3000);
    assert.equal(world.snapshot().memory, 5);
    world.supervisor.stop(spec.id);
    await world.clock.turn(20_000);
    assert.equal(world.snapshot().memory, undefined);
    sampling.dispose();
  });
});
