/** Runs a tool of the system, such as ps or netstat, and collects its output. */
import { execFile } from 'node:child_process';
import { t } from '../../core/wording/l10n';
import { type Reading, known, unavailable } from '../../core/model/process';

export interface ToolOutput {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A listing of thousands of sockets is about 1 MB. */
const maxOutputBytes = 32 * 1024 * 1024;

/** Settles after `timeout` ms at the latest. A tool that is missing or hangs is "unavailable"; the caller judges the exit code. */
export function runTool(file: string, args: readonly string[], timeout: number): Promise<Reading<ToolOutput>> {
  return new Promise((resolve) => {
    const options = {
      timeout,
      killSignal: 'SIGKILL',
      maxBuffer: maxOutputBytes,
      windowsHide: true,
      encoding: 'utf8',
      // Dates and states in English where the tool supports it, and independent of the time zone.
      env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' },
    } as const;
    execFile(file, [...args], options, (error, stdout, stderr) => {
      if (error === null) return resolve(known({ exitCode: 0, stdout, stderr }));
      if (typeof error.code === 'number') return resolve(known({ exitCode: error.code, stdout, stderr }));
      const why = error.killed === true ? t('it did not end within {0} ms', timeout) : error.message;
      resolve(unavailable(t('{0} could not be used: {1}', file, why)));
    });
  });
}
