/** The run that a process was started for, read from the variable that it inherited. */
import { readFileSync } from 'node:fs';
import { t } from '../../core/wording/l10n';
import type { Reading } from '../../core/model/process';
import { known, runVariable, unavailable } from '../../core/model/process';
import { errorCode } from '../system/errorCode';

/** Known and undefined: a process that no service was started as. Unavailable where a system does not show environments. */
export function runOf(pid: number): Reading<string | undefined> {
  if (process.platform !== 'linux') return unavailable(t('This system does not show the environment of a process.'));
  try {
    const environment = readFileSync(`/proc/${pid}/environ`, 'latin1');
    // A zombie has none any more.
    return environment === '' ? unavailable(t('Process {0} has ended.', pid)) : known(runIn(environment));
  } catch (error) {
    return unavailable(t('The environment of process {0} cannot be read ({1}).', pid, errorCode(error)));
  }
}

const needle = `${runVariable}=`;

/** `environment` as /proc shows it: entries with a zero byte after each. */
function runIn(environment: string): string | undefined {
  const at = environment.startsWith(needle) ? 0 : environment.indexOf(`\0${needle}`) + 1;
  if (at === 0 && !environment.startsWith(needle)) return undefined;
  const start = at + needle.length;
  const end = environment.indexOf('\0', start);
  return environment.slice(start, end < 0 ? undefined : end);
}
