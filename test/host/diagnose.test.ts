/** A diagnosis through the API: the verdict first, nothing for what is healthy, a rejection for what does not exist. */
import assert from 'node:assert/strict';
import { freePort, server } from './support/server';
import { awaitSnapshot, cleanUp, configure, theApi, unique } from './support/services';

describe('a diagnosis', () => {
  afterEach(cleanUp);

  it('names the missing module of a server that ended, with the command that installs it', async () => {
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
  });

  it('finds nothing wrong with a healthy service', async () => {
    const id = unique('web');
    const api = await configure({ [id]: server(await freePort()) });
    await api.start(id);
    await awaitSnapshot(id, ({ health }) => health === 'healthy');
    assert.deepEqual(await api.diagnose(id), []);
  });

  it('says of an unknown id that there is no such service', async () => {
    const api = await theApi();
    await assert.rejects(api.diagnose('nobody'), /There is no service "nobody"/);
  });
});
