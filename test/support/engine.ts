/**
 * Runs test/engine against a real Docker engine: `npm run test:engine [-- --grep text]`. It uses the engine that DOCKER_HOST or the
 * context names, else starts one of its own, for which it has to be root. No registry is used: the only image is made of busybox.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, symlink, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { acquireEditor } from './editor/acquire';
import { packaged } from './e2e';
import { glob } from './glob';
import { until } from './poll';
import { repositoryRoot } from './repository';
import { run } from './run';
import { makeScratch, removeScratch } from './scratch';

export const image = 'service-lifecycle-test:1';
/** Where the tests find which kinds of Compose there are: `v2`, `v1` or both, separated by a comma. */
export const kindsVariable = 'SERVICE_LIFECYCLE_TEST_COMPOSE';

const works = (program: string, ...args: readonly string[]): boolean =>
  spawnSync(program, args, { stdio: 'ignore' }).status === 0;

const onPath = (program: string): string | undefined =>
  (process.env['PATH'] ?? '')
    .split(delimiter)
    .map((folder) => join(folder, program))
    .find((file) => existsSync(file));

/** 1.29 is the last version of the older one; what newer packages call docker-compose is v2. */
function kinds(): readonly ('v1' | 'v2')[] {
  const old = spawnSync('docker-compose', ['version', '--short'], { encoding: 'utf8' });
  return [
    ...(works('docker', 'compose', 'version') ? (['v2'] as const) : []),
    ...(old.status === 0 && old.stdout.startsWith('1.') ? (['v1'] as const) : []),
  ];
}

export function obstacle(): string | undefined {
  if (kinds().length === 0) return 'Docker Compose was not found; install docker.io and docker-compose.';
  if (onPath('busybox') === undefined) return 'busybox was not found; install busybox-static.';
  const canStart = process.getuid?.() === 0 && onPath('dockerd') !== undefined;
  return works('docker', 'info') || canStart
    ? undefined
    : 'No Docker engine runs, and none can be started: that needs root and dockerd.';
}

export async function main(args: readonly string[]): Promise<number> {
  const why = obstacle();
  if (why !== undefined) {
    console.error(why);
    return 1;
  }
  return withEngine(async (engine) => {
    if (!(await packaged())) return 1;
    await acquireEditor(console.log);
    const files = await glob(join(repositoryRoot, 'test', 'engine'), '.test.ts');
    const mocha = join(repositoryRoot, 'node_modules', 'mocha', 'bin', 'mocha.js');
    const onFailure = ['--require', 'test/support/workbench/onFailure.ts'];
    const env = { ...process.env, ...engine, [kindsVariable]: kinds().join(',') };
    return (await run(process.execPath, [mocha, ...files, ...onFailure, ...args], { env })).code ?? 1;
  });
}

/** Calls with the variables by which Docker's command line finds an engine that has the image; one of our own ends with the call. */
export async function withEngine<T>(use: (env: Readonly<Record<string, string>>) => Promise<T>): Promise<T> {
  const scratch = await makeScratch('engine');
  const own = works('docker', 'info') ? undefined : await startEngine(join(scratch, 'engine'));
  try {
    await makeImage(join(scratch, 'image'), { ...process.env, ...own?.env });
    return await use(own?.env ?? {});
  } finally {
    await own?.stop();
    await removeScratch(scratch);
  }
}

interface OwnEngine {
  readonly env: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

async function startEngine(folder: string): Promise<OwnEngine> {
  await mkdir(folder, { recursive: true });
  const socket = `unix://${join(folder, 'd.sock')}`;
  const places = ['--data-root', join(folder, 'data'), '--exec-root', join(folder, 'exec'), '--pidfile', join(folder, 'd.pid')];
  const child = spawn('dockerd', [...places, '-H', socket], { stdio: 'ignore' });
  const env = { DOCKER_HOST: socket };
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const answers = (): boolean => spawnSync('docker', ['info'], { stdio: 'ignore', env: { ...process.env, ...env } }).status === 0;
  await until('the engine', answers, 60_000);
  return {
    env,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** A folder with busybox, and links to the tools of it that the tests use. */
async function makeImage(folder: string, env: NodeJS.ProcessEnv): Promise<void> {
  for (const part of ['bin', 'www', 'tmp']) await mkdir(join(folder, part), { recursive: true });
  await copyFile(onPath('busybox') ?? '', join(folder, 'bin', 'busybox'));
  for (const tool of ['sh', 'wget', 'httpd', 'sleep', 'tail', 'rm']) await symlink('busybox', join(folder, 'bin', tool));
  await writeFile(join(folder, 'www', 'index.html'), 'ok\n');
  const archive = join(folder, '..', 'image.tar');
  await run('tar', ['-C', folder, '-cf', archive, '.'], { output: 'keep' });
  const { code, output } = await run('docker', ['import', archive, image], { env, output: 'keep' });
  if (code !== 0) throw new Error(`The image could not be made: ${output}`);
}
