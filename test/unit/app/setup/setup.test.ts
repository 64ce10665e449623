/** Setup steps in the world of fakes: which run, in what order, for whom, and what a stop in the middle leaves. */
import assert from 'node:assert/strict';
import { serviceSpec } from '../../../support/fakes/specs';
import { FakeWorld, nothing } from '../../../support/fakes/world';
import { begin, end, step, withSteps } from './setupSteps';

describe('app: setup', () => {
  it('runs the steps in their order, says which one, and launches the service after the last', async () => {
    const world = withSteps(step('install'), step('migrate'));
    await begin(world);
    assert.deepEqual(
      [world.snapshot().lifecycle, world.snapshot().reason],
      ['starting', 'Running setup step "install" (1 of 2).'],
    );
    assert.deepEqual([world.setup.launched, world.terminals.order], [['install'], []]);
    await end(world, 'install');
    assert.equal(world.snapshot().reason, 'Running setup step "migrate" (2 of 2).');
    assert.deepEqual([world.setup.launched, world.terminals.order], [['install', 'migrate'], []]);
    await end(world, 'migrate');
    assert.deepEqual([world.terminals.order, world.snapshot().health], [['web'], 'healthy']);
    world.supervisor.dispose();
    assert.deepEqual(world.leftovers(), nothing);
  });

  it('passes over a step whose result is there and not older than what it is made from', async () => {
    const world = withSteps(step('fresh', '/fresh'), step('stale', '/stale'), step('plain', '/plain'));
    world.setup.made.set('/fresh', { at: 200, from: 100 });
    world.setup.made.set('/stale', { at: 100, from: 200 });
    world.setup.made.set('/plain', { at: 100, from: undefined });
    await begin(world);
    assert.equal(world.snapshot().reason, 'Running setup step "stale" (2 of 3).');
    await end(world, 'stale');
    assert.deepEqual([world.setup.launched, world.kind()], [['stale'], 'running']);
  });

  it('does not repeat a step that succeeded without making the path newer, until what it is made from changes', async () => {
    const world = withSteps(step('pip', '/.venv'));
    world.setup.made.set('/.venv', { at: 100, from: 200 });
    await begin(world);
    await end(world, 'pip');
    world.supervisor.restart('web');
    await world.clock.turn(100);
    assert.deepEqual([world.setup.launched, world.kind()], [['pip'], 'running']);
    world.setup.made.set('/.venv', { at: 100, from: world.clock.now() + 1 });
    world.supervisor.restart('web');
    await world.clock.turn(100);
    assert.deepEqual(world.setup.launched, ['pip', 'pip']);
  });

  it('runs a step that was cut off again, although what it makes is there', async () => {
    const world = withSteps(step('install', '/node_modules'));
    await begin(world);
    world.setup.made.set('/node_modules', { at: world.clock.now(), from: 100 });
    world.supervisor.stop('web');
    await world.clock.turn(5000);
    assert.equal(world.kind(), 'stopped');
    await begin(world);
    assert.deepEqual(world.setup.launched, ['install', 'install']);
  });

  it('fails with the step that failed, its exit code and its last words, whatever `restart` says', async () => {
    const world = new FakeWorld(serviceSpec('web', { setup: [step('install'), step('next')], restart: 'always' }));
    await begin(world);
    const child = world.machine.spawn('left behind', world.setup.of('install').process.run);
    await end(world, 'install', 1, 'npm error code ERESOLVE', 'npm error: could not resolve');
    await world.clock.turn(60_000);
    const { lifecycle, reason, exitCode } = world.snapshot();
    assert.deepEqual(
      [lifecycle, reason, exitCode],
      [
        'failed',
        'could not resolve (setup step "install" failed with exit code 1). Will retry when a file in its folder is saved.',
        undefined,
      ],
    );
    assert.deepEqual([world.setup.launched, world.terminals.order], [['install'], []]);
    assert.equal(world.machine.isAlive(child.identity), false, 'what the step left behind is ended');
    assert.deepEqual(world.leftovers(), { ...nothing, terminalListeners: 1 });
  });

  it('is tried again when a file of the service is saved', async () => {
    const world = withSteps(step('install'));
    await begin(world);
    await end(world, 'install', 1);
    world.supervisor.fileSaved('/elsewhere/package.json');
    await world.clock.turn(0);
    assert.equal(world.kind(), 'failed');
    world.supervisor.fileSaved('/shop/package.json');
    await world.clock.turn(0);
    await end(world, 'install');
    assert.deepEqual([world.setup.launched, world.kind()], [['install', 'install'], 'running']);
    assert.equal(world.setup.requests[1]?.by, 'auto', 'nobody asked for it, so no editor is saved');
  });

  it('fails when the step says that it succeeded and its result is not there', async () => {
    const world = withSteps(step('install', '/node_modules'));
    await begin(world);
    await end(world, 'install');
    assert.match(world.snapshot().reason ?? '', /exited with code 0 or was killed, but did not create \/node_modules/);
  });

  it('a stop ends the processes of the step, all of them, and launches nothing', async () => {
    const world = withSteps(step('install'));
    await begin(world);
    const { process } = world.setup.of('install');
    process.manner = 'stay';
    world.machine.spawn('child', process.run);
    world.supervisor.stop('web');
    await world.clock.turn(100);
    assert.deepEqual(
      [world.kind(), world.snapshot().reason],
      ['stopping', 'Cancelling the start…'],
      'not stopped while one of them lives',
    );
    assert.ok(world.machine.signals.includes(`SIGINT ${process.identity.pid}`));
    await world.clock.turn(10_000);
    assert.deepEqual([world.kind(), world.machine.living(), world.terminals.order], ['stopped', [], []]);
    assert.deepEqual(world.leftovers(), { ...nothing, terminalListeners: 1 });
  });

  it('a stop while the terminal of the step is being made ends what comes of it', async () => {
    const world = withSteps(step('install'));
    world.setup.gate.close();
    await begin(world);
    world.supervisor.stop('web');
    await world.clock.turn(0);
    assert.equal(world.kind(), 'stopping');
    world.setup.gate.open();
    await world.clock.turn(10_000);
    assert.deepEqual([world.kind(), world.machine.living()], ['stopped', []]);
  });

  it('a restart ends the step and begins it anew when it is gone', async () => {
    const world = withSteps(step('install'));
    await begin(world);
    const first = world.setup.of('install').process;
    world.supervisor.restart('web');
    await world.clock.turn(5000);
    assert.deepEqual([world.setup.launched, world.machine.isAlive(first.identity)], [['install', 'install'], false]);
    await end(world, 'install');
    assert.equal(world.kind(), 'running');
  });

  it('says which processes of a step could not be ended, and stops when they are gone in the end', async () => {
    const world = withSteps(step('install'));
    await begin(world);
    const { process } = world.setup.of('install');
    process.manner = 'resist';
    world.supervisor.stop('web');
    await world.clock.turn(10_000);
    assert.match(world.snapshot().reason ?? '', new RegExp(`^Could not be stopped.*pid ${process.identity.pid}\\.$`));
    process.manner = 'leave';
    world.supervisor.stop('web');
    await world.clock.turn(10_000);
    assert.deepEqual([world.kind(), world.machine.living()], ['stopped', []]);
  });

  it('whoever closes the terminal of the step wants no start', async () => {
    const world = withSteps(step('install'));
    await begin(world);
    const execution = world.setup.of('install');
    execution.end({ kind: 'closed' });
    await world.clock.turn(10_000);
    const { lifecycle, reason } = world.snapshot();
    assert.deepEqual([lifecycle, reason, world.machine.living()], ['stopped', 'Its terminal was closed.', []]);
  });

  it('does not wait for a report that never comes', async () => {
    const world = withSteps(step('install'));
    await begin(world);
    world.machine.end(world.setup.of('install').process.identity.pid);
    await world.clock.turn(10_000);
    assert.match(world.snapshot().reason ?? '', /Setup step "install" ended without an exit code/);
  });

  it('ends what an earlier window left running before it begins', async () => {
    const world = withSteps(step('install'));
    await begin(world);
    const { process } = world.setup.of('install');
    const next = withSteps(step('install'));
    for (const [key, note] of world.setup.notesKept) next.setup.notesKept.set(key, note);
    const left = next.machine.spawn('step install', process.run);
    assert.equal(left.identity.pid, process.identity.pid);
    assert.deepEqual([next.snapshot().lifecycle, next.machine.isAlive(left.identity)], ['stopped', true], 'not before a start');
    await begin(next);
    await next.clock.turn(10_000);
    assert.deepEqual([next.machine.isAlive(left.identity), next.setup.launched], [false, ['install']]);
  });

  it('waits for a step that a live window runs, and begins when it is over', async () => {
    const world = withSteps(step('install'));
    const other = world.machine.spawn('extension host', 'none').identity;
    const running = world.machine.spawn('step install', 'marker of the other window').identity;
    world.setup.notesKept.set(JSON.stringify(['/shop', 'run install']), {
      ...{ kind: 'begun', marker: 'marker of the other window', process: running, host: other },
    });
    await begin(world);
    await world.clock.turn(60_000);
    assert.deepEqual([world.machine.isAlive(running), world.setup.launched], [true, []]);
    world.machine.end(running.pid);
    await world.clock.turn(100);
    assert.deepEqual([world.setup.launched, world.machine.signals], [['install'], []]);
  });
});

describe('app: setup and the rest of a start', () => {
  it('looks at the port before it spends time on setup', async () => {
    const world = new FakeWorld(serviceSpec('web', { setup: [step('install')], onPortConflict: 'fail' }));
    world.stranger(8000);
    await begin(world);
    assert.deepEqual([world.kind(), world.setup.launched], ['failed', []]);
    assert.match(world.snapshot().reason ?? '', /^Port 8000 is in use/);
  });

  it('looks at the port again after setup, and does not repeat the steps when it was freed', async () => {
    const world = new FakeWorld(serviceSpec('web', { setup: [step('install')], onPortConflict: 'ask' }));
    await begin(world);
    world.stranger(8000);
    await end(world, 'install');
    assert.deepEqual([world.questions.length, world.terminals.order], [1, []]);
    world.questions[0]?.answer('stop');
    await world.clock.turn(10_000);
    assert.deepEqual([world.kind(), world.setup.launched], ['running', ['install']]);
  });

  it('refuses at once what no step can cure', async () => {
    const world = withSteps(step('install'));
    world.refusal = { kind: 'missingFolder', path: '/shop/web' };
    await begin(world);
    assert.deepEqual([world.kind(), world.setup.launched], ['failed', []]);
  });

  it('lets a step make the program that is missing, and refuses when it is missing still', async () => {
    const world = withSteps(step('install', '/node_modules'));
    world.refusal = { kind: 'missingCommand', command: 'node_modules/.bin/vite' };
    await begin(world);
    world.setup.made.set('/node_modules', { at: world.clock.now(), from: undefined });
    await end(world, 'install');
    assert.match(world.snapshot().reason ?? '', /Command not found: .*node_modules\/\.bin\/vite/);
    await begin(world);
    assert.deepEqual([world.kind(), world.setup.launched], ['failed', ['install']], 'nothing is needed, so nothing is run');
    world.setup.made.clear();
    await begin(world);
    world.refusal = undefined;
    world.setup.made.set('/node_modules', { at: world.clock.now(), from: undefined });
    await end(world, 'install');
    assert.equal(world.kind(), 'running');
  });

  it('lets a step make the env file that is missing, when that is what it is for', async () => {
    const world = withSteps(step('install'), step('env', '/shop/.env'));
    world.refusal = { kind: 'missingEnvFile', path: '/shop/.env' };
    await begin(world);
    assert.deepEqual(world.setup.launched, ['install']);
    const other = withSteps(step('install'));
    other.refusal = { kind: 'missingEnvFile', path: '/shop/.env' };
    await begin(other);
    assert.deepEqual([other.kind(), other.setup.launched], ['failed', []]);
  });

  it('tells those that depend on it what they wait for', async () => {
    const world = new FakeWorld(
      serviceSpec('web', { port: 8001, dependsOn: [{ id: 'api', condition: 'healthy' }] }),
      serviceSpec('api', { setup: [step('install')] }),
    );
    await begin(world);
    assert.equal(world.snapshot().reason, 'Waiting for api (being set up).');
    await end(world, 'install', 1);
    assert.match(world.snapshot().reason ?? '', /^Depends on api/);
  });

  it('shows the terminal of the step that failed, where the person wants to see failures', async () => {
    const world = withSteps(step('install'));
    world.reveals = true;
    await begin(world);
    await end(world, 'install', 1);
    assert.equal(world.setup.shown.length, 1);
  });
});
