/** Files by absolute path, for looking only. */
import { open, readdir, realpath, stat } from 'node:fs/promises';
import type { Files } from '../app/diagnosis/parts';
import { t } from '../core/wording/l10n';
import { known, unavailable } from '../core/model/process';
import { errorCode } from './system/errorCode';

export function createFiles(): Files {
  return {
    async readText(path, limit) {
      try {
        // A pipe or a device would never end.
        const found = await stat(path);
        return found.isFile() && found.size <= limit ? await textOf(path, limit) : undefined;
      } catch {
        return undefined;
      }
    },
    async changedAt(path) {
      try {
        return (await stat(path)).mtimeMs;
      } catch {
        return undefined;
      }
    },
    async isExecutable(path) {
      if (process.platform === 'win32') return undefined;
      try {
        return ((await stat(path)).mode & 0o111) !== 0;
      } catch {
        return undefined;
      }
    },
    realPath: (path) => realpath(path).catch(() => path),
    async list(folder) {
      try {
        return known(await readdir(folder));
      } catch (error) {
        return unavailable(t('The folder {0} cannot be read ({1}).', folder, errorCode(error)));
      }
    },
  };
}

/** It may have grown since it was measured. */
async function textOf(path: string, limit: number): Promise<string> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(limit), 0, limit, 0);
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await file.close();
  }
}

/** True only when there surely is no such folder; false also while it cannot be looked at. */
export const isFolderGone = (folder: string): Promise<boolean> =>
  stat(folder).then(
    () => false,
    (error: unknown) => errorCode(error) === 'ENOENT',
  );
