/** Ports that must not be written down: the first action for them is performed, or leads to the place. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { Cleanup } from '../support/cleanup';
import { freePort } from '../support/servers';
import { until } from '../support/until';
import { Situation } from './situation';

describe('the first action for a port', function () {
  this.timeout(60_000);
  const cleanup = new Cleanup();
  afterEach(() => cleanup.run());

  it('that the system chooses passes the configured one, and never writes it down', async () => {
    const port = await freePort();
    const server = `require('node:http').createServer((q, r) => r.end('ok')).listen(+(process.env.PORT ?? 0), '127.0.0.1', () => console.log('up'));`;
    const random = new Situation({ entry: { command: 'node server.js' }, files: { 'server.js': server }, port }, cleanup);
    await random.start();
    await random.prints(/up/);
    random.fails({ kind: 'refused', port });
    const first = await random.verdict('wrong-port');
    assert.equal(first.actions[0]?.title, 'Set PORT to ${port}');
    await random.stop();
    await random.start();
    await random.prints(/up/);
    random.fails({ kind: 'refused', port });
    const second = await random.verdict('wrong-port');
    assert.match(second.title, /takes a new port at each start/);
    assert.ok(!JSON.stringify([first, second]).includes('setPort'));
    await random.perform(second.actions[0]);
    await random.stop();
    await random.works();
  });

  for (const command of [
    'node --inspect-brk=127.0.0.1:INSPECTOR server.js',
    'NODE_OPTIONS=--inspect-brk=127.0.0.1:INSPECTOR node server.js',
  ])
    it(`of a debugger leads to it: ${command}`, async () => {
      const [port, inspector] = [await freePort(), await freePort()];
      const server = `require('node:http').createServer((q, r) => r.end('ok')).listen(${port}, '127.0.0.1');`;
      const entry = { command: command.replace('INSPECTOR', String(inspector)) };
      const waiting = new Situation({ entry, files: { 'server.js': server }, port }, cleanup);
      await waiting.start();
      await waiting.prints(/Debugger listening/);
      waiting.fails({ kind: 'refused', port });
      const found = await waiting.verdict('waits-for-debugger');
      assert.equal(found.severity, 'info');
      assert.match(found.title, new RegExp(`\\(ws://127\\.0\\.0\\.1:${inspector}\\)`));
      assert.ok(!JSON.stringify(await waiting.findings()).includes('setPort'));
      assert.deepEqual(found.actions[0]?.arguments, ['web', inspector]);
      // Played: what the debugger of VS Code does when it attaches with `continueOnAttach`.
      await attach(found.evidence.join(' '));
      await waiting.prints(/Debugger attached/);
      await until('it serves', async () => (await fetch(`http://127.0.0.1:${port}/`).catch(() => undefined))?.ok === true);
    });
});

/** Attaches to the address in the text, and lets the program go on. */
async function attach(text: string): Promise<void> {
  const address = /ws:\/\/\S+/.exec(text)?.[0] ?? '';
  const client = `
import crypto from 'node:crypto'; import net from 'node:net';
const { hostname, port, pathname } = new URL(process.argv[1]);
const socket = net.connect(+port, hostname);
const frame = (text) => { const mask = crypto.randomBytes(4); const data = Buffer.from(text);
  return Buffer.concat([Buffer.from([0x81, 0x80 | data.length]), mask, data.map((byte, at) => byte ^ mask[at % 4])]); };
socket.write('GET ' + pathname + ' HTTP/1.1\\r\\nHost: ' + hostname + '\\r\\nUpgrade: websocket\\r\\nConnection: Upgrade\\r\\nSec-WebSocket-Key: ' + crypto.randomBytes(16).toString('base64') + '\\r\\nSec-WebSocket-Version: 13\\r\\n\\r\\n');
socket.once('data', () => {
  socket.write(frame('{"id":1,"method":"Debugger.enable"}'));
  socket.write(frame('{"id":2,"method":"Runtime.runIfWaitingForDebugger"}'));
  socket.on('data', (data) => { if (String(data).includes('Debugger.paused')) socket.write(frame('{"id":3,"method":"Debugger.resume"}')); });
});
setTimeout(() => process.exit(), 3000);
`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', client, address], { stdio: 'ignore' });
  await new Promise((resolve) => child.once('spawn', resolve));
}
