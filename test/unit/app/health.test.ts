/** How a service is while it runs: ready, reloading, hung, on another port. */
import assert from 'node:assert/strict';
import type { ServiceSpec } from '../../../src/core/model/service';
import { settle } from '../../support/fakes/clock';
import { jobSpec, probeSpec, serviceSpec } from '../../support/fakes/specs';
import { FakeWorld } from '../../support/fakes/world';

const quick = (changes: Partial<ServiceSpec> = {}): ServiceSpec =>
  serviceSpec('web', { probe: probeSpec({ interval: 1000, startPeriod: 10_000 }), ...changes });

const hangs = { kind: 'noAnswer', timeout: 2000 } as const;

describe('app: ready', () => {
  it('is noticed soon after the port is open, within the start period without alarm', async () => {
    const world = new FakeWorld(quick());
    world.prober.refuse(8000);
    world.supervisor.start('web');
    await world.clock.turn(2000);
    assert.deepEqual([world.kind(), world.snapshot().health], ['starting', 'unknown']);
    world.prober.answer(8000);
    await world.clock.turn(25);
    assert.deepEqual([world.kind(), world.snapshot().health], ['running', 'healthy']);
  });

  it('is an alarm when nothing answers after the start period', async () => {
    const world = new FakeWorld(quick());
    world.prober.refuse(8000);
    await world.up();
    await world.clock.turn(9000);
    assert.equal(world.kind(), 'starting');
    await world.clock.turn(4000);
    assert.deepEqual([world.kind(), world.snapshot().health], ['running', 'unhealthy']);
  });

  it('is what the ready line says where nothing is probed, and simply running where there is no line either', async () => {
    const world = new FakeWorld(jobSpec('web', { readyLine: { kind: 'text', text: 'ready in' } }), jobSpec('job'));
    await world.up('web');
    await world.up('job');
    assert.deepEqual([world.kind('web'), world.kind('job')], ['starting', 'running']);
    world.terminals.tell.wrote(world.run(), 'VITE rea');
    world.terminals.tell.wrote(world.run(), 'dy in 300 ms\r\n');
    assert.equal(world.kind(), 'running');
  });

  it('goes on being asked quickly after a ready line that came before the port was open', async () => {
    const world = new FakeWorld(serviceSpec('web', { readyLine: { kind: 'text', text: 'complete' } }));
    world.prober.refuse(8000);
    await world.up();
    world.terminals.tell.wrote(world.run(), 'Application startup complete.\n');
    await world.clock.turn(500);
    assert.deepEqual([world.kind(), world.snapshot().health], ['running', 'unknown']);
    world.prober.answer(8000);
    await world.clock.turn(25);
    assert.equal(world.snapshot().health, 'healthy');
  });

  it('costs no probe when nothing runs', async () => {
    const world = new FakeWorld(quick());
    await world.up();
    world.supervisor.stop('web');
    await world.clock.turn(100);
    const asked = world.prober.asked.get(8000);
    await world.clock.turn(600_000);
    assert.equal(world.prober.asked.get(8000), asked);
  });
});

describe('app: a server that says "not yet"', () => {
  it('is asked at most three times a second from its first answer on, and 100 times a second before', async () => {
    const world = new FakeWorld(quick({ probe: probeSpec({ interval: 5000, startPeriod: 60_000 }) }));
    world.prober.refuse(8000);
    world.supervisor.start('web');
    await world.clock.turn(1000);
    const before = world.prober.asked.get(8000) ?? 0;
    assert.ok(before > 60, `${before} times`);
    world.prober.answer(8000, { kind: 'badStatus', status: 503, expected: '200–399' });
    for (let second = 0; second < 14; second++) {
      const asked = world.prober.asked.get(8000) ?? 0;
      await world.clock.turn(1000);
      const now = (world.prober.asked.get(8000) ?? 0) - asked;
      assert.ok(now >= 1 && now <= (second === 0 ? 4 : 3), `${now} times in second ${second}`);
    }
    world.prober.answer(8000);
    await world.clock.turn(500);
    assert.equal(world.snapshot().health, 'healthy');
  });
});

describe('app: reload', () => {
  const words = "WARNING:  WatchFiles detected changes in 'main.py'. Reloading...\r\n";

  it('is no alarm while it refuses, and over at the first answer', async () => {
    const world = new FakeWorld(quick());
    await world.up();
    world.prober.refuse(8000);
    world.terminals.tell.wrote(world.run(), words);
    // Not a whole second after the words: probes of a running service fall there.
    await world.clock.turn(5040);
    assert.equal(world.snapshot().health, 'reloading');
    world.prober.answer(8000);
    await world.clock.turn(60);
    assert.equal(world.snapshot().health, 'healthy');
  });

  it('is not over because of an answer from before it', async () => {
    const world = new FakeWorld(quick());
    await world.up();
    world.prober.gate.close();
    await world.clock.turn(1000);
    const letAnswer = world.prober.gate.replace();
    world.prober.refuse(8000);
    world.terminals.tell.wrote(world.run(), words);
    await world.clock.turn(500);
    world.prober.answer(8000);
    world.prober.gate.close();
    letAnswer();
    await settle();
    assert.equal(world.snapshot().health, 'reloading');
    world.prober.gate.open();
    await world.clock.turn(100);
    assert.equal(world.snapshot().health, 'healthy');
  });

  it('is an alarm after its deadline', async () => {
    const world = new FakeWorld(quick());
    await world.up();
    world.prober.refuse(8000);
    world.terminals.tell.wrote(world.run(), words);
    await world.clock.turn(9900);
    assert.equal(world.snapshot().health, 'reloading');
    await world.clock.turn(300);
    assert.equal(world.snapshot().health, 'unhealthy');
  });

  it('names a worker that is dead under a reloader that lives, until it answers again', async () => {
    const world = new FakeWorld(quick());
    await world.up();
    world.prober.answer(8000, hangs);
    world.terminals.tell.wrote(
      world.run(),
      `${words}Traceback (most recent call last):\r\nNameError: name 'x' is not defined\r\n`,
    );
    assert.match(world.snapshot().reason ?? '', /NameError: name 'x' is not defined \(the reloader is running/);
    await world.clock.turn(10_000);
    assert.match(world.snapshot().reason ?? '', /the reloader is running/);
    world.prober.answer(8000);
    await world.clock.turn(1100);
    assert.equal(world.snapshot().health, 'healthy');
  });

  it('does not take a server for dead that has answered since the reload, with whatever status', async () => {
    const busy = { kind: 'badStatus', status: 500, expected: '200–399' } as const;
    const world = new FakeWorld(quick());
    await world.up();
    world.prober.answer(8000, busy);
    world.terminals.tell.wrote(world.run(), words);
    await world.clock.turn(150);
    world.terminals.tell.wrote(world.run(), 'RuntimeError: table shop is missing\r\n');
    await world.clock.turn(12_000);
    assert.match(world.snapshot().reason ?? '', /HTTP 500/);
  });

  it('says that it answers as soon as it does, after an error that seemed to be its death', async () => {
    const world = new FakeWorld(quick());
    await world.up();
    world.prober.answer(8000, hangs);
    world.terminals.tell.wrote(world.run(), `${words}RuntimeError: table shop is missing\r\n`);
    assert.match(world.snapshot().reason ?? '', /the reloader is running/);
    world.prober.answer(8000, { kind: 'badStatus', status: 500, expected: '200–399' });
    await world.clock.turn(2000);
    assert.match(world.snapshot().reason ?? '', /HTTP 500/);
  });

  it('does not take an error that a healthy server logs for its death', async () => {
    const world = new FakeWorld(quick());
    await world.up();
    world.terminals.tell.wrote(world.run(), "KeyError: 'user'\r\n");
    assert.equal(world.snapshot().health, 'healthy');
  });
});

describe('app: hung', () => {
  it('is told from down, with counts', async () => {
    const world = new FakeWorld(quick());
    await world.up();
    world.connections = new Map([
      ['CLOSE_WAIT', 40],
      ['ESTABLISHED', 2],
    ]);
    world.listeners = [1, 2].map((pid) => ({ port: 8000, address: '0.0.0.0', family: 4, pids: [pid] }));
    world.prober.answer(8000, hangs);
    await world.clock.turn(10_000);
    const { reason = '', health } = world.snapshot();
    assert.equal(health, 'unhealthy');
    assert.match(reason, /Accepts connections but did not respond/);
    assert.match(reason, /2 servers share the port/);
    assert.match(reason, /3\d connections are left unclosed/);
  });

  it('is inspected once, however long it lasts', async () => {
    const world = new FakeWorld(quick());
    await world.up();
    world.prober.answer(8000, hangs);
    await world.clock.turn(60_000);
    assert.equal(world.inspections, 1);
  });

  it('is looked into also when it was down before, and forgotten when it is down again', async () => {
    const world = new FakeWorld(quick());
    await world.up();
    world.connections = new Map([['CLOSE_WAIT', 40]]);
    world.prober.refuse(8000);
    await world.clock.turn(10_000);
    assert.doesNotMatch(world.snapshot().reason ?? '', /CLOSE_WAIT/);
    world.prober.answer(8000, hangs);
    await world.clock.turn(2000);
    assert.match(world.snapshot().reason ?? '', /CLOSE_WAIT/);
    world.prober.refuse(8000);
    await world.clock.turn(2000);
    assert.doesNotMatch(world.snapshot().reason ?? '', /CLOSE_WAIT/);
  });
});

describe('app: another port than configured', () => {
  it('is noticed in the output, said, and offered once', async () => {
    const world = new FakeWorld(quick());
    world.prober.refuse(8000);
    await world.up();
    const line =
      '  \u001b[32m➜\u001b[39m  \u001b[1mLocal\u001b[22m:   \u001b[36mhttp://localhost:\u001b[1m5174\u001b[22m/\u001b[39m\r\n';
    world.terminals.tell.wrote(world.run(), line + line);
    assert.deepEqual(world.offers, [5174]);
    assert.match(world.snapshot().reason ?? '', /reports port 5174, not 8000/);
  });

  it('is none when it is the configured one', async () => {
    const world = new FakeWorld(quick());
    await world.up();
    world.terminals.tell.wrote(world.run(), '  ➜  Local:   http://localhost:8000/\r\n');
    assert.deepEqual(world.offers, []);
  });
});

describe('app: a sign of an end', () => {
  for (const kind of ['refused', 'reset'] as const) {
    it(`is a probe that is ${kind} after an answer, once`, async () => {
      const world = new FakeWorld(quick());
      await world.up();
      await world.clock.turn(2000);
      assert.deepEqual(world.trees.suspected, []);
      world.prober.answer(8000, kind === 'refused' ? { kind, port: 8000 } : { kind });
      await world.clock.turn(1000);
      assert.deepEqual(world.trees.suspected, [world.pid()]);
      await world.clock.turn(60_000);
      assert.deepEqual(world.trees.suspected, [world.pid()], 'a service that is down is no reason to look often for ever');
    });
  }

  it('is no answer that comes late, and no closed port before the first answer', async () => {
    const world = new FakeWorld(quick());
    world.prober.refuse(8000);
    await world.up();
    await world.clock.turn(3000);
    world.prober.answer(8000);
    await world.clock.turn(3000);
    world.prober.answer(8000, hangs);
    await world.clock.turn(3000);
    assert.deepEqual(world.trees.suspected, []);
  });

  it('lets the processes be looked for again, as a reload does', async () => {
    const world = new FakeWorld(quick());
    await world.up();
    const expected = (): number => world.trees.steps.filter((step) => step === 'expect').length;
    world.terminals.tell.wrote(world.run(), 'Listening on port 8000\r\n');
    assert.equal(expected(), 0);
    world.terminals.tell.wrote(world.run(), "WARNING:  WatchFiles detected changes in 'main.py'. Reloading...\r\n");
    assert.equal(expected(), 1);
    await world.clock.turn(2000);
    world.prober.answer(8000, { kind: 'reset' });
    await world.clock.turn(1000);
    assert.equal(expected(), 2);
  });

  it('is a stop', async () => {
    const world = new FakeWorld(quick());
    await world.up();
    const pid = world.pid();
    world.supervisor.stop('web');
    await world.clock.turn(100);
    assert.deepEqual(world.trees.suspected, [pid]);
  });
});
