/**
 * A browser that a service opened (`vite --open`) belongs to the user: it inherits the service's environment, terminal and
 * parentage, and must outlive it all the same. One that a program drives (headless, remote debugging) belongs to that program.
 */
import type { ProcessRow } from '../../core/model/process';
import type { SystemProcessTable } from '../processTable/index';

const browserNames =
  /(?:^|[\\/[(])(?:google-)?(?:chrome|chromium|firefox|firefox-bin|firefox-esr|GeckoMain|msedge|microsoft-edge|brave|brave-browser|opera|vivaldi|vivaldi-bin|safari|arc|Google Chrome|Microsoft Edge|Brave Browser)(?:\.exe)?(?:$|[\s\])"])/i;

const driven = /--headless|-headless\b|--remote-debugging-(?:port|pipe)|--enable-automation|--marionette|--type=|-contentproc/;

/** Pids of browsers that the user works in. `markers` narrows the search to what a run has started, where they can be read. */
export async function userBrowsers(
  rows: readonly ProcessRow[],
  markers: ReadonlyMap<number, string>,
  table: Pick<SystemProcessTable, 'describe'>,
): Promise<ReadonlySet<number>> {
  const candidates = rows.filter(({ pid, command }) => browserNames.test(command) && (markers.size === 0 || markers.has(pid)));
  if (candidates.length === 0) return new Set();
  const described = await table.describe(candidates);
  return new Set(described.filter(({ command }) => !driven.test(command)).map(({ pid }) => pid));
}
