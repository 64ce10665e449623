/** One-off commands through the engine of agents, which only the command svc asks for. */
import assert from 'node:assert/strict';
import type { CommandOutcome } from '../../../../src/app/commands/commandRuns';
import type { Called } from '../../../../src/app/agents/engineParts';
import { FakeAgents, copilot } from '../../../support/fakes/agents';
import { serviceSpec } from '../../../support/fakes/specs';

const made = (): FakeAgents =>
  new FakeAgents(serviceSpec('web', { envFiles: ['.env'], commands: { Seed: 'python seed.py' } }), serviceSpec('api'));

const ask = (agents: FakeAgents, service: string, command: string): Promise<Called> =>
  agents.engine.runCommand(service, command, { by: copilot, signal: new AbortController().signal });

const ending = (outcome: Partial<CommandOutcome>): FakeAgents => {
  const agents = made();
  agents.runCommand = () => Promise.resolve({ end: { kind: 'succeeded' }, lines: [], findings: [], ...outcome });
  return agents;
};

describe('app/agents: one-off commands', () => {
  it('replies with the output and the exit code', async () => {
    assert.deepEqual(await ask(ending({ lines: ['done'] }), 'web', 'Seed'), {
      kind: 'reply',
      reply: { service: 'web', command: 'Seed', ok: true, result: 'succeeded', exitCode: 0, lines: ['done'] },
    });
  });

  it('replies with the verdict of a failure, without values of env files', async () => {
    const agents = ending({
      end: { kind: 'failed', exitCode: 2, cause: 'hunter22 is wrong' },
      lines: ['password hunter22'],
      findings: [
        { code: 'crashed', severity: 'error', title: 'hunter22', short: '', detail: 'Fix it.', evidence: [], actions: [] },
      ],
    });
    agents.envValues = ['hunter22'];
    const called = await ask(agents, 'web', 'Seed');
    assert.ok(!JSON.stringify(called).includes('hunter22'), JSON.stringify(called));
    assert.match(JSON.stringify(called), /"ok":false.*"exitCode":2.*"code":"crashed".*"next":"Fix it\."/);
  });

  it('replies that a command was canceled, or did not run, without an exit code', async () => {
    for (const end of [{ kind: 'cancelled' }, { kind: 'refused', cause: 'no folder' }] as const) {
      const called = await ask(ending({ end }), 'web', 'Seed');
      const reply = called.kind === 'reply' ? { ...called.reply } : {};
      assert.deepEqual(['ok' in reply && reply.ok, 'exitCode' in reply], [false, false], end.kind);
    }
  });

  it('runs nothing for an unknown service, an unknown command or without trust', async () => {
    const agents = made();
    agents.runCommand = () => Promise.reject(new Error('must not run'));
    assert.match(JSON.stringify(await ask(agents, 'wep', 'Seed')), /unknownService.*"nearest":"web"/);
    assert.match(JSON.stringify(await ask(agents, 'web', 'seed')), /Did you mean \\"Seed\\"/);
    assert.match(JSON.stringify(await ask(agents, 'api', 'Seed')), /api has no commands/);
    agents.isTrusted = false;
    assert.match(JSON.stringify(await ask(agents, 'web', 'Seed')), /notTrusted/);
  });
});
