/** A command whose exit code 0 means healthy. */
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import type { ProbeRequest, ProcessTable, ProcessTrees } from '../../app/ports';
import { runVariable } from '../../core/model/process';
import { t } from '../../core/wording/l10n';
import { type Attempt, failed } from './attempt';

type Child = ChildProcessByStdio<null, Readable, Readable>;

interface Killers {
  readonly processTable: ProcessTable;
  readonly processTrees: ProcessTrees;
}

/** Runs the command in the system's shell. After `timeout` ms everything that it started is ended, in the background. */
export function execAttempt(request: ProbeRequest, command: string, signal: AbortSignal, killers: Killers): Promise<Attempt> {
  const marker = randomUUID();
  const posix = process.platform !== 'win32';
  return new Promise((resolve) => {
    const child = spawn(command, {
      shell: true,
      cwd: request.cwd,
      // A marker of its own: with the service's, the probe would pass for a part of the service.
      env: { ...process.env, ...request.env, [runVariable]: marker },
      stdio: ['ignore', 'pipe', 'pipe'],
      // A group of its own, so that a signal for it never hits us.
      detached: posix,
      windowsHide: true,
    });
    const lastLine = collectLastLine(child);
    const settle = (exitCode: number | undefined, detail: string): void => {
      signal.removeEventListener('abort', overrun);
      resolve(exitCode === 0 ? { ok: true } : failed({ kind: 'execFailed', command, exitCode, detail }));
    };
    const overrun = (): void => {
      settle(undefined, t('it did not end within {0} ms', request.probe.timeout));
      void end(child, marker, killers);
    };
    if (signal.aborted) overrun();
    else signal.addEventListener('abort', overrun, { once: true });
    child.once('error', (error) => settle(undefined, error.message));
    child.once('exit', (code, killedBy) => {
      // Output may still be on its way, and a background child may hold the pipe open for ever: one turn is enough.
      setImmediate(() => {
        settle(code ?? undefined, lastLine() || (killedBy === null ? '' : t('it was ended by {0}', killedBy)));
        child.stdout.destroy();
        child.stderr.destroy();
      });
    });
  });
}

const maxKeptCharacters = 2000;

function collectLastLine(child: Child): () => string {
  let output = '';
  const add = (chunk: Buffer): void => {
    output = (output + chunk.toString('utf8')).slice(-maxKeptCharacters);
  };
  child.stdout.on('data', add);
  child.stderr.on('data', add);
  return () => output.trimEnd().split('\n').at(-1)?.trim() ?? '';
}

/** The child is not reaped before it is dead, so its pid is still its own here. */
async function end(child: Child, marker: string, killers: Killers): Promise<void> {
  child.stdout.destroy();
  child.stderr.destroy();
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const identity = await killers.processTable.identify(child.pid);
  if (identity.kind === 'unavailable' || identity.value === undefined) {
    child.kill('SIGKILL');
    return;
  }
  const tree = killers.processTrees.open({ process: identity.value, marker });
  await tree.kill();
  tree.dispose();
}
