/** The door between windows: real sockets, with everything that a peer can do wrong. */
import assert from 'node:assert/strict';
import { existsSync, statSync } from 'node:fs';
import { connect } from 'node:net';
import { dirname } from 'node:path';
import type { Address, Connection } from '../../../src/app/sharing/ports';
import { SocketChannel } from '../../../src/os/sharing/socketChannel';
import { until } from '../../support/poll';

/** Keeps what a connection brings. */
function record(connection: Connection): { readonly messages: unknown[]; closed: number } {
  const seen = { messages: [] as unknown[], closed: 0 };
  connection.listen({ received: (message) => seen.messages.push(message), closed: () => (seen.closed += 1) });
  return seen;
}

describe('os: the channel between windows', () => {
  const channels: SocketChannel[] = [];
  const channel = (): SocketChannel => {
    const made = new SocketChannel();
    channels.push(made);
    return made;
  };
  afterEach(() => {
    for (const each of channels.splice(0)) each.dispose();
  });

  async function served(accept: (connection: Connection) => void): Promise<Address> {
    const address = await channel().serve(accept);
    assert.ok(address.kind === 'known');
    return address.value;
  }

  async function connected(address: Address): Promise<Connection> {
    const connection = await channel().connect(address);
    assert.ok(connection.kind === 'known', JSON.stringify(connection));
    return connection.value;
  }

  it('brings messages both ways, whole and in their order', async () => {
    const accepted: Connection[] = [];
    const address = await served((connection) => accepted.push(connection));
    const here = await connected(address);
    const long = 'ä€𝄞'.repeat(40_000);
    for (let number = 0; number < 50; number += 1) here.send({ number, text: number === 25 ? long : '' });
    const there = await until('a connection', () => accepted[0]);
    const seen = record(there);
    await until('fifty messages', () => seen.messages.length === 50);
    assert.deepEqual(seen.messages[25], { number: 25, text: long });
    assert.deepEqual(
      seen.messages.map((message) => (message as { number: number }).number),
      [...Array(50).keys()],
    );
    const back = record(here);
    there.send({ hello: true });
    await until('the reply', () => back.messages.length === 1);
  });

  it('reports the end of a connection once to each side', async () => {
    const accepted: Connection[] = [];
    const address = await served((connection) => accepted.push(connection));
    const [here, one] = await connected(address).then((connection) => [connection, record(connection)] as const);
    const there = await until('a connection', () => accepted[0]);
    const other = record(there);
    there.send({ last: true });
    there.dispose();
    await until('both ends', () => one.closed === 1 && other.closed === 1);
    assert.deepEqual(one.messages, [{ last: true }]);
    here.send({ late: true });
    here.dispose();
    assert.deepEqual([one.closed, other.closed], [1, 1]);
  });

  it('hangs up on whoever does not know the token, and hands nobody over', async () => {
    const accepted: Connection[] = [];
    const address = await served((connection) => accepted.push(connection));
    const wrong = await connected({ ...address, token: 'f'.repeat(64) });
    const seen = record(wrong);
    await until('the end', () => seen.closed === 1);
    for (const text of ['GET / HTTP/1.1\r\n\r\n', '{"token":1}\n', 'x'.repeat(5000)]) {
      const socket = connect(address.path);
      socket.on('error', () => undefined);
      socket.write(text);
      await new Promise((resolve) => socket.once('close', resolve));
    }
    assert.equal(accepted.length, 0);
  });

  it('hangs up on a line that is no JSON or longer than 1 MiB', async () => {
    const accepted: Connection[] = [];
    const address = await served((connection) => accepted.push(connection));
    for (const text of ['{"half":\n', `"${'x'.repeat(1024 * 1024)}"\n`, 'x'.repeat(1024 * 1024 + 10)]) {
      const socket = connect(address.path);
      socket.on('error', () => undefined);
      socket.write(`${JSON.stringify({ token: address.token })}\n`);
      socket.write(text);
      await new Promise((resolve) => socket.once('close', resolve));
    }
    await until('three connections', () => accepted.length === 3);
    for (const each of accepted) assert.deepEqual(record(each), { messages: [], closed: 1 });
  });

  it('is where only the user can go, and goes with its window', async () => {
    const own = channel();
    const address = await own.serve(() => undefined);
    assert.ok(address.kind === 'known');
    const folder = dirname(address.value.path);
    // A pipe of Windows is in no folder; its name cannot be guessed.
    if (process.platform !== 'win32') assert.equal(statSync(folder).mode & 0o077, 0);
    own.dispose();
    if (process.platform !== 'win32') assert.ok(!existsSync(folder));
    assert.equal((await channel().connect(address.value)).kind, 'unavailable');
  });
});
