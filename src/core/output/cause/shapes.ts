/** What a single line looks like: the error itself, a hint at one, or anything else. */
import { ranks } from './entry';
import type { Rank } from './entry';
import { unknownCommand } from '../unknownCommand';
import { isConsequence, isHarmless } from './wrappers';

/** A class of errors, as Node, Python, Ruby and the JVM write it, or the word itself. */
const errorLine =
  /^(?:Uncaught |Unhandled [\w ]{1,30}: |\[)?(?:[\w$]+(?:\.|::))*[A-Z][\w$]*(?:Error|Exception|Rejection|Failure)\b(?: \[[\w ]+\])?(?::|$| \[)|^(?:\[?Error|error|fatal|FATAL ERROR|fatal error|panic)(?: \[\w+\]|\[\w+\])?: /;

export const isErrorLine = (text: string): boolean => text.length <= maxLineCharacters && errorLine.test(text.trimStart());

/** Messages that name the cause whatever stands before them. */
const errors: readonly RegExp[] = [
  /\b(?:EADDRINUSE|EACCES|ECONNREFUSED|ENOTFOUND|ETIMEDOUT|ENOSPC|EMFILE)\b/,
  /address already in use|[Pp]ort \d+ is (?:already )?in use(?!.*(?:trying another|using available))|port is already allocated/i,
  /: (?:command )?not found$|command not found: |is not recognized as |: No such file or directory|[Mm]issing script[: ]/,
  unknownCommand,
  /No module named |Cannot find (?:module|package) |Could not import module |Could not locate a Flask/,
  /Cannot connect to the Docker daemon|[Cc]an't open file|failed: FATAL: /,
  /\[(?:emerg|crit|alert)\] |\b(?:FATAL|CRITICAL|PANIC)\b[:\]]? /,
  /^(?:\[?\d[\d:.,TZ+ -]{5,40}\]? )?(?:\[\d+\] )?\[?(?:ERROR|FATAL|CRITICAL)\]?[: ]/,
  /(?:Transform|Build) failed with \d+ errors?:$/,
  /^[^a-z]{0,40}\b(?:ERROR|FATAL|CRITICAL)\b|^\[Nest\] .{0,40} ERROR \[|^\[!\] /,
  /^(?:\w+: )?error: |^\S+: error: /,
];

const hints =
  /\b(?:error|fail(?:s|ed|ure)?|cannot|can't|could(?: not|n't)|unable|denied|refused|missing|invalid|required|must|unknown|no such|not (?:found|readable|set|allowed|permitted|supported|installed|exist|available|possible)|unexpected|already|expired|abort(?:ed|ing)?|broken|corrupt(?:ed)?|timed? ?out|pending)\b/i;

/** What to do about an error, after the error. */
const advice =
  /^(?:Please |Try |You (?:can|may|must|should|need) |Make sure |See |Run |Check |Use |Did you |Hint: |HINT: |Note: |Tip: |If you |Is the server running |Caused by: )/;

const maxLineCharacters = 1000;

export function rankOf(text: string): Rank {
  const line = text.trim();
  if (isConsequence(line)) return ranks.consequence;
  if (advice.test(line)) return ranks.plain;
  if (isHarmless(text) || line.length > maxLineCharacters) return ranks.plain;
  // What is indented belongs to something: a part of an object, of a list or of a message.
  if (errorLine.test(line) || errors.some((pattern) => pattern.test(line))) return /^\s{2}/.test(text) ? ranks.hint : ranks.error;
  return hints.test(line) ? ranks.hint : ranks.plain;
}
