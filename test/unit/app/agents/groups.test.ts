/** The tools of agents with `@group` in place of a service. */
import assert from 'node:assert/strict';
import { Ajv } from 'ajv';
import type { GroupReply } from '../../../../src/core/agents/outcome';
import { tools } from '../../../../src/core/agents/tools';
import type { ToolName } from '../../../../src/core/agents/toolNames';
import type { ServiceSpec } from '../../../../src/core/model/service';
import { FakeAgents } from '../../../support/fakes/agents';
import { serviceSpec } from '../../../support/fakes/specs';

const needs = (...ids: readonly string[]): Pick<ServiceSpec, 'dependsOn'> => ({
  dependsOn: ids.map((id) => ({ id, condition: 'healthy' })),
});
const core = { groups: ['core'] };
const db = serviceSpec('db', { port: 5432 });
const api = serviceSpec('api', { port: 9000, ...core, ...needs('db') });
const web = serviceSpec('web', { ...core, ...needs('api') });

const made = (...specs: readonly ServiceSpec[]): FakeAgents => new FakeAgents(...(specs.length === 0 ? [db, api, web] : specs));

async function ask(agents: FakeAgents, tool: ToolName, ms?: number): Promise<GroupReply> {
  const reply = await agents.call(tool, { service: '@core' }, ms);
  const validate = new Ajv({ strict: true }).compile(tools[tool].output);
  assert.ok(validate(JSON.parse(JSON.stringify(reply))), JSON.stringify(validate.errors));
  return reply as unknown as GroupReply;
}

const each = ({ services }: GroupReply): readonly string[] =>
  services.map(({ service, outcome }) => `${service?.service ?? '?'} ${outcome}`);

describe('app/agents: groups', () => {
  it('starts all services of a group, and names what is started for it', async () => {
    const agents = made();
    const reply = await ask(agents, 'services_start', 2000);
    assert.deepEqual([reply.outcome, reply.group, each(reply)], ['started', 'core', ['api started', 'web started']]);
    assert.deepEqual([reply.alsoStarted, agents.world.terminals.order], [['db'], ['db', 'api', 'web']]);
  });

  it('starts no second copy, and says what was started when some were running', async () => {
    const agents = made();
    await ask(agents, 'services_start', 2000);
    const again = await ask(agents, 'services_start');
    assert.deepEqual([again.outcome, each(again)], ['alreadyRunning', ['api alreadyRunning', 'web alreadyRunning']]);
    assert.deepEqual([again.alsoStarted, agents.world.terminals.order], [undefined, ['db', 'api', 'web']]);
    await agents.call('services_stop', { service: 'web' }, 1000);
    const mixed = await ask(agents, 'services_start', 1000);
    assert.deepEqual([mixed.outcome, each(mixed)], ['started', ['api alreadyRunning', 'web started']]);
  });

  it('replies with the first failure, and with the outcome of every service', async () => {
    const agents = made(serviceSpec('api', { port: 9000, ...core }), serviceSpec('web', core));
    agents.world.stranger(8000);
    const reply = await ask(agents, 'services_start', 2000);
    assert.deepEqual([reply.outcome, each(reply)], ['portTaken', ['api started', 'web portTaken']]);
  });

  it('stops them, dependents first, and leaves alone what they depend on', async () => {
    const agents = made();
    await ask(agents, 'services_start', 2000);
    const [pidOfWeb, pidOfApi] = [agents.world.pid('web'), agents.world.pid('api')];
    for (const process of agents.world.machine.living('web')) process.manner = 'stay';
    const reply = await ask(agents, 'services_stop', 15_000);
    assert.deepEqual([reply.outcome, each(reply)], ['stopped', ['api stopped', 'web stopped']]);
    const { signals } = agents.world.machine;
    assert.ok(signals.indexOf(`SIGKILL ${pidOfWeb}`) < signals.indexOf(`SIGINT ${pidOfApi}`), signals.join(', '));
    assert.equal(agents.world.kind('db'), 'running');
    assert.equal((await ask(agents, 'services_stop')).outcome, 'alreadyStopped');
  });

  it('names of those that depend on them only services outside of the group', async () => {
    const docs = serviceSpec('docs', { port: 9100, dependsOn: [{ id: 'web', condition: 'healthy' }] });
    const agents = made(db, api, web, docs);
    await ask(agents, 'services_start', 2000);
    const reply = await ask(agents, 'services_stop', 2000);
    assert.deepEqual(
      reply.services.map(({ dependents }) => dependents),
      [undefined, ['docs']],
    );
  });

  it('restarts them, and starts those that were stopped', async () => {
    const agents = made();
    await agents.call('services_start', { service: 'api' }, 2000);
    const reply = await ask(agents, 'services_restart', 4000);
    assert.deepEqual([reply.outcome, each(reply)], ['restarted', ['api restarted', 'web restarted']]);
    assert.deepEqual(agents.world.terminals.order, ['db', 'api', 'api', 'web']);
    assert.deepEqual(reply.services[0]?.service?.startedBy, { kind: 'agent', who: 'Copilot' });
  });

  it('runs nothing in a workspace that is not trusted', async () => {
    const agents = made();
    agents.isTrusted = false;
    for (const tool of ['services_start', 'services_stop', 'services_restart'] as const) {
      const reply = await ask(agents, tool);
      assert.deepEqual([reply.outcome, each(reply)], ['notTrusted', ['api notTrusted', 'web notTrusted']], tool);
    }
    assert.deepEqual(agents.world.terminals.order, []);
  });

  it('says which groups there are when it does not know one', async () => {
    const reply = await made().call('services_start', { service: '@cor' });
    assert.deepEqual(
      [reply['outcome'], reply['knownServices'], reply['nearest']],
      ['unknownService', ['db', 'api', 'web', '@core'], '@core'],
    );
  });

  it('takes a service whose own name begins with @ for the service', async () => {
    const agents = made(serviceSpec('@core', { port: 7000 }), api, db);
    const reply = await agents.call('services_start', { service: '@core' });
    assert.deepEqual([reply['outcome'], reply['group'], agents.world.terminals.order], ['started', undefined, ['@core']]);
  });

  it('wants the name of a service from tools that take no group', async () => {
    for (const tool of ['services_wait', 'services_diagnose', 'services_check', 'services_list', 'services_logs'] as const) {
      const reply = await made().call(tool, { service: '@core', ...(tool === 'services_wait' && { status: 'healthy' }) });
      assert.deepEqual([reply['outcome'], reply['knownServices']], ['unknownService', ['api', 'web']], tool);
    }
  });

  it('describes everything that a start of the group would run, for the question to the user', async () => {
    const { engine } = made();
    const ids = async (name: unknown): Promise<readonly string[]> =>
      (await engine.describe(name)).map(({ service }) => service.spec.id);
    assert.deepEqual([await ids('@core'), await ids('api'), await ids('@cor'), await ids(1)], [['api', 'web'], ['api'], [], []]);
  });

  it('lists the groups of each service that has any', async () => {
    const { services } = (await made().call('services_list')) as unknown as { services: { groups?: readonly string[] }[] };
    assert.deepEqual(
      services.map(({ groups }) => groups),
      [undefined, ['core'], ['core']],
    );
  });
});
