/**
 * Second stage: only what was written since the last start explains an end. A start is a reload or a successful start in the output; whether
 * the service was healthy is known to the lifecycle, which passes only the lines since then.
 */
import type { Entry } from './entry';
import { isFreshStart } from '../freshStarts';
import { readSign } from '../serverSignatures';

/** Returns the entries of each process since its last start, in the order of the output. */
export function presentEntries(entries: readonly Entry[]): readonly Entry[] {
  const starts = new Map<string, number>();
  for (const { at, source, text } of entries) if (isStart(text)) starts.set(source, at);
  const end = entries.find(({ text }) => isEndOfRunner(text))?.at ?? Infinity;
  return entries.filter(({ at, source }) => at > (starts.get(source) ?? -1) && at < end);
}

/** Everything before it is over. */
export const isStart = (text: string): boolean => readSign(text)?.kind === 'reload' || isFreshStart(text);

/** The runner ends the others because one has failed: what they write then is no cause. */
const isEndOfRunner = (text: string): boolean => /^--> Sending SIG\w+ to other processes/.test(text);
