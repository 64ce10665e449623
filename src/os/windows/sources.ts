/** Asks the system's own calls, and PowerShell where those cannot be used. */
import { join } from 'node:path';
import { systemClock } from '../clock';
import { HelperProcess } from './helperProcess';
import type { NativeSource, WindowsSource } from './ports';
import { startHelper } from './startHelper';
import { startPowerShell, windowsPowerShell } from './startPowerShell';

/**
 * Only what can never be asked natively goes to PowerShell. A helper that crashes meanwhile gives "unavailable": asked again it may answer,
 * and nothing is concluded from it.
 */
export function withFallback(native: NativeSource, powerShell: WindowsSource): NativeSource {
  return {
    isUsable: () => native.isUsable(),
    async ask(question) {
      if (!native.isUsable()) return powerShell.ask(question);
      const reading = await native.ask(question);
      return reading.kind === 'unavailable' && !native.isUsable() ? powerShell.ask(question) : reading;
    },
    awaitExit: (process, ended) => native.awaitExit(process, ended),
  };
}

let shared: NativeSource | undefined;

/** One helper for the whole extension host; it starts with the first question. */
export function windowsSource(): NativeSource {
  return (shared ??= withFallback(
    // Beside the bundle that this is part of.
    new HelperProcess((events) => startHelper(join(__dirname, 'windows', 'helper.js'), events), systemClock),
    new HelperProcess((events) => startPowerShell(windowsPowerShell(), events), systemClock),
  ));
}
