/** Last stage: a line as a sentence, without the marks of loggers and tools before it. */

const marks: readonly RegExp[] = [
  /^[✘✖✗×⨯❌❗‼⚠▲➤•●]\ufe0f?\s{0,4}/u,
  /^\[?\d{4}-\d\d-\d\d[T ][\d:.,]{5,15}(?: ?(?:Z|UTC|[+-]\d\d:?\d\d))?\]? ?/,
  /^\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d(?:\.\d{1,6})? /,
  /^\[\w{3} \w{3} +\d+ \d\d:\d\d:\d\d \d{4}\] /,
  /^\d+:\w \d\d \w{3} \d{4} \d\d:\d\d:\d\d\.\d+ [#*.-] (?:Warning: )?/,
  /^\[(?:emerg|crit|alert|error)\] \d+#\d+: (?:\*\d+ )?/,
  /^\[?\d{1,2}:\d\d:\d\d(?:[.,]\d{1,6})?(?: ?[AP]M)?\]? /,
  /^\[\d+\] /,
  /^(?!FATAL ERROR)\[?(?:ERROR|FATAL|CRITICAL|FAILED|error|fatal)\]?:?\s+(?=\S)/,
  /^ERR_[A-Z_]+\s{1,4}/,
  /^\[Error: > (?=.*\]$)/,
  /^error: /,
  /^\[cause\]: /,
  /^\[!\] /,
  /^\[Nest\] \d+ +- .{0,40}? +ERROR (?:\[\w+\] )?/,
  /^(?:LOG|FATAL|ERROR|PANIC): (?=\S)/,
  /^Error: > /,
];

/** In characters; where it is shown it is cut further. */
const maxSentenceCharacters = 600;

export function sentenceOf(text: string): string {
  let sentence = text.trim().replace(/\s{2,}/g, ' ');
  const isBracketed = sentence.startsWith('[Error: > ');
  for (const mark of marks) sentence = sentence.replace(mark, '');
  if (isBracketed) sentence = sentence.replace(/\]$/, '');
  return sentence
    .replace(/ -> \[Help \d+\]$/, '')
    .trim()
    .slice(0, maxSentenceCharacters);
}
