/** VS Code's server on a free port, with a data folder of its own. */
import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { cp, mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { basename, join } from 'node:path';
import { until } from '../poll';
import { killTree } from '../processes';
import { run } from '../run';
import type { Editor } from './acquire';

export interface EditorServer {
  readonly url: string;
  readonly pid: number;
  /** Resolves when the server ends, whoever ended it. */
  readonly ended: Promise<void>;
  /** Kills the server with all its terminals and extension hosts. */
  stop(): Promise<void>;
}

export interface ServerOptions {
  /** Holds settings, extensions and logs; made if absent. */
  readonly dataFolder: string;
  readonly args?: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  /** Preferred port; a free one otherwise. */
  readonly port?: number;
  /** In a process group of its own, Ctrl+C in our terminal does not end the server before its terminals can be found. */
  readonly group?: 'ours' | 'own';
}

const licence = ['--accept-server-license-terms', '--telemetry-level', 'off'];

export async function startServer(editor: Editor, options: ServerOptions): Promise<EditorServer> {
  await mkdir(options.dataFolder, { recursive: true });
  const port = await choosePort(options.port);
  const listen = ['--host', '127.0.0.1', '--port', String(port), '--without-connection-token'];
  const args = [editor.serverMain, ...listen, ...licence, '--server-data-dir', options.dataFolder, ...(options.args ?? [])];
  // On Windows it would have a console window.
  const detached = options.group === 'own' && process.platform !== 'win32';
  const child = spawn(editor.node, args, { env: serverEnvironment(options.env), stdio: ['ignore', 'pipe', 'pipe'], detached });
  const log = createWriteStream(join(options.dataFolder, 'server.log'));
  child.stdout.pipe(log, { end: false });
  child.stderr.pipe(log, { end: false });
  const ended = new Promise<void>((resolve) => {
    child.on('exit', () => {
      resolve();
    });
    child.on('error', () => {
      resolve();
    });
  });
  const pid = child.pid;
  if (pid === undefined) throw new Error(`VS Code's server could not be started with ${editor.node}.`);
  const kill = (): void => {
    killTree(pid);
  };
  // Also when a test run is interrupted.
  process.once('exit', kill);
  const url = `http://127.0.0.1:${port}`;
  const stop = async (): Promise<void> => {
    process.removeListener('exit', kill);
    if (child.exitCode === null && child.signalCode === null) kill();
    await ended;
    log.end();
  };
  try {
    await until(`VS Code's server at ${url}`, async () => child.exitCode !== null || (await fetch(`${url}/version`)).ok, 30_000);
    if (child.exitCode !== null) throw new Error(`VS Code's server ended at once with code ${child.exitCode}.`);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, pid, ended, stop };
}

export async function installExtension(editor: Editor, dataFolder: string, ...packages: readonly string[]): Promise<void> {
  const installs = packages.flatMap((vsix) => ['--install-extension', vsix]);
  const args = [editor.serverMain, ...licence, '--server-data-dir', dataFolder, ...installs];
  const { code, output } = await run(editor.node, args, { output: 'keep', env: serverEnvironment() });
  if (code !== 0) throw new Error(`${packages.join(', ')} could not be installed: ${output}`);
}

/** Before the server starts, which finds the extension in its folder then. */
export async function copyExtension(source: string, dataFolder: string): Promise<void> {
  await cp(source, join(dataFolder, 'extensions', basename(source)), { recursive: true });
}

/** Settings of the person, as VS Code reads them from the data folder. */
export async function writeUserSettings(dataFolder: string, settings: Readonly<Record<string, unknown>>): Promise<void> {
  const folder = join(dataFolder, 'data', 'User');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'settings.json'), JSON.stringify(settings, undefined, 2));
}

/**
 * A language pack without a single text, as the server notes an installed one: VS Code's own words stay English, and extensions are asked
 * for theirs in this language.
 */
export async function writeLanguagePack(dataFolder: string, language: string): Promise<void> {
  const folder = join(dataFolder, 'data');
  const texts = join(folder, `${language}.i18n.json`);
  const extensions = [{ extensionIdentifier: { id: `test.language-pack-${language}` }, version: '1.0.0' }];
  const pack = { hash: language, extensions, translations: { vscode: texts }, label: language };
  await mkdir(folder, { recursive: true });
  await writeFile(texts, JSON.stringify({ contents: {} }));
  await writeFile(join(folder, 'languagepacks.json'), JSON.stringify({ [language]: pack }));
}

/** Without what an editor around us, or npm, would hand down to the terminals inside. */
function serverEnvironment(extra: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !/^(VSCODE_|npm_|NODE_OPTIONS$|ELECTRON_)/.test(name));
  return { ...Object.fromEntries(inherited), ...extra };
}

/** The preferred port if a server can listen on it now, else any free one. */
async function choosePort(preferred = 0): Promise<number> {
  const port = (await listenOnce(preferred)) ?? (await listenOnce(0));
  if (port === undefined) throw new Error('The system gave no free port.');
  return port;
}

/** Port 0 is any free one. Undefined when the port is in use. */
async function listenOnce(wanted: number): Promise<number | undefined> {
  const probe = createServer();
  const port = await new Promise<number | undefined>((resolve) => {
    probe.once('error', () => resolve(undefined));
    probe.listen(wanted, '127.0.0.1', () => {
      const address = probe.address();
      resolve(address === null || typeof address === 'string' ? undefined : address.port);
    });
  });
  if (probe.listening) await new Promise((resolve) => probe.close(resolve));
  return port;
}
