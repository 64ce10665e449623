/** Programs of other processes: whatever they send gets an answer, and nothing happens to the services. */
import assert from 'node:assert/strict';
import { Door } from '../../../../src/app/agents/door';
import type { CommandOutcome, CommandRequest } from '../../../../src/app/commands/commandRuns';
import type { Connection, ConnectionListener } from '../../../../src/app/sharing/ports';
import { FakeAgents } from '../../../support/fakes/agents';
import { serviceSpec } from '../../../support/fakes/specs';

class FakeConnection implements Connection {
  readonly sent: Record<string, unknown>[] = [];
  isOpen = true;
  send(message: object): void {
    this.sent.push({ ...message });
  }
  listen(_listener: ConnectionListener): void {
    // The door is given what arrives.
  }
  dispose(): void {
    this.isOpen = false;
  }
}

const hello = { kind: 'agent', protocol: 1, folder: '/real/shop', by: { kind: 'cli', who: 'claude' } };

function setUp(spec = serviceSpec(), options: { readonly responds?: () => Promise<void> } = {}) {
  const agents = new FakeAgents(spec);
  const door = new Door({
    engine: agents.engine,
    clock: agents.world.clock,
    folderAt: (place) => (place === '/real/shop' ? '/shop' : undefined),
    responds: options.responds ?? (() => Promise.resolve()),
  });
  const open = (first: unknown = hello) => {
    const connection = new FakeConnection();
    return { connection, ...door.open(connection, first) };
  };
  return { agents, open };
}

describe('app/agents: door', () => {
  it('carries out calls, and names the program as who did it', async () => {
    const { agents, open } = setUp();
    const client = open();
    client.received({ kind: 'call', number: 7, tool: 'services_start', input: { service: 'web' } });
    await agents.world.clock.turn(500);
    assert.deepEqual(client.connection.sent[0], { kind: 'welcome' });
    const reply = client.connection.sent.find(({ number }) => number === 7);
    assert.equal((reply?.['reply'] as { outcome: string }).outcome, 'started');
    assert.deepEqual(agents.world.snapshot().startedBy, { kind: 'cli', who: 'claude' });
  });

  it('runs a one-off command, and ends it with its client', async () => {
    const { agents, open } = setUp(serviceSpec('web', { commands: { Seed: 'python seed.py' } }));
    const asked: CommandRequest[] = [];
    let finish: (outcome: CommandOutcome) => void = () => undefined;
    agents.runCommand = (request) => {
      asked.push(request);
      return new Promise((resolve) => (finish = resolve));
    };
    const client = open();
    client.received({ kind: 'call', number: 7, tool: 'run', input: { service: 'web', command: 'Seed' } });
    await agents.world.clock.turn(10);
    const [request] = asked;
    assert.deepEqual([request?.name, request?.by, request?.signal.aborted], ['Seed', { kind: 'cli', who: 'claude' }, false]);
    client.closed();
    assert.equal(request?.signal.aborted, true);
    finish({ end: { kind: 'cancelled' }, lines: [], findings: [] });
  });

  it('says how to call when a command is not understood, or not known', async () => {
    const { agents, open } = setUp(serviceSpec('web', { commands: { 'Seed data': 'python seed.py' } }));
    const inputs = [
      ...[undefined, 'Seed', { service: 'web' }, { service: 1, command: 'Seed data' }],
      ...[
        { service: 'web', command: 'x'.repeat(201) },
        { service: 'web', command: 'Sed data' },
        { service: 'web', command: 'toString' },
      ],
    ];
    const client = open();
    inputs.forEach((input, number) => client.received({ kind: 'call', number, tool: 'run', input }));
    await agents.world.clock.turn(100);
    const problems = client.connection.sent.flatMap(({ problem }) => (typeof problem === 'string' ? [problem] : []));
    assert.equal(problems.length, inputs.length);
    assert.deepEqual(problems.slice(-2), [
      'web has no command "Sed data". Did you mean "Seed data"?',
      'web has no command "toString". It has: "Seed data".',
    ]);
  });

  it('refuses another protocol, another folder and a window that does not respond', async () => {
    const { agents, open } = setUp(undefined, { responds: () => new Promise(() => undefined) });
    const why = ({ connection }: ReturnType<typeof open>): unknown => connection.sent[0]?.['why'];
    assert.equal(why(open({ ...hello, protocol: 2 })), 'protocol');
    assert.equal(why(open({ kind: 'agent' })), 'protocol');
    assert.equal(why(open({ ...hello, folder: '/other' })), 'notLeading');
    const waiting = open();
    await agents.world.clock.turn(5000);
    assert.deepEqual([why(waiting), waiting.connection.isOpen], ['away', false]);
  });

  it('answers what it does not understand', async () => {
    const { agents, open } = setUp();
    const client = open();
    await agents.world.clock.turn(0);
    for (const message of [
      null,
      [],
      'x',
      { kind: 'call' },
      { kind: 'call', number: 1, tool: 'rm' },
      { kind: 'start', number: 2 },
    ])
      client.received(message);
    client.received({ kind: 'call', number: 3, tool: 'services_start', input: { service: 3 } });
    await agents.world.clock.turn(100);
    const answers = client.connection.sent.slice(1);
    assert.deepEqual([answers.length, new Set(answers.map(({ kind }) => kind))], [7, new Set(['problem'])]);
    assert.equal(agents.world.terminals.launches.length, 0);
  });

  it('leaves the service alone when its client goes in the middle of a call', async () => {
    const { agents, open } = setUp();
    agents.world.prober.refuse(8000);
    const client = open();
    client.received({ kind: 'call', number: 1, tool: 'services_start', input: { service: 'web' } });
    await agents.world.clock.turn(100);
    client.closed();
    await agents.world.clock.turn(100);
    assert.equal(agents.world.kind(), 'starting');
  });

  it('cancels a call on request', async () => {
    const { agents, open } = setUp();
    const client = open();
    client.received({ kind: 'call', number: 1, tool: 'services_wait', input: { service: 'web', status: 'healthy' } });
    await agents.world.clock.turn(100);
    client.received({ kind: 'cancel', number: 1 });
    await agents.world.clock.turn(100);
    assert.equal((client.connection.sent.at(-1)?.['reply'] as { outcome: string }).outcome, 'cancelled');
  });

  it('disconnects a client that floods, and bounds calls and clients', async () => {
    const { agents, open } = setUp();
    const client = open();
    for (let number = 0; number < 201; number += 1) client.received({ kind: 'call', number, tool: 'services_list' });
    assert.equal(client.connection.isOpen, false);
    const busy = open();
    for (let number = 0; number < 40; number += 1)
      busy.received({ kind: 'call', number, tool: 'services_wait', input: { service: 'web', status: 'healthy' } });
    await agents.world.clock.turn(100);
    assert.equal(busy.connection.sent.filter(({ kind }) => kind === 'problem').length, 8);
    const many = Array.from({ length: 130 }, () => open());
    assert.equal(many.at(-1)?.connection.sent[0]?.['why'], 'busy');
  });

  it('serves 50 clients at once with one start', async () => {
    const { agents, open } = setUp();
    const clients = Array.from({ length: 50 }, () => open());
    for (const client of clients) client.received({ kind: 'call', number: 1, tool: 'services_start', input: { service: 'web' } });
    await agents.world.clock.turn(1000);
    const outcomes = clients.map(({ connection }) => (connection.sent.at(-1)?.['reply'] as { outcome: string }).outcome);
    assert.deepEqual([new Set(outcomes), agents.world.terminals.launches.length], [new Set(['started']), 1]);
  });
});
