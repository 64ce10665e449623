/** A diagnosis through the API: the verdict first, nothing for a healthy service, a rejection for an unknown id. */
import assert from 'node:assert/strict';
import { freePort, server } from './support/server';
import { awaitSnapshot, cleanUp, configure, theApi, unique } from './support/services';

describe('diagnose() of the API', () => {
  afterEach(cleanUp);

  it('names the missing module of a crashed server, with the command that installs it', async () => {
    const id = unique('web');
    const script = 'setTimeout(() => { console.error("Error: Cannot find module \'express\'"); process.exit(1); }, 300)';
    const port = await freePort();
    const api = await configure({ [id]: server(port, { command: ['node', '-e', script] }) });
    await api.start(id);
    const [verdict] = await api.diagnose(id);
    assert.equal(verdict?.code, 'missing-dependency');
    assert.match(verdict.title, /express/);
    assert.ok(verdict.evidence.some((fact) => fact.includes('Cannot find module')));
    assert.equal(verdict.actions[0]?.command, 'serviceLifecycle.runInTerminal');
    assert.equal(verdict.short, "No package 'express'");
  });

  it('is made without a request when a service fails, so that its snapshot has the cause, also after a stop', async () => {
    const id = unique('web');
    const script = 'console.error("Error: Cannot find module \'express\'"); process.exit(1)';
    const api = await configure({ [id]: server(await freePort(), { command: ['node', '-e', script] }) });
    await api.start(id);
    const failed = await awaitSnapshot(id, ({ verdict }) => verdict !== undefined);
    assert.deepEqual([failed.verdict?.code, failed.cause], ['missing-dependency', "No package 'express'"]);
    const stopped = await api.stop(id);
    assert.deepEqual([stopped.lifecycle, stopped.verdict?.code, stopped.exitCode], ['stopped', 'missing-dependency', 1]);
    assert.match(stopped.reason ?? '', /^Stopped after it failed: .*Cannot find module 'express'/);
  });

  it('finds no problem in a healthy service', async () => {
    const id = unique('web');
    const api = await configure({ [id]: server(await freePort()) });
    await api.start(id);
    await awaitSnapshot(id, ({ health }) => health === 'healthy');
    assert.deepEqual(await api.diagnose(id), []);
  });

  it('rejects for an unknown id', async () => {
    const api = await theApi();
    await assert.rejects(api.diagnose('nobody'), /There is no service "nobody"/);
  });
});
