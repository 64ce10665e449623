/** What agents read: logs by cursor and search, events with who did it. */
import assert from 'node:assert/strict';
import { FakeAgents } from '../../../support/fakes/agents';
import { serviceSpec } from '../../../support/fakes/specs';

const started = async (...specs: readonly ReturnType<typeof serviceSpec>[]): Promise<FakeAgents> => {
  const agents = new FakeAgents(...specs);
  await agents.world.up();
  return agents;
};

describe('app/agents: logs and events', () => {
  const write = (agents: FakeAgents, ...lines: readonly string[]): void => {
    for (const line of lines) agents.world.terminals.tell.wrote(agents.world.run(), `${line}\r\n`);
  };

  it('reads lines without terminal codes, with time and run', async () => {
    const agents = await started(serviceSpec());
    write(agents, '\u001b[32mready\u001b[0m in 3 ms');
    const { lines } = (await agents.call('services_logs', { service: 'web' })) as unknown as {
      lines: readonly Record<string, string>[];
    };
    assert.deepEqual(
      lines.map(({ text, run, service }) => [text, run, service]),
      [['ready in 3 ms', 'run1', 'web']],
    );
    assert.match(lines[0]?.['at'] ?? '', /T.*Z$/);
  });

  it('continues at the cursor, and from now on', async () => {
    const agents = await started(serviceSpec());
    write(agents, 'one', 'two');
    const first = await agents.call('services_logs', {});
    write(agents, 'three');
    const texts = (reply: Record<string, unknown>): readonly string[] =>
      (reply['lines'] as readonly { text: string }[]).map(({ text }) => text);
    assert.deepEqual(texts(await agents.call('services_logs', { since: first['cursor'] })), ['three']);
    assert.deepEqual(texts(await agents.call('services_logs', { since: '' })), []);
    assert.deepEqual(texts(await agents.call('services_logs', { tail: 2 })), ['two', 'three']);
    await assert.rejects(agents.call('services_logs', { since: 'yesterday' }), /cursor/);
  });

  it('searches for text and for a regular expression', async () => {
    const agents = await started(serviceSpec());
    write(agents, 'GET / 200', 'GET /x 500', 'ready');
    const found = async (search: string): Promise<number> =>
      ((await agents.call('services_logs', { search }))['lines'] as readonly unknown[]).length;
    assert.deepEqual([await found('get'), await found('/ 5\\d\\d$/')], [2, 1]);
    await assert.rejects(agents.call('services_logs', { search: '/(/' }), /invalid expression/);
  });

  it('cuts a long reply at its oldest end, and says so', async () => {
    const agents = await started(serviceSpec());
    write(agents, ...Array.from({ length: 3000 }, (_, index) => `line ${index} ${'x'.repeat(50)}`));
    const reply = await agents.call('services_logs', { tail: 3000 });
    const lines = reply['lines'] as readonly { text: string }[];
    assert.ok(JSON.stringify(reply).length < 60_000);
    assert.match(lines.at(-1)?.text ?? '', /^line 2999/);
    assert.match(String(reply['cut']), /older lines were left out/);
  });

  it('lists what happened, in order, and who did it', async () => {
    const agents = new FakeAgents(serviceSpec());
    await agents.call('services_start', { service: 'web' });
    agents.world.supervisor.stop('web');
    await agents.world.clock.turn(500);
    await agents.call('services_start', { service: 'web' });
    await agents.call('services_restart', { service: 'web' });
    const { events, cursor } = (await agents.call('services_events')) as unknown as {
      events: readonly { what: string; by?: { kind: string } }[];
      cursor: string;
    };
    assert.deepEqual(
      events.map(({ what, by }) => (by === undefined ? what : `${what} by ${by.kind}`)),
      ['started by agent', 'ready', 'stopped by user', 'started by agent', 'ready', 'restarted by agent', 'ready'],
    );
    assert.deepEqual((await agents.call('services_events', { since: cursor }))['events'], []);
  });

  it('reports a crash with its code, and the restart by policy', async () => {
    const agents = await started(serviceSpec('web', { restart: 'on-failure' }));
    await agents.world.crash('web', 1, 'Error: boom');
    await agents.world.clock.turn(5000);
    const { events } = (await agents.call('services_events', { service: 'web' })) as unknown as {
      events: readonly { what: string; verdict?: string; reason?: string; by?: { kind: string } }[];
    };
    const failed = events.find(({ what }) => what === 'failed');
    assert.deepEqual([failed?.verdict, failed?.reason?.includes('boom')], ['crashed', true]);
    assert.deepEqual(events.find(({ what }) => what === 'restarted')?.by, { kind: 'auto' });
  });
});
