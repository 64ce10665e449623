/** The socket for programs under hostile clients: whatever they send, the next client is served, and no service is touched. */
import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { Door } from '../../../src/app/agents/door';
import type { AgentConnection } from '../../../src/app/sharing/sharing';
import type { Address, Connection } from '../../../src/app/sharing/ports';
import { systemClock } from '../../../src/os/clock';
import { SocketChannel } from '../../../src/os/sharing/socketChannel';
import { FakeAgents } from '../../support/fakes/agents';
import { serviceSpec } from '../../support/fakes/specs';

const hello = { kind: 'agent', protocol: 1, folder: '/shop', by: { kind: 'cli' } };

describe('os/agents: hostile clients', () => {
  let agents: FakeAgents;
  let channel: SocketChannel;
  let address: Address;

  beforeEach(async () => {
    agents = new FakeAgents(serviceSpec());
    const door = new Door({
      ...{ engine: agents.engine, clock: systemClock, folderAt: (place: string) => (place === '/shop' ? '/shop' : undefined) },
      responds: () => Promise.resolve(),
    });
    channel = new SocketChannel();
    const served = await channel.serve((connection: Connection) => {
      let opened: AgentConnection | undefined;
      connection.listen({
        received: (message) => {
          if (opened === undefined) opened = door.open(connection, message);
          else opened.received(message);
        },
        closed: () => opened?.closed(),
      });
    });
    assert.ok(served.kind === 'known');
    address = served.value;
  });

  afterEach(() => channel.dispose());

  /** Sends the texts, and settles with what came back when the socket is closed, or nothing more comes. */
  const send = (...texts: readonly string[]): Promise<string> =>
    new Promise((resolve) => {
      let received = '';
      const socket = connect(address.path, () => {
        for (const text of texts) socket.write(text);
      });
      socket.on('data', (data) => (received += data.toString()));
      socket.on('error', () => undefined);
      const finish = (): void => {
        socket.destroy();
        resolve(received);
      };
      socket.once('close', finish);
      setTimeout(finish, 150);
    });

  const line = (message: unknown): string => `${JSON.stringify(message)}\n`;
  const call = line({ kind: 'call', number: 1, tool: 'services_list', input: {} });
  const isServed = async (): Promise<boolean> =>
    (await send(line({ token: address.token }), line(hello), call)).includes('"number":1');

  it('serve nobody without the token', async () => {
    assert.equal(await send(line({ token: 'x' }), line(hello), call), '');
    assert.equal(await send(line(hello), call), '');
    assert.equal(await send('x'.repeat(100_000)), '');
    assert.ok(await isServed());
  });

  it('answer or disconnect for random messages, and go on', async () => {
    const random = (): unknown => {
      const pick = <T>(...of: readonly T[]): T => of[Math.floor(Math.random() * of.length)] as T;
      const value = (): unknown =>
        pick<unknown>(null, '', -1, 1e300, [], {}, true, 'services_start', 'web', '\u0000', 'x'.repeat(10_000), {
          service: 'web',
        });
      const kind = pick<unknown>('call', 'cancel', 'agent', 'hello', 7);
      return pick<unknown>({ kind, number: value(), tool: value(), input: value() }, value(), [value()]);
    };
    for (let round = 0; round < 15; round += 1)
      await send(line({ token: address.token }), line(hello), ...Array.from({ length: 20 }, () => line(random())));
    assert.ok(await isServed());
    assert.equal(agents.world.terminals.launches.length, 0);
  });

  it('disconnect for what is no JSON, for a message that never ends, and for a flood', async () => {
    const start = [line({ token: address.token }), line(hello)];
    assert.doesNotMatch(await send(...start, '{"kind":\n', call), /"number":1/);
    await send(...start, 'x'.repeat(3 * 1024 * 1024));
    await send(...start, call.repeat(5000));
    assert.ok(await isServed());
  });

  it('leave in the middle of a call without an effect on the next', async () => {
    await Promise.all(Array.from({ length: 50 }, () => send(line({ token: address.token }), line(hello), call.slice(0, 20))));
    assert.ok(await isServed());
  });
});
