/** The run that a process was started for, read from the variable that it inherited. */
import { readFileSync } from 'node:fs';
import type { Reading } from '../../core/process';
import { known, unavailable } from '../../core/process';
import { errorCode } from '../system/errorCode';
import { runIn } from './linuxMarkers';

/** Known and undefined: a process that no service was started as. Unavailable where a system does not show environments. */
export function runOf(pid: number): Reading<string | undefined> {
  if (process.platform !== 'linux') return unavailable('This system does not show the environment of a process.');
  try {
    const environment = readFileSync(`/proc/${pid}/environ`, 'latin1');
    // A zombie has none any more.
    return environment === '' ? unavailable(`Process ${pid} has ended.`) : known(runIn(environment));
  } catch (error) {
    return unavailable(`The environment of process ${pid} cannot be read (${errorCode(error)}).`);
  }
}
