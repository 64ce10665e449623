/** A VS Code with the packaged extension installed, a folder open in it, and a browser that shows it. */
import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { acquireEditor } from '../editor/acquire';
import { chosenEdition } from '../editor/edition';
import { launchChromium, userAgent } from '../editor/chromium';
import { startServer, writeLanguagePack, writeUserSettings, type EditorServer } from '../editor/server';
import { until } from '../poll';
import { commandLine, descendants } from '../processes';
import { repositoryRoot } from '../repository';
import { copySample } from '../sample';
import { makeScratch, removeScratch } from '../scratch';
import { copyInstalled } from './installed';
import { Workbench } from './workbench';

export interface SessionOptions {
  /** What the workspace begins as: the sample (with Vite), a folder to copy, or nothing. */
  readonly workspace?: 'sample' | 'empty' | { readonly copyOf: string };
  /** Texts to write into the workspace, by relative path; an object is written as JSON. */
  readonly files?: Readonly<Record<string, string | object>>;
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Whether VS Code asks for trust in the folder; without, every folder is trusted. */
  readonly workspaceTrust?: 'ask' | 'off';
  readonly env?: NodeJS.ProcessEnv;
  /** Display language, such as "de"; English without. */
  readonly language?: string;
}

const calm = {
  'workbench.startupEditor': 'none',
  'workbench.colorTheme': 'Default Dark Modern',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'chat.disableAIFeatures': true,
  'window.confirmBeforeClose': 'never',
  'extensions.autoCheckUpdates': false,
  'git.enabled': false,
  // VS Code announces each forwarded port in a notification, among which those of the extension are counted.
  'remote.autoForwardPorts': false,
  // As on the desktop; in a browser the default saves by itself.
  'files.autoSave': 'off',
  // The DOM renderer is one whose text can be read.
  'terminal.integrated.gpuAcceleration': 'off',
  'terminal.integrated.tabs.hideCondition': 'never',
};

/** Those that were started and not yet stopped. */
export const openSessions = new Set<Session>();

export class Session {
  private context: BrowserContext | undefined;
  /** What the windows log, the extension host's errors among it. */
  readonly log: string[] = [];

  private constructor(
    private readonly scratch: string,
    readonly server: EditorServer,
    private readonly browser: Browser,
  ) {
    openSessions.add(this);
  }

  static async start(options: SessionOptions = {}): Promise<Session> {
    const scratch = await makeScratch('e2e');
    const dataFolder = join(scratch, 'data');
    const workspace = join(scratch, 'workspace');
    await prepareWorkspace(workspace, options.workspace ?? 'empty');
    for (const [path, content] of Object.entries(options.files ?? {})) await writeInto(workspace, path, content);
    const editor = await acquireEditor(console.log);
    await writeUserSettings(dataFolder, { ...calm, ...chosenEdition().settings, ...options.settings });
    await copyInstalled(editor, dataFolder);
    const args = options.workspaceTrust === 'ask' ? [] : ['--disable-workspace-trust'];
    if (options.language !== undefined) {
      await writeLanguagePack(dataFolder, options.language);
      args.push('--locale', options.language);
    }
    const [server, browser] = await Promise.allSettled([
      startServer(editor, { dataFolder, args, ...(options.env && { env: options.env }) }),
      launchChromium(),
    ]);
    if (server.status === 'fulfilled' && browser.status === 'fulfilled') return new Session(scratch, server.value, browser.value);
    if (server.status === 'fulfilled') await server.value.stop();
    if (browser.status === 'fulfilled') await browser.value.close();
    const causes = [server, browser].flatMap((each) => (each.status === 'rejected' ? [each.reason as unknown] : []));
    throw new AggregateError(causes, `VS Code could not be opened: ${causes.join('; ')}`);
  }

  get workspace(): string {
    return join(this.scratch, 'workspace');
  }

  /** The extension's and VS Code's own data, logs included. */
  get dataFolder(): string {
    return join(this.scratch, 'data');
  }

  /** Opens the workspace in a tab; a second one after the first was closed keeps what the browser remembers. */
  async open(
    target: { readonly folder: string } | { readonly workspaceFile: string } = { folder: this.workspace },
  ): Promise<Workbench> {
    const agent = userAgent(this.browser);
    this.context ??= await this.browser.newContext({
      viewport: { width: 1280, height: 800 },
      reducedMotion: 'reduce',
      ...(agent === undefined ? {} : { userAgent: agent }),
    });
    const page = await this.context.newPage();
    page.on('console', (message) => this.log.push(`${message.type()}: ${message.text()}`));
    const query = 'folder' in target ? { folder: target.folder } : { workspace: target.workspaceFile };
    await page.goto(`${this.server.url}/?${new URLSearchParams(query).toString()}`);
    const workbench = new Workbench(page);
    await workbench.ready();
    return workbench;
  }

  /** Writes a file of the workspace; an object is written as JSON. */
  async write(path: string, content: string | object): Promise<void> {
    await writeInto(this.workspace, path, content);
  }

  /** Deletes a file of the workspace. */
  async remove(path: string): Promise<void> {
    await rm(join(this.workspace, path));
  }

  /** Pids of the extension hosts, one a tab. */
  extensionHosts(): number[] {
    return descendants(this.server.pid).filter((pid) => commandLine(pid).includes('--type=extensionHost'));
  }

  /** Kills the only extension host and waits for the one VS Code starts in its place. */
  async killExtensionHost(): Promise<void> {
    const [host, ...others] = this.extensionHosts();
    if (host === undefined || others.length > 0) throw new Error(`There should be one extension host, not ${others.length}.`);
    process.kill(host, 'SIGKILL');
    await until('a new extension host', () => this.extensionHosts().some((pid) => pid !== host), 30_000);
  }

  /** The tabs that are open. */
  pages(): readonly Page[] {
    return this.context?.pages() ?? [];
  }

  /** Ends the browser, the server and all that ran in its terminals. */
  async stop(): Promise<void> {
    openSessions.delete(this);
    await this.browser.close();
    await this.server.stop();
    await removeScratch(this.scratch);
  }
}

async function prepareWorkspace(folder: string, from: NonNullable<SessionOptions['workspace']>): Promise<void> {
  if (from === 'sample') await copySample(folder);
  else if (from === 'empty') await mkdir(folder, { recursive: true });
  else await cp(join(repositoryRoot, from.copyOf), folder, { recursive: true });
}

async function writeInto(folder: string, path: string, content: string | object): Promise<void> {
  const file = join(folder, path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, typeof content === 'string' ? content : `${JSON.stringify(content, undefined, 2)}\n`);
}
