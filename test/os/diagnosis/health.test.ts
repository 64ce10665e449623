/** What a diagnosis says of servers that are slow, still starting, blocked, or refuse the health check. Real servers, and played answers. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import type { Code } from '../../../src/core/diagnosis/codes';
import type { ProbeFailure } from '../../../src/core/model/failure';
import type { Health } from '../../../src/core/model/health';
import type { ProbeSpec, ServiceSpec } from '../../../src/core/model/service';
import type { Service } from '../../../src/core/lifecycle/state';
import { Cleanup } from '../support/cleanup';
import { freePort } from '../support/servers';
import { until } from '../support/until';
import { probe } from '../../unit/core/diagnosis/sample';
import { at, expectVerdict, listens, run, verdicts } from './rig';
import type { Running } from './rig';

const http = (changes: Partial<ProbeSpec> = {}): Partial<ServiceSpec> => ({
  probe: { ...probe, target: { kind: 'http', address: '/' }, timeout: 1000, startPeriod: 0, ...changes },
});

/** Answers every request in this way: the body of a request handler. */
const node = (body: string): Record<string, string> => ({
  'server.js': `require('node:http').createServer((request, response) => { ${body} }).listen(+process.argv[2], '127.0.0.1')`,
});

const unhealthyBy = (service: Service, failure: ProbeFailure): Service => {
  const { lifecycle } = service.state;
  assert.ok(lifecycle.kind === 'running');
  const last = { ok: false, at: Date.now(), failure } as const;
  const health: Health = { kind: 'unhealthy', since: Date.now() - 5000, streak: { successes: 0, failures: 3 }, last };
  return at(service, { ...lifecycle, health });
};
const silent = { kind: 'noAnswer', timeout: 1000 } as const;
const titles = (actions: readonly { readonly title: string }[]): readonly string[] => actions.map(({ title }) => title);

describe('diagnosis of health', function () {
  this.timeout(40_000);
  const cleanup = new Cleanup();
  afterEach(() => cleanup.run());

  async function start(
    files: Record<string, string>,
    config: Partial<ServiceSpec>,
    command = '$NODE server.js',
  ): Promise<Running> {
    const port = await freePort();
    const running = await run({ command: `exec ${command} ${port}`, files, port, config }, cleanup);
    await listens(port);
    return running;
  }

  it('measures an answer that is always late, and offers a longer timeout', async () => {
    const { service, output } = await start(node('setTimeout(() => response.end("ok"), 2200)'), http());
    const found = await verdicts(unhealthyBy(service, silent), output());
    const verdict = expectVerdict('slow', found);
    assert.match(verdict.title, /^backend responds, but only after 2\.[2-4] s: its health check waits no longer than 1 s\.$/);
    assert.match(titles(verdict.actions)[0] ?? '', /^Set Timeout to 5 s$/);
    assert.deepEqual(verdict.actions[0]?.arguments?.[1], [
      { path: ['health'], value: { http: '/', timeout: '5s', startPeriod: '0s' } },
    ]);
    assert.ok(found.every(({ code, actions }) => code !== 'hung' && !titles(actions).includes('Restart')));
  });

  it('believes the health check where an answer takes longer than a diagnosis', async () => {
    const { service, output } = await start(node('setTimeout(() => response.end("ok"), 4000)'), http());
    const late = unhealthyBy(service, { kind: 'slow', took: 4010, timeout: 1000 });
    assert.match(expectVerdict('slow', await verdicts(late, output())).title, /only after 4 s/);
  });

  it('leaves a service alone whose first answer is being compiled', async () => {
    const { service, output } = await start(node('setTimeout(() => response.end("ok"), 9000)'), http({ startPeriod: 60_000 }));
    const found = await verdicts(service, output());
    const verdict = expectVerdict('hung', found);
    assert.equal(verdict.severity, 'info');
    assert.match(verdict.detail, /start period .* ends in 5\d s/);
    assert.ok(found.every(({ actions }) => !titles(actions).includes('Restart')));
  });

  it('names the client whose idle connection blocks a server with one thread', async () => {
    const files = {
      'server.py':
        'import sys\nfrom http.server import HTTPServer, SimpleHTTPRequestHandler\n' +
        "HTTPServer(('127.0.0.1', int(sys.argv[1])), SimpleHTTPRequestHandler).serve_forever()\n",
    };
    const { service, output } = await start(files, http(), '$PYTHON server.py');
    const { port } = service.spec;
    const client = spawn(process.execPath, [
      '-e',
      `require('node:net').connect(${port}, '127.0.0.1', () => console.log('open'))`,
    ]);
    cleanup.add(() => void client.kill('SIGKILL'));
    await new Promise((resolve) => client.stdout.once('data', resolve));
    const verdict = expectVerdict('hung', await verdicts(unhealthyBy(service, silent), output()));
    assert.ok(verdict.evidence.includes(`Open connection from node (pid ${client.pid})`), verdict.evidence.join('\n'));
    assert.match(verdict.detail, new RegExp(`the open connection of node \\(pid ${client.pid}\\) blocks it`));
    client.kill('SIGKILL');
    await until('it answers', async () => (await verdicts(service, output())).length === 0);
  });

  describe('a server that refuses the health check', () => {
    const cases: readonly (readonly [what: string, body: string, title: RegExp, detail: RegExp, first: string, code?: Code])[] = [
      [
        'by its Host header (Django, played)',
        'response.writeHead(400).end("<title>DisallowedHost at /</title>")',
        /rejects the Host header of the health check \(HTTP 400\)/,
        /asks for localhost\. Allow localhost in the server, or set the Host header in "health"/,
        'Open Configuration',
        'host-not-allowed',
      ],
      [
        'as it is no WebSocket',
        'response.writeHead(426, { upgrade: "websocket" }).end()',
        /accepts only WebSocket connections \(HTTP 426\)/,
        /TCP probe/,
        'Use a TCP Probe',
      ],
      ['without a login', 'response.writeHead(401).end()', /HTTP 401/, /requires a login/, 'Accept Status 401'],
      ['with an error', 'response.writeHead(500).end()', /HTTP 500/, /its output shows why/, 'Show Terminal'],
    ];
    for (const [what, body, title, detail, first, code = 'bad-status'] of cases) {
      it(`${what}: first "${first}"`, async () => {
        const { service, output } = await start(node(body), http());
        const verdict = expectVerdict(code, await verdicts(service, output()));
        assert.match(verdict.title, title);
        assert.match(verdict.detail, detail);
        assert.equal(verdict.actions[0]?.title, first);
      });
    }
  });

  it('leaves no trace of TLS in the log of a server that answers 400, and quotes none', async () => {
    const files = {
      'server.py':
        'import sys\nfrom http.server import HTTPServer, BaseHTTPRequestHandler\n' +
        'class Handler(BaseHTTPRequestHandler):\n' +
        '    def do_GET(self):\n        self.send_error(400)\n' +
        "HTTPServer(('127.0.0.1', int(sys.argv[1])), Handler).serve_forever()\n",
    };
    const { service, output } = await start(files, http(), '$PYTHON -u server.py');
    const verdict = expectVerdict('bad-status', await verdicts(service, output()));
    assert.doesNotMatch(output().join('\n'), /x16/);
    const old = 'code 400, message Bad request version ("\\x16\\x03")';
    const quoting = await verdicts(service, [...output(), `127.0.0.1 - - [25/Nov/2026 10:00:00] ${old}`]);
    assert.doesNotMatch(JSON.stringify([verdict, quoting]), /Bad request version/);
  });

  it('knows a reloader whose server answers with an error from one whose server is dead', async () => {
    const traceback = ["WARNING:  StatReload detected changes in 'main.py'. Reloading...", 'RuntimeError: table shop is missing'];
    const { service } = await start(node('response.writeHead(500).end()'), http());
    const words = { command: 'uvicorn main:app --reload' };
    const failing = unhealthyBy(
      { ...service, spec: { ...service.spec, ...words } },
      { kind: 'workerDead', line: 'RuntimeError' },
    );
    expectVerdict('bad-status', await verdicts(failing, traceback));
  });
});
