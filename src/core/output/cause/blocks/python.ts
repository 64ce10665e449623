/** Python: tracebacks, chained exceptions, exception groups, the reports of pydantic. */
import { ranks, textAt } from '../entry';
import type { Block, BlockReader, Entry } from '../entry';
import { isOpen, withInner } from './message';

const traceback = /^(?:[A-Z]+:\s+)?(?:\s{0,20}[+|] (?:Exception Group )?)?Traceback \(most recent call last\):/;
const late = /^(?:Task|Future) exception was never retrieved/;
const chained = /^(?:The above exception was the direct cause|During handling of the above exception)/;
/** Errors in the code of a program that is read: they begin with the place. */
const place = /^ {2}File "[^"]+", line \d+$/;

/** The exceptions of a group are drawn as a tree. */
const unframed = (text: string): string => text.replace(/^ {0,40}[+|] ?/, '');

export const python: BlockReader = (entries, start) => {
  if (!traceback.test(textAt(entries, start))) return undefined;
  const isGroup = textAt(entries, start).includes('Exception Group');
  let outer: Raised | undefined;
  let at = start;
  for (;;) {
    const raised = readTraceback(entries, at, isGroup);
    if (raised === undefined) break;
    outer = { ...raised, sentence: withInner(raised.sentence, outer?.isDirect === true ? outer.sentence : undefined) };
    at = raised.end;
    const next = nextOfChain(entries, at);
    if (next === undefined) break;
    outer = { ...outer, isDirect: textAt(entries, next.words).startsWith('The above exception was the direct cause') };
    at = next.traceback;
  }
  if (outer === undefined) return undefined;
  // asyncio writes at its end what was lost earlier.
  const isLate = entries.slice(Math.max(0, start - 2), start).some(({ text }) => late.test(text));
  return { length: at - start, at: outer.at, sentence: outer.sentence, rank: isLate ? ranks.hint : ranks.error };
};

interface Raised {
  readonly sentence: string;
  readonly at: number;
  /** Index of the entry after it. */
  readonly end: number;
  readonly isDirect?: boolean;
}

function readTraceback(entries: readonly Entry[], start: number, isGroup: boolean): Raised | undefined {
  let key = start + 1;
  const line = (index: number): string => (isGroup ? unframed(textAt(entries, index)) : textAt(entries, index));
  while (key < entries.length && /^\s|^$/.test(line(key))) key += 1;
  if (key >= entries.length) return undefined;
  const { sentence, end } = readMessage(entries, key, line);
  if (!isGroup) return { sentence, at: entries[key]?.at ?? 0, end };
  const first = entries.slice(end, end + 40).find(({ text }) => /^[\s|]*\| \w+(?:Error|Exception)\b/.test(text));
  return { sentence: withInner(sentence, first?.text.replace(/^[\s|]*/, '')), at: entries[key]?.at ?? 0, end };
}

const maxMessageLines = 8;

/** A message goes on in lines that are indented, or where its first line is not complete. */
function readMessage(entries: readonly Entry[], key: number, line: (index: number) => string): Pick<Raised, 'sentence' | 'end'> {
  let sentence = line(key).trim();
  let end = key + 1;
  while (end < entries.length && end - key < maxMessageLines) {
    const next = line(end);
    const continues = next.trim() !== '' && isOpen(sentence);
    const isReport = /validation errors? for \w+/.test(sentence) && /^\s+\S/.test(next);
    if (!continues && !isReport) break;
    const isField = /validation errors? for \w+$/.test(sentence) && /^[\w.]+$/.test(next.trim());
    sentence = `${sentence}${/validation errors? for \w+$/.test(sentence) ? ':' : ''} ${next.trim()}${isField ? ':' : ''}`;
    end += 1;
    if (typeOfIssue.test(sentence)) break;
  }
  return { sentence: sentence.replace(typeOfIssue, ''), end };
}

/** What pydantic writes after the first issue; its type and the value are details. */
const typeOfIssue = / (?:\(type=[\w.]+[^()]{0,200}\)|\[type=.{1,300}\])$/;

/** Returns where the traceback of the next exception of a chain begins. */
function nextOfChain(
  entries: readonly Entry[],
  from: number,
): { readonly words: number; readonly traceback: number } | undefined {
  const words = entries.slice(from, from + 6).findIndex(({ text }) => chained.test(text));
  if (words < 0) return undefined;
  const after = from + words + 1;
  const next = entries.slice(after, after + 3).findIndex(({ text }) => traceback.test(text));
  return next < 0 ? undefined : { words: from + words, traceback: after + next };
}

/** A file that cannot be parsed has no traceback if it is the program itself. */
export const pythonSyntax: BlockReader = (entries, start): Block | undefined => {
  if (!place.test(textAt(entries, start))) return undefined;
  const key = entries.slice(start, start + 5).findIndex(({ text }) => /^(?:SyntaxError|IndentationError|TabError): /.test(text));
  const found = entries[start + key];
  if (key < 0 || found === undefined) return undefined;
  return { length: key + 1, at: found.at, sentence: found.text.trim(), rank: ranks.error };
};
