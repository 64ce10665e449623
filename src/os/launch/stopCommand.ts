/** A `stopCommand` ends what a signal cannot, such as containers. It has no terminal: what it says goes to the log. */
import { exec } from 'node:child_process';
import type { Launch, Preflight } from '../../app/ports';
import { explainLaunch } from '../../core/wording/explain';
import type { ServiceSpec } from '../../core/model/service';

/** Settles with what the command said; it is ended itself when it outlives the service's grace period. */
export async function runStopCommand(spec: ServiceSpec, command: string, preflight: Preflight): Promise<string> {
  const prepared = await preflight.prepare({ ...spec, command });
  return prepared.ok ? run(prepared.launch, spec.stopGracePeriod) : explainLaunch(prepared.failure);
}

function run({ command, cwd, env }: Launch, timeout: number): Promise<string> {
  const line = typeof command === 'string' ? command : command.join(' ');
  const options = { cwd, env: { ...process.env, ...env }, timeout: Math.max(1000, timeout), windowsHide: true };
  return new Promise((resolve) => {
    exec(line, options, (error, stdout, stderr) => {
      const said = `${stdout}${stderr}`.trim();
      resolve([said, error === null ? 'it succeeded' : error.message].filter((part) => part !== '').join(' / '));
    });
  });
}
