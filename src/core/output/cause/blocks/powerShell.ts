/** What PowerShell reports, in the language of Windows. */
import { findFrom, ranks, textAt } from '../entry';
import type { BlockReader } from '../entry';

/** Windows PowerShell breaks its messages at the width of the terminal. */
const maxLines = 6;

/**
 * A script that its execution policy refuses: `npm : File C:\…\npm.ps1 cannot be loaded …`, without the space in PowerShell 7. A profile that
 * is refused keeps nothing from running.
 */
export const refusedScript: BlockReader = (entries, start) => {
  const first = textAt(entries, start);
  if (!/^\S.{0,200}?: .*\.ps1/.test(first)) return undefined;
  const named = findFrom(entries, start, /\babout_Execution_Policies\b/, maxLines);
  if (named === undefined) return undefined;
  const length = named - start + 1;
  const words = entries.slice(start, start + length).map(({ text }) => text.trim());
  const rank = first.includes('profile.ps1') ? ranks.plain : ranks.error;
  return { length, at: entries[start]?.at ?? 0, sentence: words.join(' '), rank };
};
