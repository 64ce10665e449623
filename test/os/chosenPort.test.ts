/** What a service whose port was chosen gets in its environment. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FilePreflight } from '../../src/os/launch/preflight';
import type { ServiceSpec } from '../../src/core/model/service';
import { serviceSpec } from '../support/fakes/specs';
import { makeScratch, removeScratch } from '../support/scratch';

describe('os: the environment of a service with a chosen port', () => {
  let folder: string;
  beforeEach(async () => (folder = await makeScratch('chosen')));
  afterEach(() => removeScratch(folder));

  const preflight = new FilePreflight(
    (spec) => (name) => (name === 'port' ? spec.port?.toString() : undefined),
    () => true,
    () => Promise.resolve({ ok: false, missing: 'docker' }),
  );
  const chosen = (changes: Partial<ServiceSpec> = {}): ServiceSpec =>
    serviceSpec('web', { folder, port: 23_401, portChoice: { from: 23_400, to: 23_999 }, ...changes });

  async function portOf(spec: ServiceSpec): Promise<string | undefined> {
    const prepared = await preflight.prepare(spec);
    return prepared.ok ? prepared.launch.env['PORT'] : assert.fail(JSON.stringify(prepared.failure));
  }

  it('has PORT, unless env or an env file sets it, or the port is fixed', async () => {
    writeFileSync(join(folder, '.env'), 'PORT=7\nURL=http://localhost:$PORT');
    writeFileSync(join(folder, '.url'), 'URL=http://localhost:${PORT}');
    assert.equal(await portOf(chosen()), '23401');
    assert.equal(await portOf(chosen({ env: { PORT: '9' } })), '9');
    assert.equal(await portOf(chosen({ envFiles: ['.env'] })), '7');
    const { portChoice: _choice, ...fixed } = chosen();
    assert.equal(await portOf(fixed), undefined);
    const prepared = await preflight.prepare(chosen({ envFiles: ['.url'] }));
    assert.equal(prepared.ok && prepared.launch.env['URL'], 'http://localhost:23401');
  });

  it('has PORT in setup steps and one-off commands as well, and it is no secret of an env file', async () => {
    const step = await preflight.prepareStep(chosen(), { name: 'wait', command: 'wait ${port}' });
    assert.deepEqual(step.ok && [step.step.launch.env, step.step.launch.command], [{ PORT: '23401' }, 'wait 23401']);
    assert.deepEqual(await preflight.envFileValues(chosen()), []);
  });
});
