/** Runs the `stopCommand` of a service in its folder and environment. */
import type { Preflight } from '../../app/ports';
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
  const line = typeof launch.command === 'string' ? launch.command : launch.command.join(' ');
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
