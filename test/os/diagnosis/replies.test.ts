/** Services that run and reply, each in a way that its probe does not expect; beside each the same one as it should be. */
import assert from 'node:assert/strict';
import { networkInterfaces } from 'node:os';
import type { Code } from '../../../src/core/diagnosis/codes';
import type { ProbeSpec, ServiceSpec } from '../../../src/core/model/service';
import { Cleanup } from '../support/cleanup';
import { freePort } from '../support/servers';
import { until } from '../support/until';
import { probe } from '../../unit/core/diagnosis/sample';
import { healthy, otherProtocol, replying, resetting, secure } from './programs';
import { listens, run, tells, until200, verdicts } from './rig';

const http = (address: string, changes: Partial<ProbeSpec> = {}): Partial<ServiceSpec> => ({
  probe: { ...probe, target: { kind: 'http', address }, timeout: 1000, ...changes },
});
const tcp = (port: number): Partial<ServiceSpec> => ({ probe: { ...probe, target: { kind: 'tcp', port } } });

interface Case {
  readonly code: Code;
  readonly what: string;
  readonly file: string;
  readonly text: string;
  /** After the program and its port. */
  readonly args?: string;
  readonly wrong: (port: number) => Partial<ServiceSpec>;
  /** What services.json should say, or how the program should be started. */
  readonly right: (port: number) => { readonly words: Partial<ServiceSpec>; readonly args?: string };
}

const cases: readonly Case[] = [
  {
    ...{ code: 'https-expected', what: 'speaks TLS', file: 'server.js', text: secure },
    wrong: () => http('/'),
    right: (port) => ({ words: http(`https://127.0.0.1:${port}/`) }),
  },
  {
    ...{ code: 'http-expected', what: 'speaks plain HTTP', file: 'server.py', text: healthy },
    wrong: (port) => http(`https://127.0.0.1:${port}/`),
    right: () => ({ words: http('/') }),
  },
  {
    ...{ code: 'not-http', what: 'speaks another protocol', file: 'server.py', text: otherProtocol },
    wrong: () => http('/'),
    right: (port) => ({ words: tcp(port) }),
  },
  {
    ...{ code: 'probe-failed', what: 'resets every connection', file: 'server.py', text: resetting },
    wrong: () => http('/'),
    right: (port) => ({ words: tcp(port) }),
  },
  {
    ...{ code: 'bad-status', what: 'answers 404', file: 'server.js', text: replying, args: '404 none 0' },
    wrong: () => http('/'),
    right: () => ({ words: http('/', { status: [404] }) }),
  },
  {
    ...{ code: 'bad-status', what: 'answers 500', file: 'server.js', text: replying, args: '500 none 0' },
    wrong: () => http('/'),
    right: () => ({ words: http('/'), args: '200 none 0' }),
  },
  {
    ...{ code: 'bad-body', what: 'answers another body', file: 'server.js', text: replying },
    args: `200 '{"status":"degraded"}' 0`,
    wrong: () => http('/', { json: { status: 'healthy' } }),
    right: () => ({ words: http('/', { json: { status: 'healthy' } }), args: `200 '{"status":"healthy","more":1}' 0` }),
  },
  {
    ...{ code: 'slow', what: 'thinks for 1.2 s', file: 'server.js', text: replying, args: '200 ok 1200' },
    wrong: () => http('/', { timeout: 5000 }),
    right: () => ({ words: http('/', { timeout: 5000 }), args: '200 ok 0' }),
  },
];

describe('diagnosis of what replies', function () {
  this.timeout(60_000);
  const cleanup = new Cleanup();
  afterEach(() => cleanup.run());

  const found = async ({ file, text }: Case, args: string, words: (port: number) => Partial<ServiceSpec>) => {
    const port = await freePort();
    const program = file.endsWith('.py') ? '"$PYTHON"' : '"$NODE"';
    const recipe = { command: `exec ${program} ${file} ${port} ${args}`, files: { [file]: text }, port, words: words(port) };
    const server = await run(recipe, cleanup);
    await listens(port);
    return verdicts(server.service, server.output());
  };

  for (const each of cases) {
    const { code, what, args = '', wrong, right } = each;
    it(`${code}: ${what}; and nothing where that is expected`, async () => {
      tells(code, await found(each, args, wrong));
      const twin = right(0).args ?? args;
      assert.deepEqual(await found(each, twin, (port) => right(port).words), []);
    });
  }

  it('bound-to-loopback: is asked by the address of this machine; and nothing when it listens on all', async () => {
    const own = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
    const outside = own.find(({ family, internal }) => family === 'IPv4' && !internal)?.address;
    assert.ok(outside !== undefined, 'This test needs a machine with an address besides loopback.');
    for (const [host, isHeard] of [
      ['127.0.0.1', false],
      ['0.0.0.0', true],
    ] as const) {
      const port = await freePort();
      const command = `exec "$PYTHON" server.py ${port} ${host}`;
      const server = await run(
        { command, files: { 'server.py': healthy }, port, words: http(`http://${outside}:${port}/`) },
        cleanup,
      );
      await until200(port);
      const verdict = await verdicts(server.service, server.output());
      if (isHeard) assert.deepEqual(verdict, []);
      else tells('bound-to-loopback', verdict);
    }
  });

  it('not-listening: runs and opens no port', async () => {
    const port = await freePort();
    const waiting = await run({ command: 'echo "Press any key to continue"; exec sleep 1000', port }, cleanup);
    await until('it has said so', () => waiting.output().length > 0);
    const verdict = tells('not-listening', await verdicts(waiting.service, waiting.output()));
    assert.deepEqual(verdict.evidence.at(-1), 'Output: Press any key to continue');
  });

  it('terminal-lost: a healthy process whose terminal is gone (only that the editor lost it is played)', async () => {
    const port = await freePort();
    const server = await run({ command: `exec "$PYTHON" server.py ${port}`, files: { 'server.py': healthy }, port }, cleanup);
    await until200(port);
    const { state } = server.service;
    assert.ok(state.lifecycle.kind === 'running');
    const lost = { ...server.service, state: { ...state, lifecycle: { ...state.lifecycle, terminal: 'lost' as const } } };
    tells('terminal-lost', await verdicts(lost, server.output()));
    assert.deepEqual(await verdicts(server.service, server.output()), []);
  });
});
