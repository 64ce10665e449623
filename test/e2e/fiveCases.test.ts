/** Five real problems that this extension is for, from start to end. Other tests cover their details. */
import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { isAlive } from '../support/processes';
import { until } from '../support/poll';
import { Session } from '../support/workbench/session';
import type { ServiceRow } from '../support/workbench/servicesView';
import type { Workbench } from '../support/workbench/workbench';
import { configFile, fixture } from './support/files';
import { fullStack, uvicorn, vite, type FullStack } from './support/fullStack';
import { answeringPid, holdsFor, isHealthy, onlyProcess } from './support/observe';
import { freePorts } from './support/ports';
import { needsPython, python } from './support/python';
import { stopSessions } from './support/sessions';
import { shownDuring } from './support/shown';

const quick = { interval: '200ms', timeout: '400ms', failureThreshold: 2 };

describe('five real problems', () => {
  let shop: FullStack;
  let port: Record<'chat' | 'web' | 'hung', number>;
  let session: Session;
  let workbench: Workbench;
  const strangers: ChildProcess[] = [];

  before(needsPython);

  before(async () => {
    const [chat = 0, web = 0, hung = 0] = await freePorts(3);
    port = { chat, web, hung };
    shop = await fullStack();
    const { services } = shop.files[configFile] as { services: object };
    const more = {
      chat: {
        role: 'backend',
        command: 'node_modules/.bin/tsx watch chat.ts ${port}',
        port: chat,
        health: { http: '/health', ...quick },
      },
      web: {
        role: 'frontend',
        command: '../node_modules/.bin/vite --port ${port} --strictPort',
        cwd: 'web',
        port: web,
        health: { http: '/', interval: '200ms' },
      },
      hung: { role: 'backend', command: [python, 'blocks.py', '${port}'], port: hung, health: { http: '/health', ...quick } },
    };
    const viteConfig = `import { tmpdir } from 'node:os';
export default {
  cacheDir: tmpdir() + '/five-cases-vite-' + process.pid,
  server: { proxy: { '/api': 'http://127.0.0.1:${chat}' } },
};
`;
    session = await Session.start({
      workspace: 'sample',
      files: {
        ...shop.files,
        'blocks.py': fixture('blocks.py'),
        'chat.ts': fixture('chat.ts'),
        'web/vite.config.mjs': viteConfig,
        'web/index.html': '<!doctype html>\n<title>Chat</title>\n',
        [configFile]: { services: { ...services, ...more } },
      },
    });
    workbench = await session.open();
    await workbench.services.open();
    await workbench.services.row('hung');
  });

  after(() => strangers.forEach((child) => child.kill('SIGKILL')));
  after(stopSessions);

  afterEach(async () => {
    await workbench.runCommand('Notifications: Clear All Notifications');
    await until('no notification', async () => (await workbench.notifications.messages()).length === 0);
  });

  /** Starts a process outside of VS Code, in its own session, as from another terminal. */
  const outside = (args: readonly string[], cwd = ''): ChildProcess => {
    const child = spawn(python, args, { cwd: join(session.workspace, cwd), stdio: 'ignore', detached: true });
    strangers.push(child);
    return child;
  };
  const healthy = (name: string): Promise<ServiceRow> => workbench.services.rowWhere(name, 'is healthy', isHealthy, 60_000);
  const start = async (...names: readonly string[]): Promise<void> => {
    for (const name of names) await workbench.services.clickAction(name, 'Start');
    for (const name of names) await healthy(name);
  };
  const becomes = (name: string, pattern: RegExp): Promise<ServiceRow> =>
    workbench.services.rowWhere(name, `shows ${String(pattern)}`, ({ state }) => pattern.test(state), 60_000);
  /** Returns the rows that the Diagnose command shows. */
  /** The rows in sight once they are not these any more. */
  const scrolledFrom = async (before: readonly string[]): Promise<readonly string[] | undefined> => {
    const items = await workbench.quickInput.items();
    return items.at(-1) === before.at(-1) ? undefined : items;
  };

  const diagnosis = async (name: string): Promise<string[]> => {
    const show = (): Promise<void> => workbench.quickInput.chooseFrom(() => workbench.runCommand('Services: Diagnose'), name);
    await workbench.quickInput.open(show);
    return until(`the diagnosis of ${name}`, async () => {
      const items = await workbench.quickInput.items();
      return items.some((item) => item.includes('Copy Report')) && items;
    });
  };

  it('keeps the backend running when another terminal is typed into', async () => {
    await start('backend', 'frontend');
    const pid = await answeringPid(shop.backendPort);
    await workbench.terminals.openNew();
    await workbench.terminals.type('sleep 1000');
    await workbench.terminals.pressCtrlC();
    await workbench.terminals.type('cd frontend; echo "still $((40 + 2))"');
    await workbench.terminals.waitForText(/^still 42$/m);
    await workbench.terminals.close();
    await holdsFor(2000, async () => {
      assert.equal(await answeringPid(shop.backendPort), pid);
      for (const name of ['backend', 'frontend']) assert.ok(isHealthy(await workbench.services.row(name)), name);
    });
  });

  it('shows a frontend that was killed with the verdict and a Restart button, while the backend is running', async () => {
    const pid = await answeringPid(shop.backendPort);
    const died = await onlyProcess(session, vite);
    const killed = Date.now();
    process.kill(died, 'SIGKILL');
    await becomes('frontend', /^Failed/);
    assert.ok(Date.now() - killed < 5000, `${Date.now() - killed} ms`);
    const message = await workbench.notifications.waitFor(/frontend/);
    assert.match(message, /frontend (?:was ended from outside, by SIGKILL|ended without an error: another process)/);
    assert.deepEqual(await workbench.notifications.buttons(message), ['Restart', 'Diagnose', 'Terminal']);
    assert.ok(isHealthy(await workbench.services.row('backend')));
    await workbench.notifications.click(message, 'Restart');
    await healthy('frontend');
    assert.notEqual(await onlyProcess(session, vite), died);
    assert.equal(await answeringPid(shop.backendPort), pid);
  });

  it('names an old process on the port, ends it by pid after the user agreed, and starts the service', async () => {
    await workbench.services.clickAction('backend', 'Stop');
    await becomes('backend', /^Stopped/);
    const old = outside(['-m', 'uvicorn', 'main:app', '--port', String(shop.backendPort)], 'backend').pid ?? 0;
    await until('the old instance to listen', async () => (await answeringPid(shop.backendPort)) === old);
    await workbench.services.clickAction('backend', 'Start');
    const question = await workbench.notifications.waitFor(/backend needs port/);
    assert.match(question, new RegExp(`port ${shop.backendPort}, which is in use by pid ${old} \\(.*-m uvicorn main:app`));
    assert.equal(await answeringPid(shop.backendPort), old);
    await workbench.notifications.click(question, 'End and Start');
    await healthy('backend');
    assert.equal(isAlive(old), false);
    assert.equal(await answeringPid(shop.backendPort), await onlyProcess(session, uvicorn));
  });

  it('reports no failure for a reload that breaks connections, and shows that it was forced', async () => {
    await start('chat', 'web');
    const pid = await answeringPid(port.chat);
    const client = new AbortController();
    const events = await fetch(`http://localhost:${port.web}/api/events`, { signal: client.signal });
    assert.equal(events.status, 200);
    const listening = events.text().catch(() => 'broken off');
    const reload = (async () => {
      await session.write('chat.ts', `${fixture('chat.ts')}\n// A change.\n`);
      await until('the end of the old server', () => !isAlive(pid), 30_000);
      await until('another server', () => answeringPid(port.chat), 30_000);
      await healthy('chat');
    })();
    const shown = await Promise.all([shownDuring(workbench, 'chat', reload), shownDuring(workbench, 'web', reload)]);
    client.abort();
    await listening;
    isAmong(shown[0], /^Reloading/);
    assert.ok(
      !shown.flat().some((words) => /^(Unhealthy|Failed|Hung|Exited|Stopped|Retrying)/.test(words)),
      shown.flat().join('\n'),
    );
    await holdsFor(4000, async () => assert.deepEqual(await workbench.notifications.messages(), []));
    const found = await diagnosis('chat');
    isAmong(found, /chat did not exit when asked to stop: /);
    isAmong(found, /Output: .*Force killing/);
    await workbench.quickInput.dismiss();
  });

  it('names the crashed backend when the frontend is diagnosed, and starts it', async () => {
    await workbench.services.clickAction('chat', 'Stop');
    await becomes('chat', /^Stopped/);
    assert.ok((await fetch(`http://localhost:${port.web}/api/messages`)).status >= 500);
    await workbench.services.showTerminal('web');
    await workbench.terminals.waitForText(/http proxy error: \/api\/messages/);
    const found = await diagnosis('web');
    assert.ok(
      found.some((row) => row.includes('web cannot reach chat, which is not running')),
      found.join('\n'),
    );
    await workbench.screenshot('five-cases-chat');
    await workbench.quickInput.choose(found.find((row) => row.includes('Start chat')) ?? 'Start chat');
    await healthy('chat');
    assert.equal((await fetch(`http://localhost:${port.web}/api/messages`)).status, 200);
    await workbench.quickInput.chooseFrom(() => workbench.runCommand('Services: Diagnose'), 'web');
    await workbench.notifications.waitFor(/No problems found for web/);
  });

  it('counts and names several listeners and their open connections, and leaves one that responds after a restart', async () => {
    await start('hung');
    const own = await answeringPid(port.hung);
    const stale = [0, 1].map(() => outside(['blocks.py', String(port.hung), 'blocked']).pid ?? 0);
    // The system gives each connection to one of the three processes: enough of them to block ours, and to leave some with each.
    for (let client = 0; client < 30; client += 1)
      await fetch(`http://127.0.0.1:${port.hung}/block`, { signal: AbortSignal.timeout(100) }).catch(() => undefined);
    await becomes('hung', /^Hung/);
    await workbench.quickInput.open(() => workbench.services.clickAction('hung', 'Diagnose'));
    const first = await workbench.quickInput.items();
    await workbench.screenshot('five-cases-hung');
    // Only the rows in sight are drawn.
    for (let page = 0; page < 2; page += 1) await workbench.page.keyboard.press('PageDown');
    const found = [...first, ...(await until('other rows', () => scrolledFrom(first)))];
    isAmong(found, new RegExp(`3 servers share port ${port.hung}: `));
    for (const pid of [own, ...stale]) isAmong(found, new RegExp(`Listening on .*pid ${pid}\\b`));
    isAmong(found, /\d+ connections left unclosed \(CLOSE_WAIT\)/);
    assert.match(found[0] ?? '', /servers share port/);
    for (let page = 0; page < 2; page += 1) await workbench.page.keyboard.press('PageUp');
    await workbench.quickInput.choose('Restart');
    const question = await workbench.notifications.waitFor(/hung needs port/, 30_000);
    for (const pid of stale) assert.ok(question.includes(`pid ${pid} `), question);
    await workbench.notifications.click(question, 'End and Start');
    await healthy('hung');
    assert.ok(![own, ...stale].some(isAlive));
    const now = await answeringPid(port.hung);
    await holdsFor(2000, async () => assert.equal(await answeringPid(port.hung), now));
    assert.ok(isHealthy(await workbench.services.row('hung')));
  });
});

const isAmong = (rows: readonly string[], pattern: RegExp): void =>
  assert.ok(
    rows.some((row) => pattern.test(row)),
    rows.join('\n'),
  );
