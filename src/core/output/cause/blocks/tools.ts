/** Messages of several lines from tools around the program: npm, Gradle, Rails, PostgreSQL, loggers that write JSON. */
import { findFrom, ranks, textAt } from '../entry';
import type { BlockReader } from '../entry';
import { isWrapperLine } from '../wrappers';
import { joined } from './message';

const npmLine = /^npm (?:ERR!|error):? ?/;

/** npm's own errors begin each line with its name. */
export const npm: BlockReader = (entries, start) => {
  const text = textAt(entries, start);
  if (!npmLine.test(text) || isWrapperLine(text)) return undefined;
  // An empty line of npm, or one of its usual lines, ends its message.
  let end = start + 1;
  while (entries[end]?.at === (entries[start]?.at ?? 0) + end - start && npmLine.test(textAt(entries, end))) end += 1;
  const lines = entries.slice(start, end).map((entry) => ({ ...entry, text: entry.text.replace(npmLine, '') }));
  const sentence = joined(lines, 0, lines.length).replace(/^(?:[a-z]+|[A-Z]\w+|JSON\.parse) (?=[A-Z])/, '');
  return { length: end - start, at: entries[start]?.at ?? 0, sentence, rank: ranks.error };
};

/** What went wrong, in a paragraph of its own. */
export const gradle: BlockReader = (entries, start) => {
  if (textAt(entries, start) !== '* What went wrong:') return undefined;
  const end = findFrom(entries, start + 1, /^\* (?:Try|Get more help|Exception is)/, 30) ?? start + 4;
  const lines = entries.slice(start + 1, end).filter(({ text }) => text.trim() !== '');
  const own = lines.filter(({ text }) => !text.startsWith('Execution failed for task '));
  const told = own.find(({ text }) => /^\s*> /.test(text)) ?? own[0] ?? lines[0];
  if (told === undefined) return undefined;
  const sentence = told.text.replace(/^\s*> /, '').trim();
  const rank = /^(?:Compilation failed; see|Process 'command)/.test(sentence) ? ranks.consequence : ranks.error;
  return { length: end - start, at: told.at, sentence, rank };
};

/** Loggers of JSON lines (pino, bunyan, winston, structlog, zap): the message of an error. */
export const json: BlockReader = (entries, start) => {
  const text = textAt(entries, start);
  if (!text.startsWith('{"')) return undefined;
  const isError =
    /"level": ?(?:[56]0|"(?:error|fatal|critical|panic)")|"(?:severity|levelname)": ?"(?:ERROR|CRITICAL|FATAL)"/i.test(text);
  const message = stringOf(text, 'message') ?? stringOf(text, 'msg') ?? stringOf(text, 'event');
  if (message === undefined) return undefined;
  return { length: 1, at: entries[start]?.at ?? 0, sentence: message, rank: isError ? ranks.error : ranks.plain };
};

/** The line may be cut, so that it is no JSON any more. */
function stringOf(text: string, name: string): string | undefined {
  const at = text.search(new RegExp(`"${name}": ?"`));
  const found = at < 0 ? undefined : /^"\w+": ?("(?:[^"\\]|\\.)*")/.exec(text.slice(at))?.[1];
  if (found === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(found);
    return typeof value === 'string' && value !== '' ? value : undefined;
  } catch {
    return undefined;
  }
}
