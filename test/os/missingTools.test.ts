import assert from 'node:assert/strict';
import { createPortTable } from '../../src/os/portTable/index';
import { createProcessTable } from '../../src/os/processTable/index';
import { runTool } from '../../src/os/system/runTool';
import { Cleanup } from './support/cleanup';
import { freePort } from './support/servers';
import { processTable } from './trees/support';

describe('tools of the system that are missing', () => {
  const cleanup = new Cleanup();
  beforeEach(() => {
    const path = process.env['PATH'];
    process.env['PATH'] = '/nowhere';
    cleanup.add(() => void (process.env['PATH'] = path));
  });
  afterEach(() => cleanup.run());

  for (const platform of ['darwin', 'win32'] as const) {
    it(`make readings unavailable, never empty (${platform})`, async () => {
      const processes = createProcessTable(platform);
      const ports = createPortTable(platform);
      const readings = [
        await processes.list(),
        await processes.identify(process.pid),
        await processes.cwd(process.pid),
        await ports.listeners(8000),
        await ports.connectionStates(8000),
        await ports.clients(8000),
        await ports.portsOf(new Set([process.pid])),
      ];
      assert.deepEqual(
        readings.map(({ kind }) => kind),
        readings.map(() => 'unavailable'),
      );
    });
  }

  it('do not matter on Linux', async () => {
    const rows = await processTable.list();
    assert.ok(rows.kind === 'known' && rows.value.some(({ pid }) => pid === process.pid));
    const listeners = await createPortTable('linux').listeners(await freePort());
    assert.deepEqual(listeners, { kind: 'known', value: [] });
  });

  it('that hang are ended', async () => {
    const started = performance.now();
    const output = await runTool('/bin/sleep', ['60'], 200);
    assert.equal(output.kind, 'unavailable');
    assert.ok(performance.now() - started < 5000);
  });
});
