/** pm2 and concurrently as they restart the tiny service, each with nothing else to do. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { killTree } from '../support/processes';
import { repositoryRoot } from '../support/repository';
import { run } from '../support/run';
import { Noted, script } from './noted';

export interface Restarter {
  readonly who: string;
  readonly service: Noted;
  end(): Promise<void>;
}

const packages = join(repositoryRoot, 'node_modules');

/** Its daemon has a home of its own, and goes with the bench. */
export async function pm2(scratch: string): Promise<Restarter> {
  const service = new Noted(join(scratch, 'pm2'));
  const env = { ...process.env, PM2_HOME: join(scratch, 'pm2-home'), PM2_DISABLE_VERSION_CHECK: 'true' };
  const command = (...args: string[]) =>
    run(process.execPath, [join(packages, 'pm2', 'bin', 'pm2'), ...args], { cwd: service.folder, env, output: 'keep' });
  const started = service.next();
  const calm = ['--max-restarts', '1000'];
  const { code, output } = await command('start', script, '--interpreter', 'sh', '--name', 'noted', ...calm);
  if (code !== 0) throw new Error(`pm2 did not start: ${output}`);
  await started;
  const end = async (): Promise<void> => {
    service.dispose();
    await command('kill');
  };
  return { who: 'pm2', service, end };
}

export async function concurrently(scratch: string): Promise<Restarter> {
  const service = new Noted(join(scratch, 'concurrently'));
  const program = join(packages, 'concurrently', 'dist', 'bin', 'index.js');
  const args = [program, '--restart-tries', '1000', '--restart-after', '0', `sh ${script}`];
  const started = service.next();
  const child = spawn(process.execPath, args, { cwd: service.folder, stdio: 'ignore' });
  const { pid } = child;
  if (pid === undefined) throw new Error('concurrently did not start.');
  const ended = new Promise((resolve) => child.once('exit', resolve));
  await started;
  const end = async (): Promise<void> => {
    service.dispose();
    // Asked to end it restarts what it was told to restart, and stays.
    killTree(pid);
    await ended;
  };
  return { who: 'concurrently', service, end };
}
