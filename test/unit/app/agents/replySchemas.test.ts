/** What MCP clients are promised is what the tools reply, in every outcome. */
import assert from 'node:assert/strict';
import { Ajv } from 'ajv';
import type { ToolName } from '../../../../src/core/agents/toolNames';
import { toolNames } from '../../../../src/core/agents/toolNames';
import { tools } from '../../../../src/core/agents/tools';
import { FakeAgents } from '../../../support/fakes/agents';
import { serviceSpec } from '../../../support/fakes/specs';

describe('app/agents: schemas of replies', () => {
  const ajv = new Ajv({ strict: true });
  const validators = new Map(toolNames.map((name) => [name, ajv.compile(tools[name].output)]));

  async function expectValid(agents: FakeAgents, name: ToolName, input: object, ms?: number): Promise<Record<string, unknown>> {
    const reply: unknown = JSON.parse(JSON.stringify(await agents.call(name, input, ms)));
    const validate = validators.get(name);
    assert.ok(validate?.(reply), `${name}: ${ajv.errorsText(validate?.errors)} in ${JSON.stringify(reply)}`);
    return reply as Record<string, unknown>;
  }

  it('fit the replies about a service that runs', async () => {
    const agents = new FakeAgents(serviceSpec());
    await expectValid(agents, 'services_start', { service: 'web' });
    agents.world.terminals.tell.wrote(agents.world.run(), 'ready\r\n');
    const seen = [
      await expectValid(agents, 'services_list', {}),
      await expectValid(agents, 'services_logs', { service: 'web' }),
      await expectValid(agents, 'services_diagnose', { service: 'web' }),
      await expectValid(agents, 'services_check', { service: 'web' }),
      await expectValid(agents, 'services_events', {}),
    ];
    for (const reply of seen) assert.ok(Object.values(reply).some((value) => Array.isArray(value) && value.length > 0));
    await expectValid(agents, 'services_restart', { service: 'web' });
    await expectValid(agents, 'services_wait', { service: 'web', status: 'healthy' });
    await expectValid(agents, 'services_stop', { service: 'web' });
  });

  it('fit a taken port, a crash with its findings, and a wait in vain', async () => {
    const agents = new FakeAgents(serviceSpec('web', { restart: 'no' }));
    agents.findings = [
      {
        code: 'crashed',
        severity: 'error',
        title: 'web is down',
        short: '',
        detail: 'Read it.',
        evidence: ['Exit code: 3'],
        actions: [],
      },
    ];
    const held = agents.world.stranger(8000);
    const { owners } = await expectValid(agents, 'services_start', { service: 'web' });
    assert.equal((owners as readonly unknown[]).length, 1);
    agents.world.machine.end(held.process.pid);
    await expectValid(agents, 'services_wait', { service: 'web', status: 'running', timeoutSeconds: 1 }, 2000);
    const { findings } = await expectValid(agents, 'services_diagnose', { service: 'web' });
    assert.equal((findings as readonly unknown[]).length, 1);
  });

  it('fit an unknown service for every tool that names one', async () => {
    const agents = new FakeAgents(serviceSpec());
    for (const name of toolNames) {
      const status = name === 'services_wait' ? { status: 'healthy' } : {};
      const reply = await expectValid(agents, name, { service: 'wbe', ...status });
      assert.equal(reply['outcome'], 'unknownService');
    }
  });

  it('refuse a reply of another shape', () => {
    const validate = validators.get('services_list');
    assert.equal(validate?.({ services: [{ service: 'web' }] }), false);
    assert.equal(validators.get('services_start')?.({}), false);
  });
});
