/** Services that run, and whose port does not answer as it should. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { createPortTable } from '../../../src/os/portTable/index';
import { Cleanup } from '../support/cleanup';
import { freePort } from '../support/servers';
import { until } from '../support/until';
import { probe } from '../../unit/core/diagnosis/sample';
import { healthy, leaking, silent } from './programs';
import { codesOf, listens, run, tells, until200, verdicts } from './rig';

const serve = (port: number, ...args: readonly string[]) => ({
  command: `exec "$PYTHON" server.py ${[port, ...args].join(' ')}`,
  port,
});

describe('diagnosis of what runs', function () {
  this.timeout(60_000);
  const cleanup = new Cleanup();
  afterEach(() => cleanup.run());

  it('has nothing to say of a healthy server', async () => {
    const port = await freePort();
    const server = await run({ ...serve(port), files: { 'server.py': healthy } }, cleanup);
    await until200(port);
    assert.deepEqual(await verdicts(server.service, server.output()), []);
  });

  it('tells hung from down', async () => {
    const port = await freePort();
    const server = await run({ ...serve(port), files: { 'server.py': silent } }, cleanup);
    await listens(port);
    const found = await verdicts(server.service, server.output());
    const verdict = tells('hung', found);
    assert.match(verdict.evidence.join('\n'), new RegExp(`Listens: 127\\.0\\.0\\.1:${port}, pid `));
  });

  it('sees a stopped process (SIGSTOP)', async () => {
    const port = await freePort();
    const server = await run({ ...serve(port), files: { 'server.py': healthy } }, cleanup);
    await until200(port);
    const { pid } = server.started.root.process;
    process.kill(pid, 'SIGSTOP');
    await until('it is stopped', () => /^State:\s+T/m.test(readFileSync(`/proc/${pid}/status`, 'utf8')));
    const found = await verdicts(server.service, server.output());
    assert.deepEqual(codesOf(found), ['stopped-process']);
    assert.deepEqual(found[0]?.actions[0]?.arguments, [{ ...server.started.root.process }]);
    process.kill(pid, 'SIGCONT');
    await until200(port);
    assert.deepEqual(await verdicts(server.service, server.output()), []);
  });

  it('counts two servers that share the port (SO_REUSEPORT), and names the stale one', async () => {
    const port = await freePort();
    const recipe = { ...serve(port, '127.0.0.1', 'share'), files: { 'server.py': healthy } };
    const stale = await run(recipe, cleanup);
    await until200(port);
    const server = await run(recipe, cleanup);
    await until('both listen', async () => {
      const found = await createPortTable().listeners(port);
      return found.kind === 'known' && found.value.length === 2;
    });
    const found = await verdicts(server.service, server.output());
    const verdict = tells('several-listeners', found);
    assert.deepEqual(verdict.actions[0]?.arguments, [{ ...stale.started.root.process }]);
  });

  it('counts connections that are never closed', async () => {
    const port = await freePort();
    const server = await run({ ...serve(port), files: { 'server.py': leaking } }, cleanup);
    await listens(port);
    for (let client = 0; client < 8; client++) {
      await new Promise<void>((resolve, reject) => {
        const socket = connect(port, '127.0.0.1', () => socket.end());
        socket.on('error', reject).once('end', resolve).on('finish', resolve);
        cleanup.add(() => void socket.destroy());
      });
    }
    await until('the server has seen them go', async () => {
      const states = await createPortTable().connectionStates(port);
      return states.kind === 'known' && (states.value.get('CLOSE_WAIT') ?? 0) >= 8;
    });
    const found = await verdicts(server.service, server.output());
    assert.deepEqual(codesOf(found), ['close-wait']);
    assert.match(found[0]?.title ?? '', /keeps \d+ connections open/);
  });

  it('finds the port that it really has', async () => {
    const [port, other] = [await freePort(), await freePort()];
    const server = await run({ ...serve(other), port, files: { 'server.py': healthy } }, cleanup);
    await until200(other);
    const found = await verdicts(server.service, server.output());
    assert.deepEqual(codesOf(found), ['wrong-port']);
    assert.deepEqual(found[0]?.actions[0], {
      title: `Use Port ${other}`,
      command: 'serviceLifecycle.setPort',
      arguments: ['backend', other],
    });
  });

  it('finds the address family that nobody asked for', async () => {
    const port = await freePort();
    const health = (host: string) => ({
      probe: { ...probe, target: { kind: 'http', address: `http://${host}:${port}/` } as const },
    });
    const server = await run({ ...serve(port, '::1'), files: { 'server.py': healthy }, words: health('127.0.0.1') }, cleanup);
    await until200(port, '[::1]');
    assert.deepEqual(codesOf(await verdicts(server.service, server.output())), ['wrong-family']);
    const asked = { ...server.service, spec: { ...server.service.spec, ...health('localhost') } };
    assert.deepEqual(await verdicts(asked, server.output()), []);
  });

  it('waits no longer than its deadline for a server that hangs', async () => {
    const port = await freePort();
    const words = { probe: { ...probe, target: { kind: 'http', address: '/' } as const, timeout: 30_000 } };
    const server = await run({ ...serve(port), files: { 'server.py': silent }, words }, cleanup);
    await listens(port);
    const started = performance.now();
    await verdicts(server.service, server.output());
    assert.ok(performance.now() - started < 4000, `${performance.now() - started} ms`);
  });
});
