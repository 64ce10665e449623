/** Asks the system's own calls, and PowerShell where those cannot be used. */
import { join } from 'node:path';
import { unavailable } from '../../core/model/process';
import { systemClock } from '../clock';
import { HelperProcess } from './helperProcess';
import type { NativeSource, WindowsSource } from './ports';
import { startHelper } from './startHelper';

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

/** Loads a source with its first question. */
export function whenAsked(load: () => Promise<WindowsSource>): WindowsSource {
  let loading: Promise<WindowsSource> | undefined;
  return {
    async ask(question) {
      try {
        return await (await (loading ??= load())).ask(question);
      } catch (error) {
        return unavailable(error instanceof Error ? error.message : String(error));
      }
    },
  };
}

let shared: NativeSource | undefined;

/** One helper for the whole extension host; it starts with the first question. */
export function windowsSource(): NativeSource {
  return (shared ??= withFallback(
    // Beside the bundle that this is part of.
    new HelperProcess((events) => startHelper(join(__dirname, 'windows', 'helper.js'), events), systemClock),
    whenAsked(() => import('./powerShellSource').then((module) => module.powerShellSource())),
  ));
}
