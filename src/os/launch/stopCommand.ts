/** Runs the `stopCommand` of a service in its folder and environment. */
import type { Launch, Preflight } from '../../app/ports';
import { commandLineOf } from '../../core/shells/batchLine';
import type { ServiceSpec } from '../../core/model/service';
import { explainLaunch } from '../../core/wording/explain';
import { runShellCommand } from '../system/shellCommand';
import type { CommandEnders } from '../system/shellCommand';

/** A stop command gets at least this time, also with a grace period of 0. */
const minTimeoutMs = 1000;

/**
 * Settles when the command has ended, or after the grace period, when it is ended with everything that it started. Returns what is to
 * be logged.
 */
export async function runStopCommand(
  spec: ServiceSpec,
  command: string,
  preflight: Preflight,
  enders: CommandEnders,
): Promise<string> {
  const prepared = await preflight.prepare({ ...spec, command });
  if (!prepared.ok) return explainLaunch(prepared.failure);
  const { launch } = prepared;
  const line = lineOf(launch.command);
  const timeoutMs = Math.max(minTimeoutMs, spec.stopGracePeriod);
  const signal = AbortSignal.timeout(timeoutMs);
  const { exitCode, lastLine } = await runShellCommand(
    { command: line, cwd: launch.cwd, env: launch.env },
    timeoutMs,
    signal,
    enders,
  ).end;
  const ending = exitCode === undefined ? 'it did not end on its own' : `exit code ${exitCode}`;
  return lastLine === '' ? ending : `${lastLine} / ${ending}`;
}

/** On Windows a line that begins with a path is a list, whose path may have spaces. */
function lineOf(command: Launch['command']): string {
  if (typeof command === 'string') return command;
  const [program = '', ...args] = command;
  return commandLineOf(program, args);
}
