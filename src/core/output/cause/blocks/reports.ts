/** Reports of validators that are printed as an object: zod, envalid, valibot, and what programs make of them. */
import { ranks, textAt } from '../entry';
import type { BlockReader, Entry } from '../entry';

/** In lines. */
const maxReportLines = 80;
const maxIssues = 3;

/** Words of an error, then the beginning of an object or a list. */
const head = /^.{0,200}(?:[Ee]rror|[Ii]nvalid|[Mm]issing|[Ff]ailed|environment).{0,100}?:? ?[[{]$/;

export const report: BlockReader = (entries, start) => {
  const first = textAt(entries, start);
  if (first.length > 300 || !head.test(first)) return undefined;
  const end = entries.slice(start + 1, start + maxReportLines).findIndex(({ text }) => /^[\]}]/.test(text));
  if (end < 0) return undefined;
  const inside = entries.slice(start + 1, start + 1 + end);
  const issues = [...pathIssues(inside), ...fieldIssues(inside)];
  if (issues.length === 0) return undefined;
  const words = first.replace(/:? ?[[{]$/, '');
  const sentence = `${words}: ${[...new Set(issues)].slice(0, maxIssues).join('; ')}`;
  return { length: end + 2, at: entries[start]?.at ?? 0, sentence, rank: ranks.error };
};

const inQuotes = /^["'](.*)["']$/;
const unquoted = (text: string): string => inQuotes.exec(text)?.[1] ?? text;

/** `path: [ 'PORT' ]` with `message: '…'`, on one line or several, in JSON or as Node prints objects. */
function pathIssues(inside: readonly Entry[]): readonly string[] {
  const issues: string[] = [];
  let path: string | undefined;
  let message: string | undefined;
  inside.forEach(({ text }, index) => {
    const line = text.trim();
    const begun = /^["']?path["']?: \[(.*)$/.exec(line);
    if (begun !== null) path = pathOf(begun[1] ?? '', inside, index);
    message = fieldOf(line, 'message') ?? message;
    if (path === undefined || message === undefined) return;
    issues.push(path === '' ? message : `${path}: ${message}`);
    path = undefined;
    message = undefined;
  });
  return issues;
}

const fieldOf = (line: string, name: string): string | undefined => {
  const found = /^["']?(\w+)["']?: (["'].*["']),?$/.exec(line);
  return found?.[1] === name ? unquoted((found[2] ?? '').replace(/,$/, '')) : undefined;
};

function pathOf(rest: string, inside: readonly Entry[], index: number): string {
  const closed = rest.indexOf(']');
  const parts =
    closed >= 0
      ? rest.slice(0, closed).split(',')
      : inside
          .slice(index + 1, index + 8)
          .map(({ text }) => text.trim())
          .slice(
            0,
            Math.max(
              0,
              inside.slice(index + 1, index + 8).findIndex(({ text }) => text.trim().startsWith(']')),
            ),
          );
  return parts
    .map((part) => unquoted(part.trim().replace(/,$/, '')))
    .filter((part) => part !== '')
    .join('.');
}

/** `STRIPE_KEY: [ 'Required' ]`. */
const fieldIssues = (inside: readonly Entry[]): readonly string[] =>
  inside.flatMap(({ text }) => {
    const found = /^\s{2,4}["']?([A-Za-z_]\w{0,60})["']?: \[ ?["'](.{1,200})["'] ?\],?$/.exec(text);
    return found === null || found[1] === 'path' ? [] : [`${found[1] ?? ''}: ${found[2] ?? ''}`];
  });

/** envalid and scripts: `Missing environment variables:`, then a line for each. */
export const variables: BlockReader = (entries, start) => {
  const first = textAt(entries, start).trim();
  if (!/^.{0,80}\b[Ee]nvironment variables?.{0,40}:$/.test(first)) return undefined;
  const names = entries
    .slice(start + 1, start + maxReportLines)
    .map(({ text }) => /^\s{1,12}(?:[-*•] )?([A-Z][A-Z0-9_]{1,80}\b.{0,200})$/.exec(text)?.[1]);
  const end = names.indexOf(undefined);
  const issues = (end < 0 ? names : names.slice(0, end)).map((issue) => issue ?? '');
  if (issues.length === 0) return undefined;
  const sentence = `${first} ${issues.slice(0, maxIssues).join('; ')}`;
  return { length: issues.length + 1, at: entries[start]?.at ?? 0, sentence, rank: ranks.error };
};
