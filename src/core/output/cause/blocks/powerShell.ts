/** What PowerShell reports, in the language of Windows. */
import { findFrom, ranks, textAt } from '../entry';
import type { BlockReader } from '../entry';

/** Windows PowerShell breaks its messages at the width of the terminal, and quotes the command below. */
const maxLines = 12;

/**
 * A script that its execution policy refuses: `npm : File C:\…\npm.ps1 cannot be loaded …`, without the space in PowerShell 7. A profile that
 * is refused keeps nothing from running.
 */
export const refusedScript: BlockReader = (entries, start) => {
  const first = textAt(entries, start);
  if (!first.includes('.ps1') || !/^\S.{0,200}?: \S/.test(first)) return undefined;
  const named = findFrom(entries, start, /\babout_Execution_Policies\b/, maxLines / 2);
  if (named === undefined) return undefined;
  const quote = findFrom(entries, named, /^\+ /, 4);
  // The line above the quotation says where it stands.
  const end = quote === undefined ? named + 1 : Math.max(named + 1, quote - 1);
  const id = quote === undefined ? undefined : findFrom(entries, quote, /^\s+\+ FullyQualifiedErrorId\b/, maxLines / 2);
  const words = entries.slice(start, end).map(({ text }) => text.trim());
  const rank = /profile\.ps1\b/i.test(first) ? ranks.plain : ranks.error;
  return { length: (id ?? end - 1) - start + 1, at: entries[start]?.at ?? 0, sentence: words.join(' '), rank };
};
