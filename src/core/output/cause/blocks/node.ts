/** Node, Bun and Deno: an error with its stack, its cause and its fields. */
import { findFrom, ranks, textAt } from '../entry';
import type { BlockReader, Entry } from '../entry';
import { joined, withInner } from './message';
import { isErrorLine } from '../shapes';

/** In lines; messages of several lines come from compilers. */
const maxMessageLines = 14;
const frame = /^\s+at \S/;
/** The stack, the fields of the error object and its end. */
const detail = /^\s+\S|^[}\])]+,?$|^Caused by: /;
const reason = /The promise rejected with the reason "[^"]{1,400}"\./;

export const node: BlockReader = (entries, start) => {
  if (!isErrorLine(textAt(entries, start))) return undefined;
  const stack = findFrom(entries, start + 1, frame, maxMessageLines);
  if (stack === undefined || isOtherError(entries, start + 1, stack)) return undefined;
  let end = stack;
  while (end < entries.length && detail.test(textAt(entries, end))) end += 1;
  const message = joined(entries, start, stack);
  const sentence = withInner(reason.exec(message)?.[0] ?? message, causeIn(entries, stack, end));
  return { length: end - start, at: entries[start]?.at ?? 0, sentence, rank: ranks.error };
};

/** Another error begins before the stack, which is that of the other one. A compiler's message lists errors. */
const isOtherError = (entries: readonly Entry[], from: number, to: number): boolean =>
  entries.slice(from, to).some(({ text }) => /^(?:Uncaught )?[A-Z]\w*Error(?: \[\w+\])?: /.test(text));

/** The innermost cause; of several errors the first. */
function causeIn(entries: readonly Entry[], from: number, to: number): string | undefined {
  const inner = entries.slice(from, to).map(({ text }) => text);
  const cause = inner.findLast((text) => /^\s+\[cause\]: /.test(text))?.replace(/^\s+\[cause\]: /, '');
  if (cause !== undefined) return cause.replace(/ ?[{[]$/, '').trim();
  const list = inner.findIndex((text) => /^\s+\[errors\]: \[/.test(text));
  return list < 0
    ? undefined
    : inner
        .slice(list + 1)
        .find((text) => /^\s+\w*Error\b/.test(text))
        ?.trim();
}
