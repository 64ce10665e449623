/** A command whose exit code 0 means healthy. */
import type { ProbeRequest } from '../../app/ports';
import { runShellCommand } from '../system/shellCommand';
import type { CommandEnders } from '../system/shellCommand';
import { type Attempt, failed } from './attempt';

/** Runs the command in the system's shell. When the signal aborts, everything that it started is ended, in the background. */
export async function execAttempt(
  { cwd, env, probe }: ProbeRequest,
  command: string,
  signal: AbortSignal,
  enders: CommandEnders,
): Promise<Attempt> {
  const { exitCode, lastLine } = await runShellCommand({ command, cwd, env }, probe.timeout, signal, enders);
  return exitCode === 0 ? { ok: true } : failed({ kind: 'execFailed', command, exitCode, detail: lastLine });
}
