/** The tools of agents: every outcome, without a dialog, a second copy or a value of an env file. */
import assert from 'node:assert/strict';
import type { ServiceRow } from '../../../../src/core/agents/outcome';
import { FakeAgents } from '../../../support/fakes/agents';
import { jobSpec, serviceSpec } from '../../../support/fakes/specs';

const started = async (...specs: readonly ReturnType<typeof serviceSpec>[]): Promise<FakeAgents> => {
  const agents = new FakeAgents(...specs);
  await agents.world.up();
  return agents;
};

const rowIn = (reply: Record<string, unknown>): ServiceRow => reply['service'] as ServiceRow;

describe('app/agents: engine', () => {
  it('lists each service with its state, url, pid and who started it', async () => {
    const agents = new FakeAgents(serviceSpec(), serviceSpec('api', { port: 9000 }));
    await agents.call('services_start', { service: 'web' });
    const { services } = (await agents.call('services_list')) as unknown as { services: readonly ServiceRow[] };
    const [web, api] = services;
    assert.deepEqual([web?.service, web?.state, web?.health, web?.url], ['web', 'Healthy', 'healthy', 'http://localhost:8000/']);
    assert.deepEqual([web?.startedBy, typeof web?.pid], [{ kind: 'agent', who: 'Copilot' }, 'number']);
    assert.match(web?.since ?? '', /^\d{4}-\d\d-\d\dT/);
    assert.deepEqual([api?.lifecycle, api?.pid, api?.restarts], ['stopped', undefined, 0]);
  });

  it('names the address at which the browser of the user reaches a service of a remote window', async () => {
    const agents = new FakeAgents(serviceSpec(), serviceSpec('api', { port: 9000 }));
    agents.externalUrls.set('web', 'https://shop-8000.example.dev/');
    const reply = await agents.call('services_start', { service: 'web' });
    assert.deepEqual([rowIn(reply).url, rowIn(reply).externalUrl], ['http://localhost:8000/', 'https://shop-8000.example.dev/']);
    const { services } = (await agents.call('services_list')) as unknown as { services: readonly ServiceRow[] };
    const [web, api] = services;
    assert.deepEqual([web?.externalUrl, api?.externalUrl], ['https://shop-8000.example.dev/', undefined]);
  });

  it('says where services are configured when there are none', async () => {
    const reply = await new FakeAgents().call('services_list');
    assert.match(String(reply['next']), /Add Services/);
    assert.equal((await new FakeAgents().call('services_start', { service: 'web' }))['outcome'], 'notConfigured');
  });

  it('returns from a start when the service is healthy', async () => {
    const agents = new FakeAgents(serviceSpec());
    const reply = await agents.call('services_start', { service: 'web' });
    assert.deepEqual([reply['outcome'], rowIn(reply).health], ['started', 'healthy']);
    assert.equal(reply['lines'], undefined);
  });

  it('starts once, however many ask at the same time', async () => {
    const agents = new FakeAgents(serviceSpec());
    const calls = Array.from({ length: 50 }, () => agents.call('services_start', { service: 'web' }));
    const outcomes = (await Promise.all(calls)).map((reply) => reply['outcome']);
    assert.deepEqual([new Set(outcomes), agents.world.terminals.launches.length], [new Set(['started']), 1]);
  });

  it('never starts a second copy of what runs', async () => {
    const agents = await started(serviceSpec());
    const reply = await agents.call('services_start', { service: 'web' });
    assert.deepEqual([reply['outcome'], agents.world.terminals.launches.length], ['alreadyRunning', 1]);
  });

  it('says of what runs and is not well why, and starts no second copy', async () => {
    const agents = await started(serviceSpec());
    agents.world.prober.answer(8000, { kind: 'badStatus', status: 500, expected: '200' });
    await agents.world.clock.turn(30_000);
    const reply = await agents.call('services_start', { service: 'web' });
    assert.equal(reply['outcome'], 'alreadyRunning');
    assert.deepEqual((reply['verdict'] as { code: string }).code, 'bad-status');
  });

  it('reports a crash with its verdict and the last lines', async () => {
    const agents = new FakeAgents(serviceSpec());
    agents.world.prober.refuse(8000);
    const call = agents.engine.call(
      'services_start',
      { service: 'web' },
      { by: { kind: 'cli' }, signal: new AbortController().signal },
    );
    await agents.world.clock.turn(50);
    await agents.world.crash('web', 1, "ModuleNotFoundError: No module named 'fastapi'");
    await agents.world.clock.turn(2000);
    const called = await call;
    assert.ok(called.kind === 'reply');
    const reply = { ...called.reply } as Record<string, unknown>;
    assert.equal(reply['outcome'], 'failed');
    assert.match((reply['verdict'] as { sentence: string }).sentence, /fastapi/);
    assert.match((reply['lines'] as readonly string[]).join(), /fastapi/);
  });

  it('takes code and sentence of the verdict from the diagnosis, and the next step', async () => {
    const agents = new FakeAgents(serviceSpec());
    const finding = {
      code: 'missing-dependency',
      severity: 'error',
      title: 'No fastapi.',
      short: "No module 'fastapi'",
      detail: 'Install it.',
      evidence: [],
      actions: [],
    } as const;
    agents.findings = [finding];
    agents.world.refusal = { kind: 'missingCommand', command: 'uvicorn' };
    const reply = await agents.call('services_start', { service: 'web' });
    assert.deepEqual(
      [reply['outcome'], reply['verdict'], reply['next']],
      ['failed', { code: 'missing-dependency', sentence: 'No fastapi.' }, 'Install it.'],
    );
  });

  it('names the owner of a taken port, and asks nobody', async () => {
    const agents = new FakeAgents(serviceSpec());
    const { process } = agents.world.stranger(8000);
    const reply = await agents.call('services_start', { service: 'web' });
    assert.equal(reply['outcome'], 'portTaken');
    assert.deepEqual(
      (reply['owners'] as readonly { pid: number }[]).map(({ pid }) => pid),
      [process.pid],
    );
    assert.equal(agents.world.questions.length, 0);
  });

  it('returns at once with the owner while the user is asked about the port', async () => {
    const agents = new FakeAgents(serviceSpec());
    agents.world.stranger(8000);
    await agents.world.up();
    assert.equal((await agents.call('services_start', { service: 'web' }))['outcome'], 'portTaken');
  });

  it('adopts where services.json says so', async () => {
    const agents = new FakeAgents(serviceSpec('web', { onPortConflict: 'adopt' }));
    agents.world.stranger(8000);
    assert.equal((await agents.call('services_start', { service: 'web' }))['outcome'], 'adopted');
  });

  it('reports a failed dependency', async () => {
    const web = serviceSpec('web', { dependsOn: [{ id: 'api', condition: 'healthy' }] });
    const agents = new FakeAgents(web, serviceSpec('api', { port: 9000 }));
    agents.world.stranger(9000);
    const reply = await agents.call('services_start', { service: 'web' });
    assert.deepEqual([reply['outcome'], agents.world.questions.length], ['dependencyFailed', 0]);
  });

  it('reports a failed setup step, with its exit code', async () => {
    const setup = [{ name: 'install', command: 'npm install', unless: '/w/web/node_modules' }];
    const agents = new FakeAgents(serviceSpec('web', { setup }));
    const reply = agents.call('services_start', { service: 'web' });
    await agents.world.clock.turn(50);
    agents.world.setup.end('install', 1, 'npm error code ERESOLVE');
    const { outcome, verdict } = await reply;
    assert.equal(outcome, 'setupFailed');
    assert.match((verdict as { sentence: string }).sentence, /Setup step "install" failed with exit code 1/);
    assert.equal(agents.world.terminals.launches.length, 0);
  });

  it('reports the entry of services.json that has a mistake, and how to go on', async () => {
    const agents = new FakeAgents();
    const broken = { id: 'web', key: 'web', folder: '/w', folderName: 'w', message: '"command" is missing.' };
    agents.world.store.configure({ services: [serviceSpec('api')], broken: [broken] });
    const { outcome, verdict, next } = await agents.call('services_start', { service: 'web' });
    assert.equal(outcome, 'notConfigured');
    assert.deepEqual(verdict, { code: 'not-launched', sentence: '"command" is missing.' });
    assert.match(String(next), /services\.json/);
  });

  it('reports that the workspace is not trusted, and does nothing', async () => {
    const agents = new FakeAgents(serviceSpec());
    agents.isTrusted = false;
    for (const name of ['services_start', 'services_restart', 'services_stop'] as const)
      assert.equal((await agents.call(name, { service: 'web' }))['outcome'], 'notTrusted');
    assert.equal(agents.world.terminals.launches.length, 0);
  });

  it('times out with the verdict while the start goes on', async () => {
    const agents = new FakeAgents(serviceSpec());
    agents.world.prober.refuse(8000);
    const reply = await agents.call('services_start', { service: 'web', timeoutSeconds: 2 }, 2500);
    assert.deepEqual([reply['outcome'], agents.world.kind()], ['timeout', 'starting']);
  });

  it('leaves the service alone when the call is cancelled', async () => {
    const agents = new FakeAgents(serviceSpec());
    agents.world.prober.refuse(8000);
    const abort = new AbortController();
    const call = agents.engine.call('services_start', { service: 'web' }, { by: { kind: 'cli' }, signal: abort.signal });
    await agents.world.clock.turn(100);
    abort.abort();
    const called = await call;
    assert.ok(called.kind === 'reply' && 'outcome' in called.reply);
    assert.deepEqual([called.reply.outcome, agents.world.kind()], ['cancelled', 'starting']);
    agents.world.prober.answer(8000);
    await agents.world.clock.turn(5000);
    assert.equal(agents.world.kind(), 'running');
  });

  it('returns at once without waiting', async () => {
    const agents = new FakeAgents(serviceSpec());
    agents.world.prober.refuse(8000);
    assert.equal((await agents.call('services_start', { service: 'web', wait: 'none' }, 0))['outcome'], 'started');
  });

  it('waits for a process only, when that is wanted', async () => {
    const agents = new FakeAgents(serviceSpec());
    agents.world.prober.refuse(8000);
    assert.equal((await agents.call('services_start', { service: 'web', wait: 'running' }))['outcome'], 'started');
  });

  it('stops with all of it, names what was ended and who depends on it', async () => {
    const agents = await started(
      serviceSpec(),
      serviceSpec('ui', { port: 3000, dependsOn: [{ id: 'web', condition: 'healthy' }] }),
    );
    const pid = agents.world.pid();
    const reply = await agents.call('services_stop', { service: 'web' });
    assert.deepEqual([reply['outcome'], reply['ended'], reply['dependents']], ['stopped', { pid }, ['ui']]);
    assert.equal((await agents.call('services_stop', { service: 'web' }))['outcome'], 'alreadyStopped');
  });

  it('ends no process that is only monitored', async () => {
    const agents = new FakeAgents(serviceSpec('web', { onPortConflict: 'adopt' }));
    const { process } = agents.world.stranger(8000);
    await agents.world.up();
    assert.equal((await agents.call('services_stop', { service: 'web' }))['outcome'], 'failed');
    assert.ok(agents.world.machine.isAlive(process));
  });

  it('restarts, also what is stopped, and shares a restart that is under way', async () => {
    const agents = await started(serviceSpec());
    const both = await Promise.all([
      agents.call('services_restart', { service: 'web' }),
      agents.call('services_restart', { service: 'web' }),
    ]);
    assert.deepEqual(
      [both.map((reply) => reply['outcome']), agents.world.terminals.launches.length],
      [['restarted', 'restarted'], 2],
    );
    await agents.call('services_stop', { service: 'web' });
    assert.equal((await agents.call('services_restart', { service: 'web' }))['outcome'], 'restarted');
  });

  it('waits for a state without causing it', async () => {
    const agents = new FakeAgents(serviceSpec(), jobSpec('job'));
    assert.equal((await agents.call('services_wait', { service: 'web', status: 'stopped' }))['outcome'], 'reached');
    assert.equal(
      (await agents.call('services_wait', { service: 'web', status: 'healthy', timeoutSeconds: 1 }, 1500))['outcome'],
      'timeout',
    );
    const call = agents.call('services_wait', { service: 'web', status: 'healthy', timeoutSeconds: 5 });
    agents.world.supervisor.start('web');
    assert.deepEqual([(await call)['outcome'], agents.world.terminals.launches.length], ['reached', 1]);
  });

  it('answers an unknown name with the known and the nearest', async () => {
    const agents = new FakeAgents(serviceSpec('backend'), serviceSpec('frontend', { port: 1 }));
    for (const name of ['services_start', 'services_stop', 'services_logs', 'services_diagnose', 'services_list'] as const) {
      const reply = await agents.call(name, { service: 'backnd' });
      assert.deepEqual(
        [reply['outcome'], reply['knownServices'], reply['nearest']],
        ['unknownService', ['backend', 'frontend'], 'backend'],
        name,
      );
    }
  });

  it('refuses wrong arguments with how to call', async () => {
    const agents = new FakeAgents(serviceSpec());
    const wrong: readonly (readonly [unknown, RegExp])[] = [
      [{}, /"service" is required/],
      [{ service: 3 }, /must be a string/],
      [{ service: 'x'.repeat(100_000) }, /at most 200 characters/],
      [{ service: 'web', command: 'rm -rf /' }, /unknown argument "command"/],
      [{ service: 'web', timeoutSecond: 3 }, /Did you mean "timeoutSeconds"/],
      [{ service: 'web', timeoutSeconds: 1e9 }, /integer from 1 to 300/],
      [{ service: 'web', wait: 'forever' }, /one of: healthy, running, none/],
      [[], /JSON object/],
      ['web', /JSON object/],
      [JSON.parse('{"__proto__":{"service":"web"}}'), /unknown argument/],
    ];
    for (const [input, problem] of wrong) await assert.rejects(agents.call('services_start', input), problem);
    assert.equal(agents.world.terminals.launches.length, 0);
  });

  it('shows no value of an env file', async () => {
    const agents = new FakeAgents(serviceSpec('web', { envFiles: ['.env'] }));
    agents.envValues = ['correct-horse-battery', 'true', '8000'];
    await agents.world.up();
    agents.world.terminals.tell.wrote(agents.world.run(), 'login with correct-horse-battery on 8000 true\r\n');
    const logs = await agents.call('services_logs', { service: 'web' });
    assert.match(JSON.stringify(logs), /login with \[removed\] on 8000 true/);
    await agents.world.crash('web', 1, 'Error: correct-horse-battery is wrong');
    await agents.world.clock.turn(3000);
    for (const name of ['services_list', 'services_events', 'services_logs'] as const)
      assert.doesNotMatch(JSON.stringify(await agents.call(name)), /correct-horse/);
    assert.doesNotMatch(JSON.stringify(await agents.call('services_diagnose', { service: 'web' })), /correct-horse/);
    assert.doesNotMatch(
      JSON.stringify(await agents.call('services_wait', { service: 'web', status: 'healthy' })),
      /correct-horse/,
    );
  });
});
