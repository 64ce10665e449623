/** Failures that the supervisor causes or handles: refused launches, failed restarts, failed stops. */
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { diagnose } from '../../../src/app/diagnosis/diagnose';
import type { ProcessTrees } from '../../../src/app/ports';
import type { World } from '../../../src/app/world';
import type { ServiceSnapshot } from '../../../src/core/snapshot/snapshot';
import { createPortTable } from '../../../src/os/portTable/index';
import { createProcessTable } from '../../../src/os/processTable/index';
import { createProcessTrees } from '../../../src/os/trees/index';
import { systemClock as clock } from '../../../src/os/clock';
import { Rig } from '../../bench/rig';
import { makeScratch, removeScratch } from '../../support/scratch';
import { Cleanup } from '../support/cleanup';
import { freePort } from '../support/servers';
import { until } from '../support/until';
import { python } from '../support/services';
import { healthy } from './programs';
import { codesOf, expectVerdict } from './rig';
import { portPreflight } from '../../support/portPreflight';

describe('diagnosis of supervised services', function () {
  this.timeout(60_000);
  const cleanup = new Cleanup();
  afterEach(() => cleanup.run());

  const supervise = async (service: object, files: Readonly<Record<string, string>>, changes: Partial<World> = {}) => {
    const folder = await makeScratch('supervised');
    cleanup.add(() => removeScratch(folder));
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    const rig = new Rig(folder, { preflight: portPreflight, ...changes });
    cleanup.add(() => rig.dispose());
    cleanup.add(() => rig.stopAll());
    const port = await freePort();
    rig.configure({ web: { port, health: { http: '/', interval: '100ms', timeout: '2s' }, ...service } });
    const becomes = async (what: string, wanted: (snapshot: ServiceSnapshot) => boolean): Promise<void> => {
      if (!wanted(rig.snapshot('web'))) await rig.next('web', what, wanted);
    };
    const verdicts = () => diagnose('web', rig.diagnosisParts());
    return { folder, rig, becomes, verdicts };
  };

  const command = [python, 'server.py', '${port}'];

  it('reports not-launched while the folder of the service is missing, and nothing when it exists', async () => {
    const { folder, rig, becomes, verdicts } = await supervise({ command, cwd: 'backend' }, {});
    rig.start('web');
    await becomes('to be refused', hasFailed);
    assert.ok(expectVerdict('not-launched', await verdicts()).title.includes(join(folder, 'backend')));
    mkdirSync(join(folder, 'backend'));
    writeFileSync(join(folder, 'backend/server.py'), healthy);
    rig.start('web');
    await becomes('to be healthy', isHealthy);
    assert.deepEqual(await verdicts(), []);
  });

  it('reports crash-loop when restarts do not help, and nothing when the first one does', async () => {
    const restart = { restart: 'on-failure', maxRestarts: 2, backoff: { initial: '100ms', max: '100ms' } };
    const crashes = await supervise({ command: 'echo "Error: no licence"; exit 3', ...restart }, {});
    crashes.rig.start('web');
    await crashes.becomes('to give up', ({ reason = '' }) => reason.endsWith('Failed again after 2 restarts.'));
    assert.match(expectVerdict('crash-loop', await crashes.verdicts()).title, /after 2 restarts: .*Error: no licence/);
    const once = `[ -e tried ] || { touch tried; exit 3; }; exec ${python} server.py \${port}`;
    const fixed = await supervise({ command: once, ...restart }, { 'server.py': healthy });
    fixed.rig.start('web');
    await fixed.becomes('to be healthy after a restart', (snapshot) => isHealthy(snapshot) && snapshot.restarts === 1);
    assert.deepEqual(await fixed.verdicts(), []);
  });

  it('reports forced-shutdown for a service that does not exit when asked to stop, and not-running for one that does', async () => {
    for (const isStubborn of [true, false]) {
      const stubborn =
        'import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN); signal.signal(signal.SIGTERM, signal.SIG_IGN)\n';
      const files = { 'server.py': `${isStubborn ? stubborn : ''}${healthy}` };
      const { rig, becomes, verdicts } = await supervise({ command, stopGracePeriod: isStubborn ? '300ms' : '10s' }, files);
      rig.start('web');
      await becomes('to be healthy', isHealthy);
      assert.deepEqual(await verdicts(), []);
      rig.stop('web');
      await becomes('to be stopped', ({ lifecycle }) => lifecycle === 'stopped');
      // The exit of the processes may be noticed before the kill reports its pids.
      if (isStubborn) await until('the kill is reported', async () => codesOf(await verdicts())[0] !== 'not-running');
      if (isStubborn) expectVerdict('forced-shutdown', await verdicts());
      else assert.deepEqual(codesOf(await verdicts()), ['not-running']);
    }
  });

  // As root a test can end every process, and otherwise it has only its own: so the refusal is simulated.
  it('reports cannot-stop when the system refuses to end the processes', async () => {
    const trees = createProcessTrees({ processTable: createProcessTable(), portTable: createPortTable(), clock });
    let isRefused = true;
    const refusing: ProcessTrees = {
      watchExit: (process, gone) => trees.watchExit(process, gone),
      open(root) {
        const tree = trees.open(root);
        const refusal = { killed: [], left: [root.process.pid], why: 'the system does not permit it (EPERM)' };
        return {
          members: () => tree.members(),
          known: () => tree.known(),
          expectChange: () => tree.expectChange(),
          gone: (signal) => tree.gone(signal),
          dispose: () => tree.dispose(),
          interrupt: (signal) => (isRefused ? Promise.resolve('asked') : tree.interrupt(signal)),
          kill: () => (isRefused ? Promise.resolve(refusal) : tree.kill()),
        };
      },
    };
    const { rig, becomes, verdicts } = await supervise(
      { command, stopGracePeriod: '200ms' },
      { 'server.py': healthy },
      { trees: refusing },
    );
    rig.start('web');
    await becomes('to be healthy', isHealthy);
    rig.stop('web');
    await becomes('to have resisted', hasFailed);
    assert.match(expectVerdict('cannot-stop', await verdicts()).title, /EPERM/);
    isRefused = false;
    rig.stop('web');
    await becomes('to be stopped', ({ lifecycle }) => lifecycle === 'stopped');
  });
});

const isHealthy = ({ health }: ServiceSnapshot): boolean => health === 'healthy';
const hasFailed = ({ lifecycle }: ServiceSnapshot): boolean => lifecycle === 'failed';
