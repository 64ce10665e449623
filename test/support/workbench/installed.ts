/** The packaged extension as VS Code's server installs it: once in a run of tests, and a copy for each session. */
import { rmSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import type { Editor } from '../editor/acquire';
import { installExtension } from '../editor/server';
import { vsixPath } from '../repository';
import { makeFolder } from '../scratch';

let original: Promise<string> | undefined;

/** Before the server starts. The server notes where an extension is also relative to the folder of all, so that a copy works. */
export async function copyInstalled(editor: Editor, dataFolder: string): Promise<void> {
  original ??= install(editor);
  await cp(join(await original, 'extensions'), join(dataFolder, 'extensions'), { recursive: true });
}

async function install(editor: Editor): Promise<string> {
  const folder = makeFolder('installed');
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  await installExtension(editor, folder, vsixPath);
  return folder;
}
