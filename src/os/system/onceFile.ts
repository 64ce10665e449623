/** Files that several processes want to create, and exactly one does. With a link, a file has all its contents as soon as it exists. */
import { linkSync, readFileSync, writeFileSync } from 'node:fs';
import { errorCode } from './errorCode';

/** Only the user may read tokens. */
export const modes = { folder: 0o700, file: 0o600 };

/** Gives `file` the contents of `from`, which are `text`. A link needs no room on a full disk. False when there is such a file. */
export function linked(from: string, file: string, text: string): boolean {
  try {
    linkSync(from, file);
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    return createPlainly(file, text);
  }
}

/** Where there are no hard links: whole in one write. */
function createPlainly(file: string, text: string): boolean {
  try {
    writeFileSync(file, text, { flag: 'wx', mode: modes.file });
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw error;
  }
}

/** Undefined when there is no such file. Throws what else prevents reading. */
export function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}
