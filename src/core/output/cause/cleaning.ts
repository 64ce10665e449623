/** First stage: removes what is drawn and not written (spinners, frames), and the prefixes with which runners name their processes. */
import type { Entry } from './entry';

/** Spinners are braille patterns in nearly all tools. */
const spinners = /[\u2800-\u28ff]/g;
/** A frame at the left (U+2500 to U+257F), as pnpm, Prisma and clack draw it. */
const frame = /^\s{0,20}[\u2500-\u257f]{1,200} ?/;
/** Not of a program: VS Code writes it under a task that ended. */
const editorLine = /^ ?\s?\*\s{1,4}(?:The terminal process|Terminal will|Executing task)/;

/** Groups `source` and `text`. A prefix counts only if several lines have it. */
const prefixes: readonly RegExp[] = [
  /^\[(?<source>[^[\]:\s](?:[^[\]:]|:(?=\S)){0,60})\]:? ?(?<text>.*)$/, // concurrently, npm-run-all, yarn workspaces, lerna
  /^(?<source>(?:@?[\w.-]{1,60}\/)?[\w.-]{1,60}:[a-zA-Z][\w-]{0,60}): ?(?<text>.*)$/, // turbo
  /^\d{1,2}:\d\d:\d\d (?:[AP]M )?(?<source>[\w.-]{1,60}) {1,30}\| {0,2}(?<text>.*)$/, // foreman, honcho, node-foreman
  /^(?![\d.]+ )(?<source>[\w.-]{1,60}) {1,30}\| ?(?<text>.*)$/, // Compose, overmind
  /^(?=[\w@-]{0,120}[./])(?<source>[\w./@-]{1,120} [\w:-]{1,60}): (?<text>.*)$/, // pnpm --recursive
];

/** In brackets, and no name of a process. */
const noSource =
  /^(?:error|err|warn|warning|info|debug|trace|fatal|critical|notice|emerg|alert|log|okay|done|\d[\d:.\s-]{3,}.*|\d{1,2}:\d\d.*|nest|vite|nodemon|tsx|hpm|webpack.*|wds|ts-node|dotenv.*)$/i;

/** A file with a place in it, such as `main.ts:3:1`, or a name of Ruby or C++. */
const isPlace = (source: string): boolean => /::|:\d/.test(source);

/** Returns the lines that have text, without prefixes. */
export function clean(lines: readonly string[]): readonly Entry[] {
  const drawn = lines.map((line, at) => ({ at, text: undecorated(line) }));
  const seen = new Map<string, number>();
  const split = drawn.map(({ at, text }) => {
    const found = editorLine.test(text) ? undefined : prefixOf(text);
    if (found !== undefined) seen.set(found.source, (seen.get(found.source) ?? 0) + 1);
    return { at, text, found };
  });
  return split.flatMap(({ at, text, found }) => {
    if (editorLine.test(text)) return [];
    if (found === undefined || (seen.get(found.source) ?? 0) < 2) return [{ at, source: '', text }];
    return [{ at, source: found.source, text: undecorated(found.text) }];
  });
}

/** Returns what one process under a runner wrote, without the prefix. */
export const sourceLines = (lines: readonly string[], source: string): readonly string[] =>
  lines.flatMap((line) => {
    const found = prefixOf(undecorated(line));
    return found?.source === source ? [found.text] : [];
  });

const undecorated = (line: string): string => line.replace(spinners, '').replace(frame, '').trimEnd();

/** Returns the process that a runner names before the text; undefined when the line has no such prefix. */
export function prefixOf(line: string): { readonly source: string; readonly text: string } | undefined {
  for (const prefix of prefixes) {
    const groups = prefix.exec(line.slice(0, maxLineCharacters))?.groups;
    const source = groups?.['source']?.trim();
    if (source === undefined || noSource.test(source) || isPlace(source)) continue;
    return { source, text: groups?.['text'] ?? '' };
  }
  return undefined;
}

const maxLineCharacters = 2000;
