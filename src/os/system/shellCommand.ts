/** Runs one command in the system's shell to its end, or ends it with everything that it started. */
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import type { ProcessTable, ProcessTrees } from '../../app/ports';
import { runVariable } from '../../core/model/process';
import { environmentWith } from './environment';
import { t } from '../../core/wording/l10n';

type Child = ChildProcessByStdio<null, Readable, Readable>;

/** These two end a command that overruns its time. */
export interface CommandEnders {
  readonly processTable: ProcessTable;
  readonly processTrees: ProcessTrees;
}

export interface ShellCommand {
  readonly command: string;
  readonly cwd: string;
  /** Added to the environment of the extension host. */
  readonly env: Readonly<Record<string, string>>;
}

export interface CommandEnd {
  /** Undefined when the command did not start, was ended by a signal, or was aborted. */
  readonly exitCode: number | undefined;
  /** The last line of output, or why there is no exit code; may be empty. */
  readonly lastLine: string;
}

export interface RunningCommand {
  /** Settles when the command ends, or at once when the signal aborts. Never rejects. */
  readonly end: Promise<CommandEnd>;
  /** Settles when an aborted command, with everything that it started, is ended as well. Never rejects. */
  readonly gone: Promise<void>;
}

/**
 * Everything that an aborted command started is ended in the background. `timeoutMs` is only named in the message. Throws for arguments
 * that no process can have, such as a NUL in the environment.
 */
export function runShellCommand(
  { command, cwd, env }: ShellCommand,
  timeoutMs: number,
  signal: AbortSignal,
  enders: CommandEnders,
): RunningCommand {
  const marker = randomUUID();
  const child = spawn(command, {
    shell: true,
    cwd,
    // A marker of its own: with that of the service, the command would count as a part of the service.
    env: { ...environmentWith(env), [runVariable]: marker },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own, so that a signal to it never hits this process.
    detached: process.platform !== 'win32',
    windowsHide: true,
  });
  let isGone = (): void => undefined;
  const gone = new Promise<void>((resolve) => (isGone = resolve));
  const end = new Promise<CommandEnd>((resolve) => {
    const lastLine = collectLastLine(child);
    const settle = (result: CommandEnd): void => {
      signal.removeEventListener('abort', overrun);
      resolve(result);
    };
    const overrun = (): void => {
      settle({ exitCode: undefined, lastLine: t('it did not end within {0} ms', timeoutMs) });
      void endTree(child, marker, enders)
        .catch(() => undefined)
        .then(isGone);
    };
    if (signal.aborted) overrun();
    else signal.addEventListener('abort', overrun, { once: true });
    child.once('error', (error) => {
      settle({ exitCode: undefined, lastLine: error.message });
      isGone();
    });
    child.once('exit', (code, killedBy) => {
      // Output may still arrive, and a background child may hold the pipe open for ever: one turn is enough.
      setImmediate(() => {
        const ended = killedBy === null ? '' : t('it was ended by {0}', killedBy);
        settle({ exitCode: code ?? undefined, lastLine: lastLine() || ended });
        child.stdout.destroy();
        child.stderr.destroy();
        if (!signal.aborted) isGone();
      });
    });
  });
  return { end, gone };
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

/** How long (ms) a killed child may take to be gone; one that waits for a broken disk is not waited for. */
const exitTimeoutMs = 2000;

/** Settles when everything is ended. The child is not reaped before it is dead, so its pid is still its own here. */
async function endTree(child: Child, marker: string, { processTable, processTrees }: CommandEnders): Promise<void> {
  child.stdout.destroy();
  child.stderr.destroy();
  if (child.pid === undefined || hasExited(child)) return;
  const identity = await processTable.identify(child.pid);
  if (identity.kind === 'unavailable' || identity.value === undefined) {
    child.kill('SIGKILL');
  } else {
    const tree = processTrees.open({ process: identity.value, marker });
    await tree.kill();
    tree.dispose();
  }
  if (!hasExited(child)) await once(child, 'exit', { signal: AbortSignal.timeout(exitTimeoutMs) });
}

const hasExited = ({ exitCode, signalCode }: Child): boolean => exitCode !== null || signalCode !== null;
