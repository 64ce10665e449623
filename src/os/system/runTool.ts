/** Runs a tool of the system, such as ps or netstat, and takes what it prints. */
import { execFile } from 'node:child_process';
import { t } from '../../core/wording/l10n';
import { type Reading, known, unavailable } from '../../core/model/process';

export interface ToolOutput {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A listing of thousands of sockets is about 1 MB. In bytes. */
const largest = 32 * 1024 * 1024;

/** Ends after `timeout` ms at the latest. A tool that is missing or hangs is "unavailable"; an exit code is the caller's to judge. */
export function runTool(file: string, args: readonly string[], timeout: number): Promise<Reading<ToolOutput>> {
  return new Promise((resolve) => {
    const options = {
      timeout,
      killSignal: 'SIGKILL',
      maxBuffer: largest,
      windowsHide: true,
      encoding: 'utf8',
      // Dates and states in English where the tool cares, and independent of where the person travels.
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

/** PowerShell needs 0.7 to 2 s a call, more on a cold machine. In ms. */
const powerShellTimeout = 20_000;

export function runPowerShell(script: string): Promise<Reading<ToolOutput>> {
  // The console's code page would garble anything that is not ASCII.
  const utf8 = '[Console]::OutputEncoding = [System.Text.Encoding]::UTF8; ';
  return runTool('powershell.exe', ['-NoProfile', '-NonInteractive', '-Command', utf8 + script], powerShellTimeout);
}
