/** Running services, each with a response that its probe does not expect, and the same service with the expected one. */
import assert from 'node:assert/strict';
import { networkInterfaces } from 'node:os';
import type { Code } from '../../../src/core/diagnosis/codes';
import type { ProbeSpec, ServiceSpec } from '../../../src/core/model/service';
import { Cleanup } from '../support/cleanup';
import { freePort } from '../support/servers';
import { until } from '../support/until';
import { probe } from '../../unit/core/diagnosis/sample';
import { airplay, healthy, otherProtocol, replying, resetting, secure } from './programs';
import { listens, run, expectVerdict, until200, verdicts } from './rig';

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
  /** The correct configuration, or the correct arguments. */
  readonly right: (port: number) => { readonly config: Partial<ServiceSpec>; readonly args?: string };
}

const cases: readonly Case[] = [
  {
    code: 'https-expected',
    what: 'speaks TLS',
    file: 'server.js',
    text: secure,
    wrong: () => http('/'),
    right: (port) => ({ config: http(`https://127.0.0.1:${port}/`) }),
  },
  {
    code: 'http-expected',
    what: 'speaks plain HTTP',
    file: 'server.py',
    text: healthy,
    wrong: (port) => http(`https://127.0.0.1:${port}/`),
    right: () => ({ config: http('/') }),
  },
  {
    code: 'not-http',
    what: 'speaks another protocol',
    file: 'server.py',
    text: otherProtocol,
    wrong: () => http('/'),
    right: (port) => ({ config: tcp(port) }),
  },
  {
    code: 'probe-failed',
    what: 'resets every connection',
    file: 'server.py',
    text: resetting,
    wrong: () => http('/'),
    right: (port) => ({ config: tcp(port) }),
  },
  {
    code: 'bad-status',
    what: 'responds with 404',
    file: 'server.js',
    text: replying,
    args: '404 none 0',
    wrong: () => http('/'),
    right: () => ({ config: http('/', { status: [404] }) }),
  },
  {
    code: 'bad-status',
    what: 'responds with 500',
    file: 'server.js',
    text: replying,
    args: '500 none 0',
    wrong: () => http('/'),
    right: () => ({ config: http('/'), args: '200 none 0' }),
  },
  {
    code: 'airplay',
    what: 'is the AirPlay receiver of macOS',
    file: 'server.js',
    text: airplay,
    wrong: () => http('/'),
    right: () => ({ config: http('/', { status: [403] }) }),
  },
  {
    code: 'bad-body',
    what: 'responds with another body',
    file: 'server.js',
    text: replying,
    args: `200 '{"status":"degraded"}' 0`,
    wrong: () => http('/', { json: { status: 'healthy' } }),
    right: () => ({ config: http('/', { json: { status: 'healthy' } }), args: `200 '{"status":"healthy","more":1}' 0` }),
  },
  {
    code: 'slow',
    what: 'responds after 1.2 s',
    file: 'server.js',
    text: replying,
    args: '200 ok 1200',
    wrong: () => http('/', { timeout: 5000 }),
    right: () => ({ config: http('/', { timeout: 5000 }), args: '200 ok 0' }),
  },
];

describe('diagnosis of responses', function () {
  this.timeout(60_000);
  const cleanup = new Cleanup();
  afterEach(() => cleanup.run());

  const found = async ({ file, text }: Case, args: string, config: (port: number) => Partial<ServiceSpec>) => {
    const port = await freePort();
    const program = file.endsWith('.py') ? '"$PYTHON"' : '"$NODE"';
    const recipe = { command: `exec ${program} ${file} ${port} ${args}`, files: { [file]: text }, port, config: config(port) };
    const server = await run(recipe, cleanup);
    await listens(port);
    return verdicts(server.service, server.output());
  };

  for (const each of cases) {
    const { code, what, args = '', wrong, right } = each;
    it(`reports ${code} for a server that ${what}, and nothing when the probe expects that`, async () => {
      expectVerdict(code, await found(each, args, wrong));
      const twin = right(0).args ?? args;
      assert.deepEqual(await found(each, twin, (port) => right(port).config), []);
    });
  }

  it('reports bound-to-loopback when the probe uses the address of this machine, and nothing when the server listens on all addresses', async () => {
    const own = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
    const outside = own.find(({ family, internal }) => family === 'IPv4' && !internal)?.address;
    assert.ok(outside !== undefined, 'This test needs a machine with an address besides loopback.');
    for (const [host, isReachable] of [
      ['127.0.0.1', false],
      ['0.0.0.0', true],
    ] as const) {
      const port = await freePort();
      const command = `exec "$PYTHON" server.py ${port} ${host}`;
      const server = await run(
        { command, files: { 'server.py': healthy }, port, config: http(`http://${outside}:${port}/`) },
        cleanup,
      );
      await until200(port);
      const verdict = await verdicts(server.service, server.output());
      if (isReachable) assert.deepEqual(verdict, []);
      else expectVerdict('bound-to-loopback', verdict);
    }
  });

  it('reports not-listening for a process that opens no port', async () => {
    const port = await freePort();
    const waiting = await run({ command: 'echo "Press any key to continue"; exec sleep 1000', port }, cleanup);
    await until('the process has printed a line', () => waiting.output().length > 0);
    const verdict = expectVerdict('not-listening', await verdicts(waiting.service, waiting.output()));
    assert.deepEqual(verdict.evidence.at(-1), 'Output: Press any key to continue');
  });

  it('reports terminal-lost for a healthy process without a terminal (the loss itself is simulated)', async () => {
    const port = await freePort();
    const server = await run({ command: `exec "$PYTHON" server.py ${port}`, files: { 'server.py': healthy }, port }, cleanup);
    await until200(port);
    const { state } = server.service;
    assert.ok(state.lifecycle.kind === 'running');
    const lost = { ...server.service, state: { ...state, lifecycle: { ...state.lifecycle, terminal: 'lost' as const } } };
    expectVerdict('terminal-lost', await verdicts(lost, server.output()));
    assert.deepEqual(await verdicts(server.service, server.output()), []);
  });
});
