/** Commands as health checks: how often they run, and what they see. */
import assert from 'node:assert/strict';
import type { ProbeRequest } from '../../../src/app/ports';
import type { ProbeOutcome } from '../../../src/core/model/health';
import type { World } from '../../../src/app/world';
import { Supervisor } from '../../../src/app/supervisor';
import { probeSpec, serviceSpec } from '../../support/fakes/specs';
import { FakeWorld } from '../../support/fakes/world';

const db = serviceSpec('db', {
  env: { PGPORT: '${port}' },
  probe: probeSpec({ target: { kind: 'exec', command: 'pg_isready -p ${port}' }, interval: 5000, startPeriod: 60_000 }),
});

describe('app: health checks by a command', () => {
  function rig(): { readonly fake: FakeWorld; readonly requests: ProbeRequest[] } {
    const fake = new FakeWorld(db);
    const requests: ProbeRequest[] = [];
    const world: World = {
      ...fake.world,
      prober: {
        probe: (request): Promise<ProbeOutcome> => {
          requests.push(request);
          const failure = { kind: 'execFailed', command: 'x', exitCode: 2, detail: '' } as const;
          return Promise.resolve({ ok: false, at: fake.clock.now(), failure });
        },
      },
      preflight: {
        prepare: ({ command }) =>
          Promise.resolve({
            ok: true,
            launch: {
              command: String(command).replace('${port}', '8000'),
              cwd: '/shop/db',
              env: { PGPORT: '8000', FROM_FILE: '1' },
            },
          }),
      },
    };
    new Supervisor(fake.store, world).start('db');
    return { fake, requests };
  }

  it('run at most once a second while the service starts', async () => {
    const { fake, requests } = rig();
    await fake.clock.turn(10_000);
    assert.ok(requests.length >= 9 && requests.length <= 11, `${requests.length} commands in 10 s`);
  });

  it('see the variables, the environment and the env files of the service', async () => {
    const { fake, requests } = rig();
    await fake.clock.turn(100);
    const [request] = requests;
    assert.deepEqual(request?.probe.target, { kind: 'exec', command: 'pg_isready -p 8000' });
    assert.deepEqual(request.env, { PGPORT: '8000', FROM_FILE: '1' });
    assert.equal(request.cwd, '/shop/db');
  });
});
