/** `npm start` as a process of its own, which opens nothing on the screen of whoever runs the tests. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { until } from '../../support/poll';
import { descendants } from '../../support/processes';
import { repositoryRoot } from '../../support/repository';

export class FirstRun {
  #printed = '';

  private constructor(private readonly child: ChildProcess) {
    child.stdout?.on('data', (chunk: Buffer) => (this.#printed += chunk.toString()));
  }

  /** Resolves when the address is printed. */
  static async start(): Promise<FirstRun> {
    const args = ['scripts/bootstrap.mjs', 'start', '--no-open'];
    const child = spawn(process.execPath, args, { cwd: repositoryRoot, stdio: ['ignore', 'pipe', 'inherit'] });
    // Also when the test run is interrupted: it ends what it started.
    process.once('exit', () => child.kill('SIGINT'));
    const run = new FirstRun(child);
    await until('the address', () => run.#address() !== undefined || child.exitCode !== null, 100_000);
    await run.#makeTerminalsReadable();
    return run;
  }

  /** What the terminal shows so far. */
  get printed(): string {
    return this.#printed;
  }

  get url(): string {
    const address = this.#address();
    if (address === undefined) throw new Error(`npm start printed no address: ${this.#printed}`);
    return address;
  }

  /** The folder that was opened. */
  get workspace(): string {
    return new URL(this.url).searchParams.get('folder') ?? '';
  }

  /** Pids of all that it has started and that runs now. */
  processes(): number[] {
    return this.child.pid === undefined ? [] : descendants(this.child.pid);
  }

  /** As Ctrl+C does. Gives back the exit code. */
  async interrupt(): Promise<number | null> {
    if (this.child.exitCode !== null) return this.child.exitCode;
    const exit = once(this.child, 'exit');
    this.child.kill('SIGINT');
    await exit;
    return this.child.exitCode;
  }

  /** Of what the terminals draw only the DOM renderer's text can be read. */
  async #makeTerminalsReadable(): Promise<void> {
    const file = join(dirname(this.workspace), 'data', 'data', 'User', 'settings.json');
    const settings = JSON.parse(await readFile(file, 'utf8')) as object;
    await writeFile(file, JSON.stringify({ ...settings, 'terminal.integrated.gpuAcceleration': 'off' }));
  }

  #address(): string | undefined {
    return /http:\S+/.exec(this.#printed)?.[0];
  }
}
