/** Go, Rust, Java, .NET, Ruby and PHP: panics and exceptions with their traces. */
import { findFrom, ranks, textAt } from '../entry';
import type { Block, BlockReader, Entry } from '../entry';

/** `key` is the index of the entry that names the error. */
const block = (entries: readonly Entry[], key: number, length: number, sentence: string): Block => ({
  length,
  at: entries[key]?.at ?? 0,
  sentence,
  rank: ranks.error,
});

/** In lines. */
const maxTraceLines = 200;

/** The trace of all goroutines follows to the end. */
export const goPanic: BlockReader = (entries, start) => {
  const found = /^(?:panic: |fatal error: )/.exec(textAt(entries, start));
  if (found === null) return undefined;
  const trace = findFrom(entries, start + 1, /^goroutine \d+ /, 12);
  if (trace === undefined) return undefined;
  let end = trace;
  while (end < entries.length && /^(?:goroutine |\s|created by |$)|\)$/.test(textAt(entries, end))) end += 1;
  return block(entries, start, end - start, textAt(entries, start).trim());
};

/** Rust 1.73 and later write the message on a line of its own. */
export const rustPanic: BlockReader = (entries, start) => {
  const found = /^thread '[^']*'(?: \(\d+\))? panicked at (?:'(?<message>.{1,400})', )?(?<place>[^\s']+:\d+:\d+):?$/.exec(
    textAt(entries, start),
  )?.groups;
  if (found === undefined) return undefined;
  const message = found['message'] ?? textAt(entries, start + 1).trim();
  const length = found['message'] === undefined ? 2 : 1;
  return block(entries, start + length - 1, length, `${message} (${found['place'] ?? ''})`);
};

const javaFrame = /^\s+at [\w.$<>/@]+\(/;

/** The innermost `Caused by` names the cause. */
export const java: BlockReader = (entries, start) => {
  const first = textAt(entries, start);
  if (!/^(?:Exception in thread |(?:[\w.-]+ )?(?:[a-z]\w*\.)+[A-Z]\w*(?:Exception|Error)\b|Caused by: )/.test(first))
    return undefined;
  const trace = findFrom(entries, start + 1, javaFrame, 8);
  if (trace === undefined) return undefined;
  let end = trace;
  while (
    end < entries.length &&
    end - start < maxTraceLines &&
    /^\s+(?:at |\.\.\. \d+ |Suppressed:)|^Caused by: /.test(textAt(entries, end))
  )
    end += 1;
  const inner = entries.slice(start, end).findLastIndex(({ text }) => text.startsWith('Caused by: '));
  const key = inner < 0 ? start : start + inner;
  const sentence = textAt(entries, key).replace(/^(?:Caused by: |Exception in thread "[^"]*" )/, '');
  return block(entries, key, end - start, sentence.trim());
};

/** What Spring Boot writes for failures that it knows: a description and an action. */
export const spring: BlockReader = (entries, start) => {
  if (textAt(entries, start) !== 'APPLICATION FAILED TO START') return undefined;
  const words = findFrom(entries, start + 1, /^Description:$/, 6);
  const key = words === undefined ? undefined : findFrom(entries, words + 1, /\S/, 4);
  if (key === undefined) return undefined;
  return block(entries, key, key + 1 - start, textAt(entries, key).trim());
};

export const dotnet: BlockReader = (entries, start) => {
  if (!textAt(entries, start).startsWith('Unhandled exception. ')) return undefined;
  let end = start + 1;
  while (end < entries.length && /^\s+(?:at |---)/.test(textAt(entries, end))) end += 1;
  const inner = entries.slice(start, end).findLastIndex(({ text }) => /^\s+---> /.test(text));
  const key = inner < 0 ? start : start + inner;
  return block(
    entries,
    key,
    end - start,
    textAt(entries, key)
      .replace(/^(?:Unhandled exception\. |\s+---> )/, '')
      .trim(),
  );
};

/** `file:line:in 'method': message (Class)`, then the callers. */
export const ruby: BlockReader = (entries, start) => {
  const found = /^(?<place>\S{1,300}:\d+):in [`'][^'`]{1,200}': (?<message>.*)$/.exec(textAt(entries, start))?.groups;
  if (found === undefined) return undefined;
  let end = start + 1;
  while (end < entries.length && /^\s+(?:from |\d+: from )|^$/.test(textAt(entries, end))) end += 1;
  return block(entries, start, end - start, found['message'] ?? '');
};

export const php: BlockReader = (entries, start) => {
  const found = /^(?:PHP )?(?:Fatal|Parse) error: +(?:Uncaught )?(?<message>.*?)(?: in (?<place>\S+:\d+|\S+ on line \d+))?$/.exec(
    textAt(entries, start).slice(0, 1000),
  )?.groups;
  if (found === undefined) return undefined;
  let end = start + 1;
  while (end < entries.length && /^(?:Stack trace:|#\d+ |\s+thrown in |$)/.test(textAt(entries, end))) end += 1;
  return block(entries, start, end - start, found['message'] ?? '');
};
