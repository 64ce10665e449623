/** The first run in VS Code's server and a browser. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { acquireEditor } from '../../test/support/editor/acquire';
import { installExtension, startServer, writeUserSettings } from '../../test/support/editor/server';
import { aborted } from './interrupt';
import { openBrowser } from './openBrowser';
import { packageBoth } from './packages';
import type { Place } from './place';
import { settings } from './settings';
import { ready } from './words';

/** Nearly always free, so that the address stays the same from run to run; without it any free port serves. */
const preferredPort = 4710;

export async function inBrowser({ scratch, workspace, interrupt }: Place, show: 'open' | 'print'): Promise<void> {
  const dataFolder = join(scratch, 'data');
  const [editor, packages] = await Promise.all([acquireEditor(console.log), packageBoth(scratch)]);
  await writeUserSettings(dataFolder, settings);
  await installExtension(editor, dataFolder, ...packages);
  if (interrupt.aborted) return;
  const args = ['--disable-workspace-trust'];
  const server = await startServer(editor, { dataFolder, args, port: preferredPort, group: 'own' });
  try {
    const url = `${server.url}/?folder=${folderInQuery(workspace)}`;
    console.log(ready(url));
    if (show === 'open') openBrowser(url);
    await Promise.race([server.ended, aborted(interrupt)]);
  } finally {
    await server.stop();
  }
}

/** With slashes as they are, so that the address can be read; `+` means a space in a query. */
const folderInQuery = (folder: string): string => pathToFileURL(folder).pathname.replaceAll('+', '%2B').replaceAll('&', '%26');
