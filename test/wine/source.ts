/** The sources that the tests ask, and the helper process behind one of them. */
import { join } from 'node:path';
import { systemClock } from '../../src/os/clock';
import { HelperProcess } from '../../src/os/windows/helperProcess';
import { startHelper } from '../../src/os/windows/startHelper';
import { startPowerShell, windowsPowerShell } from '../../src/os/windows/startPowerShell';

/** Beside the bundles of the tests, as in the package. */
export const helperModule = join(__dirname, 'windows', 'helper.js');

export const nativeSource = (module = helperModule): HelperProcess =>
  new HelperProcess((events) => startHelper(module, events), systemClock);

export const powerShellSource = (): HelperProcess =>
  new HelperProcess((events) => startPowerShell(windowsPowerShell(), events), systemClock);
