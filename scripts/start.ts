/**
 * `npm start`: opens a real VS Code with the extension and a copy of the sample workspace, and its services start. With `--no-open` it
 * only prints the address.
 */
import { join } from 'node:path';
import { copySample } from '../test/support/sample';
import { makeScratch, removeScratch } from '../test/support/scratch';
import { inBrowser } from './firstRun/inBrowser';
import { interruption } from './firstRun/interrupt';
import { findDesktop, onDesktop } from './firstRun/onDesktop';
import { preparing } from './firstRun/words';

export async function main(args: readonly string[]): Promise<number> {
  const interrupt = interruption();
  const show = args.includes('--no-open') ? 'print' : 'open';
  const desktop = show === 'open' ? findDesktop() : undefined;
  console.log(preparing);
  const scratch = await makeScratch('sample');
  try {
    const place = { scratch, workspace: await copySample(join(scratch, 'sample'), 'frontend'), interrupt };
    await (desktop === undefined ? inBrowser(place, show) : onDesktop(desktop, place));
    return 0;
  } finally {
    await removeScratch(scratch);
  }
}
