/** Servers that put themselves into the background, with the real supervisor. Played: a program forks as nginx and redis-server do. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setValues, isConfigChanges } from '../../../src/core/config/setValues';
import { diagnose } from '../../../src/app/diagnosis/diagnose';
import type { ServiceSnapshot } from '../../../src/core/snapshot/snapshot';
import { createPortTable } from '../../../src/os/portTable/index';
import { Rig } from '../../bench/rig';
import { portPreflight } from '../../support/portPreflight';
import { makeScratch, removeScratch } from '../../support/scratch';
import { expectVerdict } from '../diagnosis/rig';
import { Cleanup } from '../support/cleanup';
import { freePort } from '../support/servers';
import { python } from '../support/services';
import { until } from '../support/until';

/** Binds before it forks, as nginx, or after it, as redis-server; `bare` overwrites its environment, as nginx's title does. */
const daemon = `#!${python}
import http.server, os, sys, time
port, how = int(sys.argv[1]), sys.argv[2:]
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200); self.send_header('Content-Length', '2'); self.end_headers(); self.wfile.write(b'ok')
    def log_message(self, *args): pass
def serve():
    http.server.HTTPServer.allow_reuse_address = True
    return http.server.HTTPServer(('127.0.0.1', port), Handler)
if 'inner' in how:
    serve().serve_forever()
if '--daemonize' in how:
    early = serve() if 'early' in how else None
    if os.fork() > 0:
        # The parent waits until the child has its own session, as daemon(3) does not; the child may bind later.
        time.sleep(0.05); os._exit(0)
    os.setsid()
    if 'bare' in how: os.execve(sys.argv[0], [sys.argv[0], str(port), 'inner'], {'PATH': os.environ['PATH']})
    if early is None: time.sleep(0.2)
    (early or serve()).serve_forever()
serve().serve_forever()
`;

type Becomes = (what: string, wanted: (snapshot: ServiceSnapshot) => boolean) => Promise<void>;

describe('a server that puts itself into the background', function () {
  this.timeout(60_000);
  const cleanup = new Cleanup();
  afterEach(() => cleanup.run());

  const supervise = async (command: string) => {
    const folder = await makeScratch('background');
    cleanup.add(() => removeScratch(folder));
    writeFileSync(join(folder, 'redis-server'), daemon, { mode: 0o755 });
    const rig = new Rig(folder, { preflight: portPreflight });
    cleanup.add(() => rig.dispose());
    cleanup.add(() => rig.stopAll());
    const port = await freePort();
    const configure = (line: string) => rig.configure({ web: { command: line, port, health: { http: '/', interval: '100ms' } } });
    configure(command);
    const becomes = async (what: string, wanted: (snapshot: ServiceSnapshot) => boolean): Promise<void> => {
      if (!wanted(rig.snapshot('web'))) await rig.next('web', what, wanted);
    };
    return { rig, port, configure, becomes, verdicts: () => diagnose('web', rig.diagnosisParts()) };
  };
  const isHealthy = ({ health }: ServiceSnapshot): boolean => health === 'healthy';
  /** Its first process has exited. */
  const isInBackground = async (port: number, becomes: Becomes): Promise<void> => {
    await becomes('to be healthy', isHealthy);
    // Until its parent has exited, both have the socket.
    await until('one owner of the port', async () => (await owners(port)).length === 1);
    const [pid] = await owners(port);
    await becomes('to be the server', (snapshot) => snapshot.pid === pid && isHealthy(snapshot));
  };
  const owners = async (port: number): Promise<readonly number[]> => {
    const found = await createPortTable().listeners(port);
    return found.kind === 'known' ? found.value.flatMap(({ pids }) => pids) : [];
  };

  for (const how of ['', 'early', 'bare']) {
    it(`is followed there and can be stopped${how === '' ? '' : ` (${how})`}`, async () => {
      const { rig, port, becomes, verdicts } = await supervise(`exec ./redis-server \${port} --daemonize yes ${how}`);
      rig.start('web');
      await isInBackground(port, becomes);
      const verdict = expectVerdict('in-background', await verdicts());
      const [pid] = await owners(port);
      assert.equal(rig.snapshot('web').pid, pid);
      assert.match(verdict.title, new RegExp(`put itself into the background \\(pid ${pid}\\)`));
      rig.stop('web');
      await becomes('to be stopped', ({ lifecycle }) => lifecycle === 'stopped');
      assert.deepEqual(await owners(port), []);
    });
  }

  it('stays in front after the first action', async () => {
    const { rig, port, configure, becomes, verdicts } = await supervise('./redis-server ${port} --daemonize yes');
    rig.start('web');
    await isInBackground(port, becomes);
    const [action] = expectVerdict('in-background', await verdicts()).actions;
    const changes = action?.arguments?.[1];
    assert.ok(isConfigChanges(changes));
    const text = setValues('{ "services": { "web": { "command": "" } } }', 'web', changes) ?? '';
    const { services } = JSON.parse(text) as { services: { web: { command: string } } };
    rig.stop('web');
    await becomes('to be stopped', ({ lifecycle }) => lifecycle === 'stopped');
    configure(services.web.command);
    rig.start('web');
    await becomes('to be healthy', isHealthy);
    assert.deepEqual(await verdicts(), []);
    assert.equal((await owners(port)).length, 1);
  });

  it('is no crash that left workers behind: these are ended', async () => {
    const { rig, port, becomes } = await supervise('./redis-server ${port} & sleep 1; exit 3');
    rig.start('web');
    await becomes('to fail', ({ lifecycle }) => lifecycle === 'failed');
    await becomes('to be explained', ({ exitCode }) => exitCode !== undefined);
    for (let tries = 0; tries < 100 && (await owners(port)).length > 0; tries++)
      await new Promise((resolve) => setTimeout(resolve, 50));
    assert.deepEqual(await owners(port), []);
  });
});
