/** The command Debug: what it starts, signals and attaches to, and why it does not. */
import assert from 'node:assert/strict';
import { serviceSpec } from '../../../support/fakes/specs';
import { Bench, entry } from './bench';

describe('app: Debug', () => {
  it('opens the inspector of a running Node, and attaches to it', async () => {
    const bench = new Bench();
    await bench.world.up();
    assert.equal((await bench.debug()).kind, 'attached');
    assert.deepEqual(bench.done, ['signal 7']);
    const [configuration] = bench.started;
    assert.deepEqual(
      { ...configuration, skipFiles: undefined },
      {
        ...{ type: 'node', request: 'attach', name: 'web', address: '127.0.0.1', port: 9229, cwd: '/shop' },
        ...{ continueOnAttach: true, autoAttachChildProcesses: false, skipFiles: undefined },
      },
    );
  });

  it('signals nothing where the inspector is open', async () => {
    const bench = new Bench();
    bench.inspector = 41_235;
    await bench.world.up();
    assert.equal((await bench.debug()).kind, 'attached');
    assert.deepEqual(
      [bench.done, bench.started[0] !== undefined && 'port' in bench.started[0] && bench.started[0].port],
      [[], 41_235],
    );
  });

  it('starts what is not running, and attaches when it is ready', async () => {
    const bench = new Bench();
    assert.equal((await bench.debug()).kind, 'attached');
    assert.deepEqual([bench.world.kind(), bench.world.terminals.launches.length], ['running', 1]);
  });

  it('does nothing more when it cannot be started', async () => {
    const bench = new Bench();
    bench.world.refusal = { kind: 'missingCommand', command: 'node' };
    assert.deepEqual([await bench.debug(), bench.started], [{ kind: 'notRunning' }, []]);
  });

  it('needs a restart where another inspector has the port, and signals nothing then', async () => {
    const bench = new Bench();
    bench.taken = [{ port: 9229, address: '127.0.0.1', family: 4, pids: [99] }];
    await bench.world.up();
    assert.deepEqual([await bench.debug(), bench.done], [{ kind: 'needsRestart', program: 'node', taken: 9229 }, []]);
  });

  it('needs a restart where the inspector does not open', async () => {
    const bench = new Bench();
    bench.opens = false;
    await bench.world.up();
    assert.deepEqual(await bench.debug(), { kind: 'needsRestart', program: 'node' });
  });

  it('restarts under the debugger: the environment is for that launch only', async () => {
    const bench = new Bench();
    await bench.world.up();
    bench.inspector = 41_235;
    assert.equal((await bench.debug('node')).kind, 'attached');
    assert.deepEqual([bench.done, bench.world.terminals.launches.length], [['prepare NODE_OPTIONS', 'prepared'], 2]);
  });

  it('attaches to Python with its extension, and asks for that without it', async () => {
    const bench = new Bench();
    bench.command = '/shop/.venv/bin/python -m uvicorn main:app';
    await bench.world.up();
    assert.deepEqual([await bench.debug(), bench.started], [{ kind: 'pythonExtension' }, []]);
    bench.hasPython = true;
    assert.equal((await bench.debug()).kind, 'attached');
    const python = { type: 'debugpy', request: 'attach', justMyCode: true, subProcess: true, name: 'web' };
    assert.deepEqual(bench.started, [{ ...python, processId: 7 }]);
  });

  it('starts the named launch configuration when the service is ready, whatever its program is', async () => {
    const bench = new Bench(serviceSpec('web', { debug: 'Attach to it' }));
    bench.command = 'go run .';
    assert.equal((await bench.debug()).kind, 'attached');
    assert.deepEqual([bench.started, bench.world.kind(), bench.done], [[entry], 'running', []]);
  });

  it('starts nothing for a configuration that is not there', async () => {
    const bench = new Bench(serviceSpec('web', { debug: 'Other' }));
    assert.deepEqual(await bench.debug(), { kind: 'noConfiguration', name: 'Other' });
    assert.equal(bench.world.kind(), 'stopped');
  });

  it('reports what it cannot attach to', async () => {
    const bench = new Bench();
    bench.command = 'java -jar app.jar';
    await bench.world.up();
    assert.deepEqual(await bench.debug(), { kind: 'unsupported', program: 'java' });
  });

  it('leaves alone what another window supervises, and what is being debugged', async () => {
    const bench = new Bench();
    bench.leads = false;
    assert.deepEqual(await bench.debug(), { kind: 'elsewhere' });
    bench.leads = true;
    bench.world.debuggers.attach(serviceSpec('web'));
    assert.deepEqual([await bench.debug(), bench.world.kind()], [{ kind: 'alreadyAttached' }, 'stopped']);
  });

  it('reports that VS Code did not start the session', async () => {
    const bench = new Bench();
    bench.isStarted = false;
    await bench.world.up();
    assert.deepEqual(await bench.debug(), { kind: 'refused' });
  });

  it('restarts Python under debugpy where the system does not let debugpy enter it, and connects to it', async () => {
    const bench = new Bench();
    [bench.command, bench.hasPython, bench.enters] = ['python3 main.py', true, false];
    await bench.world.up();
    assert.deepEqual([await bench.debug(), bench.started], [{ kind: 'needsRestart', program: 'python' }, []]);
    bench.debugpy = 41_001;
    assert.equal((await bench.debug('python')).kind, 'attached');
    assert.deepEqual(bench.done, ['prepare PYTHONPATH,SERVICE_LIFECYCLE_DEBUGPY', 'prepared']);
    const [configuration] = bench.started;
    const connect = configuration !== undefined && 'connect' in configuration ? configuration.connect : undefined;
    assert.deepEqual(connect, { host: '127.0.0.1', port: 41_001 });
  });

  it('restarts Python under debugpy where debugpy was let in, and did not get in', async () => {
    const bench = new Bench();
    [bench.command, bench.hasPython, bench.isStarted] = ['python3 main.py', true, false];
    await bench.world.up();
    assert.deepEqual(await bench.debug(), { kind: 'needsRestart', program: 'python' });
  });

  it('does not ask for a restart again where debugpy was not opened by it', async () => {
    const bench = new Bench();
    [bench.command, bench.hasPython, bench.enters] = ['python3 main.py', true, false];
    await bench.world.up();
    assert.deepEqual(await bench.debug('python'), { kind: 'refused' });
  });

  it('starts all of the named compound when the service is ready', async () => {
    const bench = new Bench(serviceSpec('web', { debug: 'All of it' }));
    assert.equal((await bench.debug()).kind, 'attached');
    assert.deepEqual([bench.started, bench.done, bench.world.kind()], [[], ['compound All of it'], 'running']);
    bench.isStarted = false;
    assert.deepEqual(await bench.debug(), { kind: 'refused' });
  });
});
