/** A real VS Code in which the bench's own entry runs instead of tests; each order gets an extension host of its own. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { format } from 'node:util';
import { build } from 'esbuild';
import type { Browser } from 'playwright-core';
import { acquireEditor } from '../support/editor/acquire';
import { launchChromium } from '../support/editor/chromium';
import { startServer, writeUserSettings } from '../support/editor/server';
import type { EditorServer } from '../support/editor/server';
import { commandLine, descendants, killTree } from '../support/processes';
import { reportMark } from '../support/reportMark';
import { repositoryRoot } from '../support/repository';
import { npm } from '../support/run';
import type { Context } from './context';
import { answerFile, orderFile } from './inside/order';
import type { Order } from './inside/order';
import { within } from './time';

const entry = join(repositoryRoot, 'dist', 'test', 'bench', 'inside.js');

const settings = {
  'workbench.startupEditor': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'chat.disableAIFeatures': true,
  'extensions.autoCheckUpdates': false,
  'git.enabled': false,
};

type Surroundings = Pick<Context, 'scratch' | 'say' | 'searchesPorts'>;

/** No order takes longer, in ms, but for the windows in which it only watches. */
const patience = 20 * 60_000;

const watchedMs = (order: Order): number =>
  order.kind === 'watch' ? order.sizes.length * order.windows * order.seconds * 1000 : 0;

export class Editor {
  #orders = 0;

  private constructor(
    private readonly scratch: string,
    private readonly server: EditorServer,
    private readonly browser: Browser,
  ) {}

  static async open({ scratch, say, searchesPorts }: Surroundings): Promise<Editor> {
    const { code, output } = await npm(['run', '--silent', 'build'], { cwd: repositoryRoot, output: 'keep' });
    if (code !== 0) throw new Error(output);
    await bundle();
    const dataFolder = join(scratch, 'data');
    const portSource = searchesPorts ? 'process' : 'output';
    await writeUserSettings(dataFolder, { ...settings, 'remote.autoForwardPortsSource': portSource });
    const args = ['--enable-smoke-test-driver', '--disable-workspace-trust'];
    const server = await startServer(await acquireEditor(say), { dataFolder, args });
    try {
      return new Editor(scratch, server, await launchChromium());
    } catch (error) {
      await server.stop();
      throw error;
    }
  }

  /** Opens a window for the order, and gives back what was measured in it. */
  async carryOut(order: Order): Promise<unknown> {
    this.#orders += 1;
    const workspace = join(this.scratch, `workspace-${this.#orders}`);
    await mkdir(join(workspace, '.vscode'), { recursive: true });
    await writeFile(join(workspace, orderFile), JSON.stringify(order));
    const page = await this.browser.newPage({ viewport: { width: 1280, height: 800 } });
    const said: string[] = [];
    try {
      const exit = new Promise<number>((resolve) => void page.exposeFunction('codeAutomationExit', resolve));
      await page.exposeFunction('codeAutomationLog', (_type: string, args: readonly unknown[]) => {
        const text = format(...args);
        if (text.startsWith(reportMark)) said.push(text.slice(reportMark.length));
      });
      await page.goto(`${this.server.url}/?${query(workspace)}`);
      const code = await within(`the order ${order.kind}`, patience + watchedMs(order), exit);
      if (code !== 0) throw new Error(`In the editor: ${said.join('\n') || `exit code ${code}`}`);
      return JSON.parse(await readFile(join(workspace, answerFile), 'utf8')) as unknown;
    } finally {
      await page.close();
      this.#endHosts();
    }
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.server.stop();
  }

  /** A host waits hours for its window to come back, and would cost the next one time. */
  #endHosts(): void {
    for (const pid of descendants(this.server.pid)) if (commandLine(pid).includes('--type=extensionHost')) killTree(pid);
  }
}

function query(folder: string): string {
  const payload = [
    ['extensionDevelopmentPath', `vscode-remote://remote${repositoryRoot}`],
    ['extensionTestsPath', `vscode-remote://remote${entry}`],
  ];
  return new URLSearchParams({ folder, payload: JSON.stringify(payload) }).toString();
}

/** The extension host loads CommonJS only. */
async function bundle(): Promise<void> {
  await build({
    absWorkingDir: repositoryRoot,
    entryPoints: ['test/bench/inside/index.ts'],
    outfile: entry,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    external: ['vscode'],
    logLevel: 'warning',
  });
}
