/** How often the exit watch looks, on a clock that the test turns. */
import assert from 'node:assert/strict';
import type { Clock } from '../../../src/app/ports';
import type { ProcessIdentity } from '../../../src/core/model/process';
import { createExitWatch } from '../../../src/os/trees/exitWatch';
import { FakeClock } from '../../support/fakes/clock';
import { FakeMachine } from '../../support/fakes/machine';

class Scene {
  readonly machine = new FakeMachine();
  readonly #clock = new FakeClock();
  /** How often the process timer struck. */
  ticks = 0;
  readonly gone: number[] = [];
  readonly #counted: Clock = {
    now: () => this.#clock.now(),
    elapsed: () => this.#clock.elapsed(),
    after: (ms, call) =>
      this.#clock.after(ms, () => {
        this.ticks += 1;
        call();
      }),
  };
  readonly #dead = new Set<number>();
  readonly #watch = createExitWatch(
    { ...this.#table(), isAlive: ({ pid }) => !this.#dead.has(pid) },
    this.#counted,
    (pid) => !this.#dead.has(pid),
  );

  watch(hasSigns = false): ProcessIdentity & { suspect: () => void; dispose: () => void } {
    const { identity } = this.machine.spawn('web', 'run');
    return { ...identity, ...this.#watch(identity, () => this.gone.push(identity.pid), hasSigns) };
  }

  kill({ pid }: ProcessIdentity): void {
    this.#dead.add(pid);
  }

  turn(ms: number): Promise<void> {
    return this.#clock.turn(ms);
  }

  /** The time of day is set, or the machine slept. */
  set(ms: number): void {
    this.#clock.set(ms);
  }

  async ticksIn(ms: number): Promise<number> {
    const before = this.ticks;
    await this.turn(ms);
    return this.ticks - before;
  }

  #table() {
    return {
      list: () => this.machine.list(),
      cwd: () => this.machine.cwd(),
      identify: (pid: number) => this.machine.identify(pid),
    };
  }
}

describe('pace of the exit watch', () => {
  it('is 25 ms in the first seconds, and then four times a second for all processes together', async () => {
    const scene = new Scene();
    const watches = Array.from({ length: 100 }, () => scene.watch());
    const first = await scene.ticksIn(1000);
    assert.ok(first >= 36 && first <= 44, `${first} ticks in the first second`);
    await scene.turn(6000);
    assert.equal(await scene.ticksIn(10_000), 40);
    for (const each of watches) each.dispose();
    await scene.turn(1000);
    assert.equal(await scene.ticksIn(10_000), 0);
  });

  it('notices an end within 250 ms when it is quiet', async () => {
    const scene = new Scene();
    const watched = scene.watch();
    await scene.turn(10_100);
    scene.kill(watched);
    await scene.turn(250);
    assert.deepEqual(scene.gone, [watched.pid]);
  });

  it('looks at once when an end is suspected, and often after that, and comes to rest again', async () => {
    const scene = new Scene();
    const [watched, other] = [scene.watch(), scene.watch()];
    await scene.turn(10_010);
    scene.kill(watched);
    watched.suspect();
    await scene.turn(0);
    assert.deepEqual(scene.gone, [watched.pid]);
    other.suspect();
    await scene.turn(30);
    scene.kill(other);
    await scene.turn(25);
    assert.deepEqual(scene.gone, [watched.pid, other.pid]);
    const third = scene.watch();
    await scene.turn(10_000);
    third.suspect();
    await scene.turn(3000);
    assert.equal(await scene.ticksIn(1000), 4);
  });

  it('proves the start time after a sign of an end, where a check shows only that the pid exists', async () => {
    const machine = new FakeMachine();
    const clock = new FakeClock();
    const { identity } = machine.spawn('web', 'run');
    let proofs = 0;
    const identify = (pid: number) => {
      proofs += 1;
      return machine.identify(pid);
    };
    const table = { list: () => machine.list(), cwd: () => machine.cwd(), identify, isAlive: () => true };
    let gone = 0;
    const watch = createExitWatch(table, clock, () => true)(identity, () => (gone += 1));
    await clock.turn(20_000);
    assert.equal(proofs, 1, 'none without a sign');
    for (let signs = 0; signs < 40; signs += 1) {
      watch.suspect();
      await clock.turn(100);
    }
    assert.equal(proofs, 2, 'not one for each of many signs');
    machine.end(identity.pid);
    await clock.turn(5000);
    assert.equal(gone, 0);
    watch.suspect();
    await clock.turn(0);
    assert.equal(gone, 1);
  });

  it('is a second for those whose end something else reports, until it does', async () => {
    const scene = new Scene();
    const [first, second] = [scene.watch(true), scene.watch(true)];
    await scene.turn(10_000);
    assert.equal(await scene.ticksIn(10_000), 10);
    scene.kill(first);
    await scene.turn(1000);
    assert.deepEqual(scene.gone, [first.pid]);
    second.suspect();
    scene.kill(second);
    await scene.turn(25);
    assert.deepEqual(scene.gone, [first.pid, second.pid]);
  });

  it('is that of each process when both kinds are watched', async () => {
    const scene = new Scene();
    const [quick, slow] = [scene.watch(), scene.watch(true)];
    await scene.turn(10_100);
    scene.kill(quick);
    scene.kill(slow);
    await scene.turn(150);
    assert.deepEqual(scene.gone, [quick.pid]);
    assert.equal(await scene.ticksIn(700), 0);
    await scene.turn(50);
    assert.deepEqual(scene.gone, [quick.pid, slow.pid]);
  });

  it('goes on at its pace when the clock is set, and says nothing of what lives', async () => {
    const scene = new Scene();
    const watched = scene.watch();
    await scene.turn(10_000);
    for (const jump of [3_600_000, -7_200_000]) {
      scene.set(jump);
      assert.equal(await scene.ticksIn(1000), 4);
    }
    assert.deepEqual(scene.gone, []);
    scene.kill(watched);
    await scene.turn(250);
    assert.deepEqual(scene.gone, [watched.pid]);
  });
});
