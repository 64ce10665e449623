/** Looking at a terminal from outside: whether somebody waits to write to it. Real terminals, made by Python's pty. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createTerminalTap } from '../../src/os/terminalTap';
import { Cleanup } from './support/cleanup';
import { python as interpreter } from './support/services';
import { until } from './support/until';

/** Starts the command in a terminal of its own that nobody reads, prints its pid and stays. */
const inTerminal = `
import os, pty, sys, time
pid, _ = pty.fork()
if pid == 0: os.execvp(sys.argv[1], sys.argv[1:])
print(pid, flush=True)
time.sleep(60)
`;

describe('a terminal, seen from outside (Linux)', function () {
  this.timeout(40_000);
  const cleanup = new Cleanup();
  afterEach(() => cleanup.run());
  const tap = createTerminalTap('linux');

  async function start(...command: readonly string[]): Promise<number> {
    const python = spawn(interpreter, ['-c', inTerminal, ...command], { stdio: ['ignore', 'pipe', 'inherit'] });
    cleanup.add(() => void python.kill('SIGKILL'));
    // Without a buffer Python writes the number and the line feed one after the other.
    let printed = '';
    python.stdout.on('data', (data: Buffer) => (printed += data.toString()));
    await until('the pid', () => printed.endsWith('\n'), 30_000);
    const pid = Number(printed);
    cleanup.add(() => {
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // It ended with its terminal.
      }
    });
    return pid;
  }

  it('is not blocked while nobody writes, and tells when it was written to', async () => {
    const before = Date.now();
    const pid = await start('sleep', '60');
    await until('the terminal', () => tap.look(pid) !== undefined);
    const seen = tap.look(pid);
    assert.match(seen?.device ?? '', /^\/dev\/pts\/\d+$/);
    assert.equal(seen?.isBlocked, false);
    // Whole seconds before Linux 6.x, so that it may lie up to a second before the start.
    assert.ok(seen.writtenAt >= before - 1000 && seen.writtenAt <= Date.now());
  });

  it('is blocked while a service writes more than anybody reads, and takes no mark then', async () => {
    const pid = await start('sh', '-c', 'while :; do echo a line of a flood that nobody reads; done');
    // Until the terminal is full, each single line blocks it for a moment.
    let looks = 0;
    await until('a blocked terminal', () => (looks = tap.look(pid)?.isBlocked === true ? looks + 1 : 0) > 10);
    assert.equal(await tap.renew(pid), false);
  });

  it('is not there for a process without one, and for none', async () => {
    const child = spawn('sleep', ['60'], { stdio: 'ignore' });
    cleanup.add(() => void child.kill('SIGKILL'));
    await until('the pid', () => child.pid !== undefined);
    assert.equal(tap.look(child.pid ?? 0), undefined);
    assert.equal(await tap.renew(child.pid ?? 0), false);
    assert.equal(tap.look(2 ** 30), undefined);
  });

  it('is not looked at on other systems', () => {
    assert.equal(createTerminalTap('darwin').look(process.pid), undefined);
    assert.equal(createTerminalTap('win32').look(process.pid), undefined);
  });
});
