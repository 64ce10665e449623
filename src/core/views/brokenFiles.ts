/** What the views show of a services.json with an error that concerns the whole file. */
import type { BrokenFile } from '../model/brokenFile';
import { t } from '../wording/l10n';

/** The message above the rows; undefined when all files can be read. */
export function configMessage(files: readonly BrokenFile[]): string | undefined {
  const [first, ...others] = files;
  if (first === undefined) return undefined;
  if (others.length > 0)
    return t('{0} files services.json have an error. Rows show their last valid configuration.', files.length);
  return first.shows === 'lastValid'
    ? t('services.json has an error in line {0}. Rows show the last valid configuration.', first.line)
    : t('services.json has an error in line {0}. Rows show what could be read.', first.line);
}

/** `line 2: A comma is missing.` */
export const whereAndWhy = ({ line, message }: BrokenFile): string => t('line {0}: {1}', line, message);

export const brokenFileLabel = 'services.json';

/** Whether the row of a service may be outdated: its file cannot be read. */
export const isKept = (folder: string, files: readonly BrokenFile[]): boolean =>
  files.some((file) => file.folder === folder && file.shows === 'lastValid');
