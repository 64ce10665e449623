/** A `stopCommand` ends what a signal cannot, such as containers. It has no terminal: what it says goes to the log. */
import { exec } from 'node:child_process';
import type { Launch, Log } from '../app/ports';
import type { ServiceSpec } from '../core/service';

/** Settles when the command ended; it is ended itself when it outlives the service's grace period. */
export function runStopCommand(spec: ServiceSpec, launch: Launch, log: Log): Promise<void> {
  const command = typeof launch.command === 'string' ? launch.command : launch.command.join(' ');
  const options = {
    cwd: launch.cwd,
    env: { ...process.env, ...launch.env },
    timeout: Math.max(1000, spec.stopGracePeriod),
    windowsHide: true,
  };
  return new Promise((resolve) => {
    exec(command, options, (error, stdout, stderr) => {
      const said = `${stdout}${stderr}`.trim();
      if (said !== '') log.info(`${spec.id}: stopCommand: ${said}`);
      if (error !== null) log.warn(`${spec.id}: the stopCommand failed: ${error.message}`);
      resolve();
    });
  });
}
