/** Runs a tool of the system, such as ps or netstat, and collects its output. */
import { execFile } from 'node:child_process';
import { defined } from '../../core/model/defined';
import { t } from '../../core/wording/l10n';
import { type Reading, known, unavailable } from '../../core/model/process';
import { environmentWith } from './environment';

export interface ToolOutput {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Where a tool runs, when that matters. */
export interface ToolPlace {
  readonly cwd?: string;
  /** Variables that are added to those of VS Code. */
  readonly env?: Readonly<Record<string, string>>;
}

/** A listing of thousands of sockets is about 1 MB. */
const maxOutputBytes = 32 * 1024 * 1024;

/** Settles after `timeout` ms at the latest. A tool that is missing or hangs is "unavailable"; the caller judges the exit code. */
export function runTool(
  file: string,
  args: readonly string[],
  timeout: number,
  place: ToolPlace = {},
): Promise<Reading<ToolOutput>> {
  return new Promise((resolve) => {
    const options = {
      timeout,
      ...defined({ cwd: place.cwd }),
      killSignal: 'SIGKILL',
      maxBuffer: maxOutputBytes,
      windowsHide: true,
      encoding: 'utf8',
      // Dates and states in English where the tool supports it, and independent of the time zone.
      env: environmentWith({ LC_ALL: 'C', TZ: 'UTC', ...place.env }),
    } as const;
    execFile(file, [...args], options, (error, stdout, stderr) => {
      if (error === null) return resolve(known({ exitCode: 0, stdout, stderr }));
      if (typeof error.code === 'number') return resolve(known({ exitCode: error.code, stdout, stderr }));
      const why = error.killed === true ? t('it did not end within {0} ms', timeout) : error.message;
      resolve(unavailable(t('{0} could not be used: {1}', file, why)));
    });
  });
}
