/** Running services whose port does not respond as expected. */
import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { createPortTable } from '../../../src/os/portTable/index';
import { Cleanup } from '../support/cleanup';
import { freePort } from '../support/servers';
import { until } from '../support/until';
import { isStopped } from '../../support/processes';
import { probe } from '../../unit/core/diagnosis/sample';
import { healthy, idle, leaking, silent } from './programs';
import { codesOf, listens, run, expectVerdict, until200, verdicts } from './rig';

const serve = (port: number, ...args: readonly string[]) => ({
  command: `exec "$PYTHON" server.py ${[port, ...args].join(' ')}`,
  port,
});

describe('diagnosis of running services', function () {
  this.timeout(60_000);
  const cleanup = new Cleanup();
  afterEach(() => cleanup.run());

  it('finds nothing for a healthy server', async () => {
    const port = await freePort();
    const server = await run({ ...serve(port), files: { 'server.py': healthy } }, cleanup);
    await until200(port);
    assert.deepEqual(await verdicts(server.service, server.output()), []);
  });

  it('reports hung for a server that accepts connections and does not respond', async () => {
    const port = await freePort();
    const server = await run({ ...serve(port), files: { 'server.py': silent } }, cleanup);
    await listens(port);
    const found = await verdicts(server.service, server.output());
    const verdict = expectVerdict('hung', found);
    assert.match(verdict.evidence.join('\n'), new RegExp(`Listening on 127\\.0\\.0\\.1:${port} \\(pid `));
  });

  it('reports a process that is stopped by SIGSTOP, and nothing after SIGCONT', async () => {
    const port = await freePort();
    const server = await run({ ...serve(port), files: { 'server.py': healthy } }, cleanup);
    await until200(port);
    const { pid } = server.started.root.process;
    process.kill(pid, 'SIGSTOP');
    await until('the process is stopped', () => isStopped(pid));
    const found = await verdicts(server.service, server.output());
    assert.deepEqual(codesOf(found), ['stopped-process']);
    assert.deepEqual(found[0]?.actions[0]?.arguments, [{ ...server.started.root.process }]);
    process.kill(pid, 'SIGCONT');
    await until200(port);
    assert.deepEqual(await verdicts(server.service, server.output()), []);
  });

  it('reports two servers that share the port (SO_REUSEPORT), and offers to end the stale one', async () => {
    const port = await freePort();
    const recipe = { ...serve(port, '127.0.0.1', 'share'), files: { 'server.py': healthy } };
    const stale = await run(recipe, cleanup);
    await until200(port);
    const server = await run(recipe, cleanup);
    await until('both servers are listening', async () => {
      const found = await createPortTable().listeners(port);
      return found.kind === 'known' && found.value.length === 2;
    });
    const found = await verdicts(server.service, server.output());
    const verdict = expectVerdict('several-listeners', found);
    assert.deepEqual(verdict.actions[0]?.arguments, [{ ...stale.started.root.process }]);
  });

  it('reports connections that the server never closes', async () => {
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
    await until('all connections are in CLOSE_WAIT', async () => {
      const states = await createPortTable().connectionStates(port);
      return states.kind === 'known' && (states.value.get('CLOSE_WAIT') ?? 0) >= 8;
    });
    const found = await verdicts(server.service, server.output());
    assert.deepEqual(codesOf(found), ['close-wait']);
    assert.match(found[0]?.title ?? '', /keeps \d+ connections open/);
  });

  it('reports the port on which the service is actually listening', async () => {
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

  it('never takes the port of an inspector for that of the service, even when its line is out of the output', async () => {
    const port = await freePort();
    // The launch of a debugged service has the option in its environment, which no command shows.
    const command = 'export NODE_OPTIONS=--inspect=127.0.0.1:0; exec "$NODE" server.js';
    const server = await run({ command: '. ./start.sh', port, files: { 'start.sh': command, 'server.js': idle } }, cleanup);
    await until('the inspector is open', () => server.output().some((line) => line.includes('ws://')));
    assert.deepEqual(codesOf(await verdicts(server.service, [])), ['not-listening']);
  });

  it('reports an address family that the probe does not use', async () => {
    const port = await freePort();
    const healthOn = (host: string) => ({
      probe: { ...probe, target: { kind: 'http', address: `http://${host}:${port}/` } as const },
    });
    const server = await run({ ...serve(port, '::1'), files: { 'server.py': healthy }, config: healthOn('127.0.0.1') }, cleanup);
    await until200(port, '[::1]');
    assert.deepEqual(codesOf(await verdicts(server.service, server.output())), ['wrong-family']);
    const asked = { ...server.service, spec: { ...server.service.spec, ...healthOn('localhost') } };
    assert.deepEqual(await verdicts(asked, server.output()), []);
  });

  it('ends at its deadline when the server hangs', async () => {
    const port = await freePort();
    const config = { probe: { ...probe, target: { kind: 'http', address: '/' } as const, timeout: 30_000 } };
    const server = await run({ ...serve(port), files: { 'server.py': silent }, config }, cleanup);
    await listens(port);
    const started = performance.now();
    await verdicts(server.service, server.output());
    assert.ok(performance.now() - started < 4000, `${performance.now() - started} ms`);
  });
});
