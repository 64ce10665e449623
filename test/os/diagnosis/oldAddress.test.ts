/** A service that another one moved away from: it was started with the address of before. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { diagnose } from '../../../src/app/diagnosis/diagnose';
import type { ServiceSnapshot } from '../../../src/core/snapshot/snapshot';
import { Rig } from '../../bench/rig';
import { portPreflight } from '../../support/portPreflight';
import { makeScratch, removeScratch } from '../../support/scratch';
import { Cleanup } from '../support/cleanup';
import { freePort } from '../support/servers';
import { expectVerdict } from './rig';

/** Responds with what it gets from the address in API, where there is one. */
const server = `
const { createServer, get } = require('node:http');
const api = process.env.API;
createServer((request, response) => {
  const respond = (status) => { response.statusCode = status; response.end(); };
  if (api === undefined) respond(200);
  else get(api, (answer) => respond(answer.resume().statusCode)).on('error', () => respond(502));
}).listen(Number(process.argv[2]), '127.0.0.1');
`;

describe('diagnosis of a service with an old address', function () {
  this.timeout(60_000);
  const cleanup = new Cleanup();
  afterEach(() => cleanup.run());

  it('reports old-address when what it uses got another port, until it is restarted', async () => {
    const folder = await makeScratch('moved');
    cleanup.add(() => removeScratch(folder));
    writeFileSync(join(folder, 'server.cjs'), server);
    const rig = new Rig(folder, { preflight: portPreflight });
    cleanup.add(() => rig.dispose());
    cleanup.add(() => rig.stopAll());
    const [webPort, before, now] = [await freePort(), await freePort(), await freePort()];
    const shared = { command: ['node', 'server.cjs', '${port}'], health: { http: '/', interval: '100ms', timeout: '2s' } };
    const services = {
      api: { ...shared, port: [Math.min(before, now), Math.max(before, now)] },
      web: { ...shared, port: webPort, env: { API: '${url:api}' } },
    };
    const becomes = async (id: string, what: string, wanted: (snapshot: ServiceSnapshot) => boolean): Promise<void> => {
      if (!wanted(rig.snapshot(id))) await rig.next(id, what, wanted);
    };
    const started = async (id: string): Promise<void> => {
      rig.start(id);
      await becomes(id, 'to be healthy', isHealthy);
    };
    const verdicts = () => diagnose('web', rig.diagnosisParts());

    rig.configure(services, new Map([['api', before]]));
    await started('api');
    await started('web');
    assert.deepEqual(await verdicts(), []);

    rig.stop('api');
    await becomes('api', 'to be stopped', ({ lifecycle }) => lifecycle === 'stopped');
    rig.configure(services, new Map([['api', now]]));
    await started('api');
    await becomes('web', 'to be unhealthy', ({ health }) => health === 'unhealthy');
    const verdict = expectVerdict('old-address', await verdicts());
    assert.equal(verdict.title, `web was started with an old address of api: port ${before}, now ${now}.`);
    assert.equal(verdict.actions[0]?.command, 'serviceLifecycle.restart');
    assert.match(rig.snapshot('web').reason ?? '', /^Started with an old address of api/);

    rig.stop('web');
    await becomes('web', 'to be stopped', ({ lifecycle }) => lifecycle === 'stopped');
    await started('web');
    assert.deepEqual(await verdicts(), []);
  });
});

const isHealthy = ({ health }: ServiceSnapshot): boolean => health === 'healthy';
