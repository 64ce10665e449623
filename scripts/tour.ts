/** The animated picture of the README, recorded from the packaged extension in a real VS Code: `npm run tour`. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { commandLine, descendants } from '../test/support/processes';
import { repositoryRoot } from '../test/support/repository';
import { npm } from '../test/support/run';
import { Session } from '../test/support/workbench/session';
import type { ServicesView } from '../test/support/workbench/servicesView';
import type { Workbench } from '../test/support/workbench/workbench';
import { Film, type Area } from './film';

const file = join(repositoryRoot, 'media', 'screenshots', 'tour.png');

/** The activity bar, the Services view and a part of the editor, over which the tooltip opens. */
const clip: Area = { x: 0, y: 36, width: 700, height: 330 };
const sidebarWidth = 460;
const aside = { x: 668, y: 250 };

/** What the backend runs, in the workspace. */
const server = 'backend/server.js';

/** Not the ports of the sample, which may be in use on this machine. */
const ports = { backend: 8080, frontend: 3000 };

const services = {
  services: {
    backend: { role: 'backend', command: 'node server.js ${port}', cwd: 'backend', port: ports.backend, health: '/health' },
    frontend: {
      role: 'frontend',
      command: 'npm run dev -- --port ${port} --strictPort',
      cwd: 'frontend',
      env: { BACKEND_PORT: String(ports.backend) },
      port: ports.frontend,
      health: '/',
    },
  },
};

export async function main(): Promise<number> {
  const packaged = await npm(['run', '--silent', 'package'], { cwd: repositoryRoot, output: 'keep' });
  if (packaged.code !== 0) throw new Error(packaged.output);
  const session = await Session.start({
    workspace: 'sample',
    files: { '.vscode/services.json': services },
    settings: {
      'window.title': 'shop',
      'workbench.reduceMotion': 'off',
      'remote.autoForwardPorts': false,
      'serviceLifecycle.notifications': 'never',
    },
  });
  try {
    const workbench = await session.open();
    const image = await record(session, workbench);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, image);
    console.log(`${file} (${Math.round(image.length / 1024)} KB)`);
  } finally {
    await session.stop();
  }
  return 0;
}

async function record(session: Session, workbench: Workbench): Promise<Uint8Array> {
  const { page, services: view } = workbench;
  // Session asks for less motion, for pictures that stand still; here the spinners must turn.
  await page.emulateMedia({ reducedMotion: 'no-preference' });
  await view.open();
  for (const name of ['backend', 'frontend']) await view.row(name);
  await workbench.widenSidebar(sidebarWidth);
  const film = await Film.begin(page, clip);
  await showStart(film, view);
  await showKill(film, view, findBackend(session));
  await showMissingPackage(film, workbench, session);
  return film.develop();
}

async function showStart(film: Film, view: ServicesView): Promise<void> {
  await film.caption('Two servers, described in services.json');
  await film.hold(2000);
  await film.caption('Start All: green means that they respond');
  await film.click(view.titleAction('Start All'));
  await film.rollUntil('both services to be healthy', async () => {
    const rows = await view.rows();
    return rows.length === 2 && rows.every(({ label }) => label.includes('Healthy'));
  });
  await film.moveTo(aside);
  await film.hold(1800);
}

async function showKill(film: Film, view: ServicesView, pid: number): Promise<void> {
  await film.caption(`kill -9 ${pid}`);
  await film.hold(1200);
  process.kill(pid, 'SIGKILL');
  await film.rollUntil('the backend to fail', () => says(view, 'Failed'));
  await film.caption('Its row says so at once');
  // The exit code is reported some 0.3 s after the end.
  await film.roll(10);
  await film.hold(2000);
}

async function showMissingPackage(film: Film, { page, services: view }: Workbench, session: Session): Promise<void> {
  const source = await readFile(join(session.workspace, server), 'utf8');
  await session.write(server, `require('stripe');\n${source}`);
  await film.caption('Start it again, while a package is missing');
  await clickStart(film, view);
  await film.rollUntil('the backend to start', () => says(view, 'Starting'));
  await film.rollUntil('the backend to say which package is missing', () => says(view, 'stripe'));
  await film.caption('The row names the cause, the tooltip the fix');
  await film.moveTo(aside);
  await film.pointAt(view.rowName('backend'));
  await film.rollUntil('the tooltip', () => page.locator('.monaco-hover:visible').first().isVisible());
  await film.roll(10);
  await film.hold(4000);
  await film.moveTo(aside);
  await film.rollUntil('the tooltip to close', async () => (await page.locator('.monaco-hover:visible').count()) === 0);
  await session.write(server, source);
  await film.caption('Fixed and started again');
  await clickStart(film, view);
  await film.rollUntil('the backend to be healthy', () => says(view, 'Healthy'));
  await film.moveTo(aside);
  await film.hold(2500);
}

/** The buttons of a row are drawn while it is pointed at. */
async function clickStart(film: Film, view: ServicesView): Promise<void> {
  await film.pointAt(view.rowName('backend'));
  await film.click(view.action('backend', 'Start'));
}

const says = async (view: ServicesView, words: string): Promise<boolean> => (await view.row('backend')).label.includes(words);

function findBackend(session: Session): number {
  const isBackend = (pid: number): boolean => commandLine(pid).endsWith(`server.js ${ports.backend}`);
  const found = descendants(session.server.pid).filter(isBackend).at(-1);
  if (found === undefined) throw new Error('The backend is not among the processes of the session.');
  return found;
}
