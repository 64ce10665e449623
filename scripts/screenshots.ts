/**
 * Pictures of the main states for the README and for our own eyes: `npm run screenshots`.
 * Those that the README shows go to media, all others to test-results/screenshots.
 */
import { cp, mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { until } from '../test/support/poll';
import { commandLine, descendants } from '../test/support/processes';
import { findPythonWithFastApi } from '../test/support/python';
import { repositoryRoot, resultsFolder, sampleFolder } from '../test/support/repository';
import { npm } from '../test/support/run';
import { Session } from '../test/support/workbench/session';
import type { ServiceRow } from '../test/support/workbench/servicesView';
import type { Workbench } from '../test/support/workbench/workbench';
import { showDashboard } from './dashboardPicture';
import { showLogs } from './logsPicture';

interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Size of the window that Session opens. */
const whole: Area = { x: 0, y: 0, width: 1280, height: 800 };
/** The activity bar, the Services view, and what hovers beside it. */
const viewAtLeft: Area = { x: 0, y: 0, width: 900, height: 330 };
const lowerLeft: Area = { x: 0, y: 480, width: 900, height: 320 };

/** Pictures that the README and the docs show; the first one is in the package, too. */
const inReadme: ReadonlySet<string> = new Set(['overview', 'failed', 'problems', 'status-bar', 'logs', 'dashboard']);

/** Not the ports of the sample, which other tests may be using at this moment. */
const ports = { backend: 8080, frontend: 3000 };

const backendSource = `from fastapi import FastAPI

app = FastAPI(title="Shop")


@app.get("/health")
def health():
    return {"status": "healthy"}


@app.get("/api/hello")
def hello():
    return {"message": "Hello from FastAPI"}
`;

export async function main(): Promise<number> {
  const python = findPythonWithFastApi();
  if (python === undefined) throw new Error('No Python with fastapi and uvicorn was found: install both first.');
  const packaged = await npm(['run', '--silent', 'package'], { cwd: repositoryRoot, output: 'keep' });
  if (packaged.code !== 0) throw new Error(packaged.output);
  await rm(join(resultsFolder, 'screenshots'), { recursive: true, force: true });
  await withSession(python, async (session, folder) => {
    const workbench = await session.open({ folder });
    await showHealthy(workbench);
    await showFailures(session, workbench);
    await showMistakes(session, workbench);
    await workbench.services.clickAction('frontend', 'Start');
    await rowSays(workbench, 'frontend', 'Healthy');
    await showLostTerminal(session, workbench, folder);
  });
  await withSession(python, async (session) => {
    const workbench = await session.open({ folder: join(session.workspace, 'new') });
    await workbench.services.open();
    await until('the welcome text', () => workbench.services.welcome());
    await picture(workbench, 'welcome', viewAtLeft);
    await workbench.runCommand('Services: Add Services…');
    await until('the servers that were found', async () => (await workbench.quickInput.items()).length > 1);
    await picture(workbench, 'add-services', whole);
    await workbench.quickInput.dismiss();
  });
  await showLogs((workbench) => picture(workbench, 'logs', whole));
  await showDashboard((workbench) => picture(workbench, 'dashboard', whole));
  return 0;
}

async function withSession(python: string, use: (session: Session, folder: string) => Promise<void>): Promise<void> {
  const session = await Session.start({
    workspace: 'sample',
    files: { 'shop/backend/main.py': backendSource, 'shop/.vscode/services.json': services, ...unknown },
    settings: { 'window.title': '${rootName}', 'terminal.integrated.fontSize': 13, 'remote.autoForwardPorts': false },
  });
  try {
    await installPython(python, join(session.workspace, 'shop', 'backend', '.venv', 'bin'));
    await cp(join(sampleFolder, 'frontend'), join(session.workspace, 'shop', 'frontend'), { recursive: true });
    await use(session, join(session.workspace, 'shop'));
  } finally {
    await session.stop();
  }
}

/** A folder that nobody described yet. */
const unknown = {
  'new/backend/main.py': backendSource,
  'new/backend/requirements.txt': 'fastapi\nuvicorn\n',
  'new/frontend/package.json': { name: 'shop', scripts: { dev: 'vite' }, devDependencies: { vite: '^8.0.0' } },
  'new/frontend/vite.config.ts': "export default { server: { port: 3000, proxy: { '/api': 'http://localhost:8000' } } };\n",
};

const services = {
  services: {
    backend: {
      role: 'backend',
      command: '.venv/bin/python -m uvicorn main:app --port ${port}',
      cwd: 'backend',
      port: ports.backend,
      url: 'http://localhost:${port}/docs',
      health: '/health',
      autoStart: true,
    },
    frontend: {
      role: 'frontend',
      command: 'npm run dev -- --port ${port}',
      cwd: 'frontend',
      env: { BACKEND_PORT: String(ports.backend) },
      port: ports.frontend,
      health: '/',
      autoStart: true,
    },
  },
};

/** As in a virtual environment: the shell's own start-up files may put another Python first on the PATH. */
async function installPython(python: string, folder: string): Promise<void> {
  if (!isAbsolute(python)) throw new Error(`The path of ${python} is not known, so it cannot be linked into the workspace.`);
  await mkdir(folder, { recursive: true });
  await symlink(python, join(folder, 'python'));
}

/** Consent, then both services up with all that tells of them. */
async function showHealthy(workbench: Workbench): Promise<void> {
  await workbench.services.open();
  const question = /Start these services whenever this workspace opens/;
  await workbench.notifications.waitFor(question, 60_000);
  await picture(workbench, 'consent', whole);
  await workbench.notifications.click(question, 'Review Commands…');
  await workbench.dialog.click('Always Start');
  for (const name of ['backend', 'frontend']) await rowSays(workbench, name, 'Healthy');
  await openFile(workbench, 'main.py');
  await workbench.services.showTerminal('frontend');
  await workbench.services.showTerminal('backend');
  await workbench.terminals.waitForText(/GET \/health/);
  await workbench.page.mouse.move(1000, 250);
  await workbench.page.locator('.monaco-hover:visible').first().waitFor({ state: 'hidden' });
  await picture(workbench, 'overview', whole);
  await openFile(workbench, 'services.json');
  await workbench.page.locator('.codelens-decoration').first().waitFor();
  await picture(workbench, 'authoring', whole);
  await workbench.services.tooltip('backend');
  await picture(workbench, 'tooltip', viewAtLeft);
  await workbench.statusBar.tooltip('backend');
  await picture(workbench, 'status-bar', lowerLeft);
  await workbench.statusBar.click('backend');
  await workbench.quickInput.items();
  await picture(workbench, 'pick', whole);
  await workbench.quickInput.dismiss();
  // The focus goes back to the status bar, where it would show its hover again.
  await workbench.page.mouse.click(900, 400);
}

/** A package is missing, which the backend says as it starts; then somebody kills Vite. */
async function showFailures(session: Session, workbench: Workbench): Promise<void> {
  await workbench.widenSidebar(420);
  await session.write('shop/backend/main.py', `import stripe\n${backendSource}`);
  await workbench.runCommand('Services: Restart Backend');
  await rowSays(workbench, 'backend', "No module named 'stripe'");
  await workbench.services.tooltip('backend');
  await picture(workbench, 'failed', viewAtLeft);
  await session.write('shop/backend/main.py', backendSource);
  await workbench.services.clickAction('backend', 'Start');
  await rowSays(workbench, 'backend', 'Healthy');
  const vite = descendants(session.server.pid).find((pid) => /\bvite\b.*--port/.test(commandLine(pid)));
  if (vite === undefined) throw new Error('Vite is not among the processes of the session.');
  process.kill(vite, 'SIGKILL');
  await rowSays(workbench, 'frontend', 'Failed');
  await workbench.services.tooltip('frontend');
  await picture(workbench, 'killed', viewAtLeft);
  await workbench.page.mouse.move(1000, 250);
}

/** A service that is not there, a port that is used twice, and a probe without a port. */
async function showMistakes(session: Session, workbench: Workbench): Promise<void> {
  const broken = `{
  "services": {
    "backend": {
      "role": "backend",
      "command": ".venv/bin/python -m uvicorn main:app --port \${port}",
      "cwd": "backend",
      "port": ${ports.backend},
      "health": "/health"
    },
    "frontend": {
      "role": "frontend",
      "command": "npm run dev -- --port \${port}",
      "cwd": "frontend",
      "port": ${ports.frontend},
      "dependsOn": ["bakend"]
    },
    "docs": {
      "command": "npm run docs",
      "port": ${ports.frontend}
    },
    "worker": {
      "command": "npm run worker",
      "health": "/status"
    }
  }
}
`;
  await session.write('shop/.vscode/services.json', broken);
  await workbench.services.rowWhere('frontend', 'is not usable', (row) => row.label.includes('invalid configuration'));
  await openFile(workbench, 'services.json');
  await workbench.page.keyboard.press('Control+Shift+M');
  await workbench.problems.waitFor(/bakend/);
  await picture(workbench, 'problems', whole);
  await session.write('shop/.vscode/services.json', services);
  await workbench.services.rowWhere('frontend', 'is usable again', (row) => !row.label.includes('invalid configuration'));
}

/** The tab is closed and opened again. */
async function showLostTerminal(session: Session, workbench: Workbench, folder: string): Promise<void> {
  await workbench.close();
  const again = await session.open({ folder });
  await again.services.open();
  await rowSays(again, 'backend', 'Healthy');
  const lost = (row: ServiceRow): boolean => row.description.includes('no terminal');
  const found = await again.services.rowWhere('backend', 'lost its terminal', lost, 20_000).catch(() => undefined);
  if (found === undefined) console.log('No picture of a lost terminal: this VS Code gave the terminal back.');
  else await picture(again, 'terminal-lost', viewAtLeft);
}

async function rowSays(workbench: Workbench, name: string, words: string): Promise<void> {
  await workbench.services.rowWhere(name, `says ${words}`, (row) => row.label.includes(words), 60_000);
}

async function openFile(workbench: Workbench, name: string): Promise<void> {
  const { page, quickInput } = workbench;
  await page.keyboard.press('Control+p');
  await page.locator('.quick-input-widget .quick-input-box input').fill(name);
  await quickInput.choose(name);
}

async function picture({ page }: Workbench, name: string, clip: Area): Promise<void> {
  const media = join(repositoryRoot, 'media');
  const shown = inReadme.has(name) ? [join(media, 'screenshots')] : [];
  const image = await page.screenshot({ clip, animations: 'disabled' });
  for (const folder of shown.length === 0 ? [join(resultsFolder, 'screenshots')] : shown) {
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, `${name}.png`), image);
    console.log(join(folder, `${name}.png`));
  }
}
