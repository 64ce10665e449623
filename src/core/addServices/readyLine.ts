/** Finds the line by which a service without a port says that it is ready, in what it wrote during a test run. */

/** Of workers whose line holds names that differ from run to run. Seen in the output of the tools. */
const knownLines: readonly (readonly [line: RegExp, readyLine: string])[] = [
  [/celery@\S{1,200} ready\.$/, '/celery@\\S+ ready\\.$/'],
  [/\*\*\* Listening on /, '*** Listening on '], // rq
  [/Starting processing, hit Ctrl-C to stop/, 'Starting processing, hit Ctrl-C to stop'], // Sidekiq
  [/Worker process is ready for action\./, 'Worker process is ready for action.'], // Dramatiq
];

const readyWords = /\b(?:ready|started|listening|waiting for (?:jobs|messages|tasks|events|work))\b/i;
/** What is likely to be another one in the next run: numbers, paths, names, quoted parts. */
const varying = /[0-9[\]{}()"'`=@/\\|]+/;
const maxLineCharacters = 300;
const minCharacters = 10;

/**
 * Returns a value for `readyLine`, of the first line that says so: a later one may be about its work. Undefined when there is none, or
 * only one whose words may differ from run to run.
 */
export function readyLineIn(lines: readonly string[]): string | undefined {
  const candidates = lines.filter(({ length }) => length <= maxLineCharacters);
  for (const line of candidates) {
    const known = knownLines.find(([pattern]) => pattern.test(line));
    if (known !== undefined) return known[1];
  }
  const lasting = candidates.flatMap((line) => line.split(varying)).map(trimmed);
  return lasting.find((part) => readyWords.test(part) && part.length >= minCharacters && part.includes(' '));
}

/** Without the separators of a log line. */
const trimmed = (part: string): string => part.replace(/^[\s:;,.>-]{1,20}/, '').trimEnd();
