/** The command Debug: what it starts, signals and attaches to, and why it does not. */
import assert from 'node:assert/strict';
import { Debugging } from '../../../../src/app/debug/debugging';
import type { DebuggingParts, DebugOutcome } from '../../../../src/app/debug/debugging';
import type { LaunchEntry } from '../../../../src/core/debug/launchEntries';
import { known } from '../../../../src/core/model/process';
import type { Listener, ProcessRow } from '../../../../src/core/model/process';
import type { ServiceSpec } from '../../../../src/core/model/service';
import { noOutput } from '../../../../src/core/output/runOutput';
import { serviceSpec } from '../../../support/fakes/specs';
import { FakeWorld } from '../../../support/fakes/world';

const entry: LaunchEntry = { name: 'Attach to it', type: 'go', request: 'attach' };

class Bench {
  readonly world: FakeWorld;
  /** What was done, in order. */
  readonly done: string[] = [];
  readonly started: LaunchEntry[] = [];
  command = 'node server.js';
  /** The port on which its inspector is listening. */
  inspector: number | undefined;
  /** Whether a signal opens it. */
  opens = true;
  taken: readonly Listener[] = [];
  leads = true;
  hasPython = false;
  isStarted = true;

  constructor(spec: ServiceSpec = serviceSpec('web')) {
    this.world = new FakeWorld(spec);
  }

  async debug(how: 'asItIs' | 'restarted' = 'asItIs'): Promise<DebugOutcome> {
    const outcome = new Debugging(this.#parts()).debug('web', how);
    await this.world.clock.turn(20_000);
    return outcome;
  }

  #parts(): DebuggingParts {
    const { world } = this.world;
    const row = (pid: number): ProcessRow => ({
      ...{ pid, born: 'b', ppid: 0, state: 'running', startedAt: 0 },
      command: this.command,
    });
    const tree = { members: () => Promise.resolve(known([row(7)])), dispose: () => undefined };
    const listener = (port: number): Listener => ({ port, address: '127.0.0.1', family: 4, pids: [7] });
    const own = (): readonly Listener[] => [8000, this.inspector].flatMap((port) => (port === undefined ? [] : listener(port)));
    return {
      store: this.world.store,
      supervisor: this.world.supervisor,
      world: {
        ...{ clock: world.clock, folderOf: (spec) => world.folderOf(spec) },
        trees: { ...world.trees, open: () => ({ ...world.trees.open({ process: row(7), marker: '' }), ...tree }) },
        portTable: {
          ...world.portTable,
          portsOf: () => Promise.resolve(known(own())),
          listeners: () => Promise.resolve(known(this.taken)),
        },
      },
      sessions: {
        isAttached: (service) => this.world.debuggers.isAttached(service),
        start: (_, configuration) => {
          this.started.push(configuration);
          return Promise.resolve(this.isStarted);
        },
        prepare: () => {
          this.done.push('prepare');
          return { dispose: () => this.done.push('prepared') };
        },
      },
      output: () =>
        Promise.resolve(
          this.inspector === undefined
            ? noOutput
            : { ...noOutput, lines: [`Debugger listening on ws://127.0.0.1:${this.inspector}/x`] },
        ),
      leads: () => this.leads,
      launchConfigurations: () => [entry],
      openInspector: ({ pid }) => {
        this.done.push(`signal ${pid}`);
        if (this.opens) this.inspector = 9229;
        return Promise.resolve('asked');
      },
      hasPythonDebugger: () => this.hasPython,
    };
  }
}

describe('app: Debug', () => {
  it('opens the inspector of a running Node, and attaches to it', async () => {
    const bench = new Bench();
    await bench.world.up();
    assert.deepEqual(await bench.debug(), { kind: 'attached' });
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
    assert.deepEqual(await bench.debug(), { kind: 'attached' });
    assert.deepEqual(
      [bench.done, bench.started[0] !== undefined && 'port' in bench.started[0] && bench.started[0].port],
      [[], 41_235],
    );
  });

  it('starts what is not running, and attaches when it is ready', async () => {
    const bench = new Bench();
    assert.deepEqual(await bench.debug(), { kind: 'attached' });
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
    assert.deepEqual([await bench.debug(), bench.done], [{ kind: 'needsRestart', taken: 9229 }, []]);
  });

  it('needs a restart where the inspector does not open', async () => {
    const bench = new Bench();
    bench.opens = false;
    await bench.world.up();
    assert.deepEqual(await bench.debug(), { kind: 'needsRestart', taken: undefined });
  });

  it('restarts under the debugger: the environment is for that launch only', async () => {
    const bench = new Bench();
    await bench.world.up();
    bench.inspector = 41_235;
    assert.deepEqual(await bench.debug('restarted'), { kind: 'attached' });
    assert.deepEqual([bench.done, bench.world.terminals.launches.length], [['prepare', 'prepared'], 2]);
  });

  it('attaches to Python with its extension, and asks for that without it', async () => {
    const bench = new Bench();
    bench.command = '/shop/.venv/bin/python -m uvicorn main:app';
    await bench.world.up();
    assert.deepEqual([await bench.debug(), bench.started], [{ kind: 'pythonExtension' }, []]);
    bench.hasPython = true;
    assert.deepEqual(await bench.debug(), { kind: 'attached' });
    assert.deepEqual(bench.started, [{ type: 'debugpy', request: 'attach', name: 'web', processId: 7 }]);
  });

  it('starts the named launch configuration when the service is ready, whatever its program is', async () => {
    const bench = new Bench(serviceSpec('web', { debug: 'Attach to it' }));
    bench.command = 'go run .';
    assert.deepEqual(await bench.debug(), { kind: 'attached' });
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
});
