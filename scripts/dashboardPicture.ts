/** Shows the dashboard for a picture: services that depend on each other, one that was killed and one that cannot start. */
import { freePorts } from '../test/e2e/support/ports';
import { until } from '../test/support/poll';
import { DashboardPage } from '../test/support/workbench/dashboard';
import { Session } from '../test/support/workbench/session';
import type { Workbench } from '../test/support/workbench/workbench';

const server = `
const { createServer } = require('node:http');
createServer((_, response) => response.end(String(process.pid))).listen(Number(process.argv[2]));
`;

export async function showDashboard(take: (workbench: Workbench) => Promise<void>): Promise<void> {
  const [database = 0, port = 0] = await freePorts(2);
  const serve = (role: string, at: number) => ({ role, command: ['node', 'server.js', '${port}'], port: at, health: '/' });
  const services = {
    postgres: serve('database', database),
    backend: { ...serve('backend', port), restart: 'on-failure', backoff: { initial: '100ms' }, dependsOn: ['postgres'] },
    worker: { role: 'worker', command: ['node', '-e', 'setInterval(() => undefined, 1000)'], dependsOn: ['backend'] },
    mailer: { role: 'backend', command: ['node', '-e', `throw new Error("No module named 'stripe'")`] },
  };
  const session = await Session.start({ files: { 'server.js': server, '.vscode/services.json': { services } } });
  try {
    const workbench = await session.open();
    const dashboard = new DashboardPage(workbench.page);
    await workbench.services.open();
    await workbench.services.clickTitleAction('Start All');
    await workbench.services.rowWhere('worker', 'is running', ({ state }) => state.startsWith('Running'), 60_000);
    process.kill(Number(await answerOf(port)), 'SIGKILL');
    await until('the restart', async () => (await answerOf(port)) !== '', 60_000);
    await workbench.services.rowWhere('mailer', 'has failed', ({ state }) => state.startsWith('Failed'), 60_000);
    await workbench.runCommand('Services: Open Dashboard');
    await dashboard.ready();
    for (const id of ['postgres', 'backend', 'worker']) await dashboard.waitForRow(id, /MB/);
    await dashboard.away.filter({ hasText: 'backend restarted once' }).waitFor({ timeout: 60_000 });
    await workbench.runCommand('Notifications: Clear All Notifications');
    await take(workbench);
  } finally {
    await session.stop();
  }
}

const answerOf = async (port: number): Promise<string> =>
  (await fetch(`http://localhost:${port}/`, { signal: AbortSignal.timeout(5000) })).text();
