/** VS Code's server on a free port, with a data folder of its own. */
import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
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
}

const licence = ['--accept-server-license-terms', '--telemetry-level', 'off'];

export async function startServer(editor: Editor, options: ServerOptions): Promise<EditorServer> {
  await mkdir(options.dataFolder, { recursive: true });
  const port = options.port ?? (await freePort());
  const listen = ['--host', '127.0.0.1', '--port', String(port), '--without-connection-token'];
  const args = [editor.serverMain, ...listen, ...licence, '--server-data-dir', options.dataFolder, ...(options.args ?? [])];
  const child = spawn(editor.node, args, { env: serverEnvironment(options.env), stdio: ['ignore', 'pipe', 'pipe'] });
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

export async function installExtension(editor: Editor, dataFolder: string, vsix: string): Promise<void> {
  const args = [editor.serverMain, ...licence, '--server-data-dir', dataFolder, '--install-extension', vsix];
  const { code, output } = await run(editor.node, args, { output: 'keep', env: serverEnvironment() });
  if (code !== 0) throw new Error(`${vsix} could not be installed: ${output}`);
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

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('The system gave no free port.');
  return address.port;
}
