/** Health checks that do not fit their server: after the first action the server, which was well, is healthy. */
import assert from 'node:assert/strict';
import type { Code } from '../../../src/core/diagnosis/codes';
import { defined } from '../../../src/core/model/defined';
import type { ProbeFailure } from '../../../src/core/model/failure';
import type { ProbeOutcome } from '../../../src/core/model/health';
import { asksService } from '../../../src/core/model/service';
import { unprovenStatuses } from '../../../src/core/model/unprovenPath';
import { prober } from '../probes/support';
import { Cleanup } from '../support/cleanup';
import { freePort } from '../support/servers';
import { Situation } from './situation';

interface Misfit {
  readonly title: string;
  readonly code: Code;
  /** An expression that makes a server. */
  readonly server: string;
  readonly health?: object;
  readonly failure: ProbeFailure['kind'];
  readonly action: RegExp;
}

const http = (body: string): string => `require('node:http').createServer((request, response) => { ${body} })`;

const misfits: readonly Misfit[] = [
  {
    title: 'for slow waits longer',
    code: 'slow',
    server: http("setTimeout(() => response.end('ok'), 1500)"),
    health: { http: '/', timeout: '1s', startPeriod: '0s' },
    failure: 'noAnswer',
    action: /^Set Timeout to \d+ s$/,
  },
  {
    title: 'for not-http checks the connection only',
    code: 'not-http',
    server: "require('node:net').createServer((socket) => socket.on('error', () => {}).write('+PONG\\r\\n'))",
    health: { http: '/', startPeriod: '0s' },
    failure: 'notHttp',
    action: /^Use a TCP Probe$/,
  },
  {
    title: 'for bad-status accepts the status of a login',
    code: 'bad-status',
    server: http('response.writeHead(401).end()'),
    health: { http: '/', startPeriod: '0s' },
    failure: 'badStatus',
    action: /^Accept Status 401$/,
  },
];

/** By the health check that services.json has now. */
function probed({ spec, folder, port }: Situation): Promise<ProbeOutcome> {
  assert.ok(spec.probe !== undefined && asksService(spec.probe));
  return prober.probe({ probe: spec.probe, port, cwd: folder, env: {} }, AbortSignal.timeout(10_000));
}

describe('the first action', function () {
  this.timeout(60_000);
  const cleanup = new Cleanup();
  afterEach(() => cleanup.run());

  for (const { title, code, server, health, failure, action } of misfits) {
    it(title, async () => {
      const port = await freePort();
      const source = `${server}.listen(Number(process.argv[2]), '127.0.0.1', () => console.log('up'));`;
      const entry = { command: 'node server.js ${port}', ...defined({ health }) };
      const situation = new Situation({ entry, files: { 'server.js': source }, port }, cleanup);
      await situation.start();
      await situation.prints(/up/);
      const before = await probed(situation);
      assert.ok(!before.ok && before.failure.kind === failure, JSON.stringify(before));
      situation.fails(before.failure);
      const verdict = await situation.verdict(code);
      assert.match(verdict.actions[0]?.title ?? '', action);
      await situation.perform(verdict.actions[0]);
      const after = await probed(situation);
      assert.ok(after.ok, JSON.stringify(after));
    });
  }

  it('for health-path uses the path that responds', async () => {
    const port = await freePort();
    const reply = "response.writeHead(request.url === '/healthz' ? 200 : 404).end()";
    const source = `${http(reply)}.listen(Number(process.argv[2]), '127.0.0.1', () => console.log('up'));`;
    const health = { http: '/health', status: unprovenStatuses };
    const entry = { command: 'node server.js ${port}', health };
    const situation = new Situation({ entry, files: { 'server.js': source }, port }, cleanup);
    await situation.start();
    await situation.prints(/up/);
    const before = await probed(situation);
    assert.ok(before.ok && before.status === 404, JSON.stringify(before));
    situation.succeeds(before);
    const verdict = await situation.verdict('health-path');
    assert.deepEqual(
      verdict.actions.map(({ title }) => title),
      ['Use /healthz as Health Path', 'Check Only the Port', 'Open Configuration'],
    );
    await situation.perform(verdict.actions[0]);
    assert.deepEqual(situation.spec.probe?.target, { kind: 'http', address: '/healthz' });
    const after = await probed(situation);
    assert.ok(after.ok && after.status === 200, JSON.stringify(after));
  });
});
