/** Runs a command to its end. */
import { spawn } from 'node:child_process';

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** `show` passes the output on, `keep` only collects it. */
  readonly output?: 'show' | 'keep';
}

export interface RunResult {
  /** Undefined when a signal ended it or it could not be started. */
  readonly code: number | undefined;
  /** Both streams, in order of arrival; empty when the output was shown. */
  readonly output: string;
}

export function run(command: string, args: readonly string[], options: RunOptions = {}): Promise<RunResult> {
  return new Promise((resolve) => {
    const shown = options.output !== 'keep';
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: options.env ?? process.env,
      stdio: shown ? 'inherit' : ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    const collect = (chunk: Buffer): void => {
      output += chunk.toString();
    };
    child.stdout?.on('data', collect);
    child.stderr?.on('data', collect);
    child.on('error', (error) => {
      resolve({ code: undefined, output: output + error.message });
    });
    child.on('close', (code) => {
      resolve({ code: code ?? undefined, output });
    });
  });
}

/** Runs npm as the one that runs us does: npm.cmd cannot be spawned without a shell on Windows, its script can. */
export function npm(args: readonly string[], options: RunOptions = {}): Promise<RunResult> {
  const script = process.env['npm_execpath'];
  if (script?.endsWith('.js')) return run(process.execPath, [script, ...args], options);
  return process.platform === 'win32' ? run('cmd.exe', ['/d', '/s', '/c', 'npm', ...args], options) : run('npm', args, options);
}
