/** A service with `compose` in a real VS Code with a real engine. */
import assert from 'node:assert/strict';
import { until } from '../support/poll';
import { image, kindsVariable } from '../support/engine';
import { run } from '../support/run';
import { Session } from '../support/workbench/session';
import type { ServiceRow } from '../support/workbench/servicesView';
import type { Workbench } from '../support/workbench/workbench';
import { stopSessions } from '../e2e/support/sessions';

const patience = 60_000;
const project = `sl-window-${process.pid}`;
const composeFile = `
services:
  db:
    image: ${image}
    command: [httpd, -f, -p, "80", -h, /www]
    stop_grace_period: 1s
    ports: ["127.0.0.1::80"]
    healthcheck:
      test: [CMD, wget, -q, -O, "-", "http://127.0.0.1/index.html"]
      interval: 1s
      timeout: 5s
`;
/** Reads what the container serves at its address, and goes on. */
const reader = `fetch(process.env.DB).then((reply) => reply.text()).then((text) => console.log('read ' + text.trim()));
setInterval(() => undefined, 1000);
`;
const services = {
  db: { role: 'database', compose: { service: 'db', project }, stopGracePeriod: '1s' },
  reader: { command: 'node reader.mjs', dependsOn: ['db'], env: { DB: '${url:db}/index.html' }, readyLine: 'read ok' },
};
const hasPlugin = (process.env[kindsVariable] ?? '').split(',').includes('v2');
const compose = hasPlugin ? 'docker' : 'docker-compose';
const composeWords = [...(hasPlugin ? ['compose'] : []), '-p', project];

describe('a service with compose in a window', function () {
  this.timeout(4 * patience);
  let session: Session;
  let workbench: Workbench;

  const inFolder = async (program: string, ...args: readonly string[]): Promise<string> =>
    (await run(program, args, { cwd: session.workspace, output: 'keep' })).output.trim();

  /** Id and start of each container of the project that runs. */
  async function running(): Promise<readonly string[]> {
    const ids = await inFolder('docker', 'ps', '-q', '--filter', `label=com.docker.compose.project=${project}`);
    if (ids === '') return [];
    return (await inFolder('docker', 'inspect', '-f', '{{.Id}} {{.State.StartedAt}}', ...ids.split('\n'))).split('\n');
  }

  const becomes = (what: string, holds: (row: ServiceRow) => boolean): Promise<ServiceRow> =>
    workbench.services.rowWhere('db', what, holds, patience);
  const isHealthy = ({ state, icon }: ServiceRow): boolean => state.startsWith('Healthy') && icon === 'pass';

  before(async () => {
    session = await Session.start({
      files: { 'compose.yaml': composeFile, 'reader.mjs': reader, '.vscode/services.json': { services } },
    });
    workbench = await session.open();
    await workbench.services.open();
    await workbench.services.row('db');
  });

  after(async () => {
    await inFolder(compose, ...composeWords, 'down', '-t', '0', '-v');
  });
  after(stopSessions);

  it('runs through a reload of the window, and stops', async () => {
    await workbench.services.clickAction('db', 'Start');
    await becomes('is healthy, with the port that it publishes', (row) => isHealthy(row) && /^:\d+/.test(row.description));
    const before = await running();
    assert.equal(before.length, 1);
    await workbench.reload();
    await becomes('is healthy after the reload', isHealthy);
    assert.deepEqual(await running(), before);
    await workbench.services.clickAction('db', 'Stop');
    await becomes('is stopped', ({ state }) => state.startsWith('Stopped'));
    assert.deepEqual(await running(), []);
  });

  it('is found when it was started outside, and stops with Ctrl+C in its terminal', async () => {
    await inFolder(compose, ...composeWords, 'up', '-d', 'db');
    const before = await running();
    assert.equal(before.length, 1);
    await workbench.reload();
    await becomes('was already running', (row) => isHealthy(row) && row.description.includes('was already running'));
    assert.deepEqual(await running(), before);
    // What a click brings to the front may come after the shell that the panel itself opens.
    await until(
      'its terminal in front',
      async () => {
        await workbench.services.showTerminal('db');
        return /db.1 is running already/.test(await workbench.terminals.text());
      },
      patience,
    );
    await workbench.terminals.pressCtrlC();
    await becomes('is stopped', ({ state }) => state.startsWith('Stopped'));
    assert.deepEqual(await running(), []);
  });

  it('gives the port that it publishes to what depends on it', async () => {
    await workbench.services.clickAction('reader', 'Start');
    await becomes('is healthy', isHealthy);
    await workbench.services.rowWhere(
      'reader',
      'has read from the container',
      ({ state }) => state.startsWith('Running'),
      patience,
    );
    await workbench.services.clickAction('reader', 'Stop');
    await workbench.services.clickAction('db', 'Stop');
    await becomes('is stopped', ({ state }) => state.startsWith('Stopped'));
  });
});
