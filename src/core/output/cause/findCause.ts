/**
 * The line that names why a service ended or does not work, as one pipeline: clean the lines (cleaning.ts), keep the phase that counts
 * (phases.ts), drop what wrappers write (wrappers.ts), read blocks of several lines (blocks/), rank (shapes.ts), write the sentence
 * (sentence.ts). Nothing is added to what the output says, except punctuation between its parts.
 */
import { blockReaders } from './blocks/index';
import { clean } from './cleaning';
import type { Block, Entry } from './entry';
import { ranks } from './entry';
import { presentEntries } from './phases';
import { sentenceOf } from './sentence';
import { isErrorLine, rankOf } from './shapes';
import { isConsequence, isWrapperLine } from './wrappers';

export interface Cause {
  readonly sentence: string;
  /** Index of the line that names it. */
  readonly at: number;
  /** Index of the first line that belongs to it: that of a traceback, or of the first of several errors. */
  readonly from: number;
}

/** Further back there is no cause of an end. */
const maxEntries = 200;

/**
 * Returns undefined when no line names a cause. With `isFailure` (an exit code other than 0) the last words of the program are good enough;
 * otherwise only an error counts.
 */
export function findCause(lines: readonly string[], isFailure: boolean): Cause | undefined {
  const entries = presentEntries(clean(lines.slice(-maxEntries))).map((entry) => ({
    ...entry,
    at: entry.at + Math.max(0, lines.length - maxEntries),
  }));
  const blocks = bySource(entries)
    .flatMap(readBlocks)
    .sort((one, other) => one.at - other.at);
  const chosen = choose(blocks, isFailure);
  if (chosen === undefined) return undefined;
  const sentence = sentenceOf(chosen.sentence);
  return sentence === '' ? undefined : { sentence, at: chosen.at, from: chosen.from ?? chosen.at };
}

function bySource(entries: readonly Entry[]): readonly (readonly Entry[])[] {
  const groups = new Map<string, Entry[]>();
  for (const entry of entries) {
    const group = groups.get(entry.source);
    if (group === undefined) groups.set(entry.source, [entry]);
    else group.push(entry);
  }
  return [...groups.values()];
}

function readBlocks(all: readonly Entry[]): readonly Block[] {
  const entries = all.filter(({ text }, index) => !isWrapperLine(text) || isReason(all, index));
  const blocks: Block[] = [];
  for (let at = 0; at < entries.length;) {
    const block = blockAt(entries, at);
    if (block !== undefined) blocks.push(block);
    at += block?.length ?? 1;
  }
  return blocks;
}

/** Gradle's reasons begin like the commands that npm repeats. */
const isReason = (entries: readonly Entry[], at: number): boolean =>
  entries.slice(Math.max(0, at - maxReasonLines), at).some(({ text }) => text === '* What went wrong:');
const maxReasonLines = 6;

function blockAt(entries: readonly Entry[], at: number): Block | undefined {
  const entry = entries[at];
  if (entry === undefined || entry.text.trim() === '') return undefined;
  for (const read of blockReaders) {
    const block = read(entries, at);
    if (block !== undefined)
      return { ...block, from: entry.at, rank: isConsequence(block.sentence) ? ranks.consequence : block.rank };
  }
  return isDetail(entries, at) ? undefined : single(entries, at, entry);
}

/** A line that is no block; an error whose line must go on takes the lines after it. */
function single(entries: readonly Entry[], at: number, entry: Entry): Block {
  const rank = rankOf(entry.text);
  if (rank !== ranks.error || !entry.text.endsWith(':')) return { length: 1, at: entry.at, sentence: entry.text, rank };
  // A class without a message has it in the next paragraph.
  const blanks = entries.slice(at + 1, at + 3).findIndex(({ text }) => text.trim() !== '');
  const from = at + 1 + (isErrorLine(entry.text) && blanks > 0 ? blanks : 0);
  const rest = entries.slice(from, from + maxOpenLines);
  const end = rest.findIndex(({ text }) => text.trim() === '' || text.startsWith('file: ') || rankOf(text) === ranks.error);
  const words = (end < 0 ? rest : rest.slice(0, end)).map(({ text }) => text.trim());
  return { length: from - at + words.length, at: entry.at, sentence: [entry.text.trim(), ...words].join(' '), rank };
}
const maxOpenLines = 2;

/** The source that a runtime quotes above an error, the stack and the fields below it. */
function isDetail(entries: readonly Entry[], at: number): boolean {
  const text = entries[at]?.text ?? '';
  if (/^\s+at |^\s+(?:code|errno|syscall|address|port|url|requireStack): |^\s*[{}\]]+,?$|^[\s~^]+$|^\s*\d+ \| /.test(text))
    return true;
  if (/^(?:file:\/\/|node:|[A-Za-z]:|\/|\.)\S*:\d+$/.test(text)) return true;
  const isUnderPlace = /^(?:file:\/\/|node:|[A-Za-z]:|\/|\.)\S*:\d+$/.test(entries[at - 1]?.text ?? '');
  return isUnderPlace || text.length > maxSourceCharacters;
}

/** Longer lines are minified source, or data. */
const maxSourceCharacters = 1000;

function choose(blocks: readonly Block[], isFailure: boolean): Block | undefined {
  const best = Math.max(...blocks.map(({ rank }) => rank));
  if (best < ranks.error && !isFailure) return undefined;
  const last = blocks.findLast(({ rank }) => rank === best);
  if (last === undefined) return undefined;
  return best === ranks.error ? firstOfCompiler(blocks, fullest(blocks, last)) : lastWords(blocks, last);
}

/** An error is often repeated with fewer words: then the full report counts. */
function fullest(blocks: readonly Block[], last: Block): Block {
  const words = last.sentence.replace(/^[\w.$]+(?: \[\w+\])?: /, '');
  if (words.length < 8) return last;
  return (
    blocks.find(
      ({ rank, sentence }) => rank === ranks.error && sentence.length > last.sentence.length && sentence.includes(words),
    ) ?? last
  );
}

function firstOfCompiler(blocks: readonly Block[], last: Block): Block {
  if (last.isCompilerError !== true) return last;
  const errors = blocks.filter(({ rank }) => rank === ranks.error);
  const from = errors.findLastIndex(({ isCompilerError, at }) => isCompilerError !== true && at < last.at);
  return errors[from + 1] ?? last;
}

/** A hint long before the end is no cause. */
const maxHintDistance = 6;

function lastWords(blocks: readonly Block[], best: Block): Block | undefined {
  const distance = blocks.length - 1 - blocks.indexOf(best);
  if (best.rank === ranks.consequence || distance <= maxHintDistance) return best;
  return blocks.findLast(({ rank }) => rank >= ranks.plain) ?? best;
}
