/** Completes whole services where the name of a new service is expected. */
import type { Cursor } from '../config/find';
import { serviceSnippets } from '../config/snippets';
import type { SnippetBody } from '../config/snippets';
import type { Completion } from './completion';
import { commaAfter } from './completion';

/** `taken` are the names of the existing services. */
export function newServiceCompletions(cursor: Cursor, taken: ReadonlySet<string>): readonly Completion[] {
  return serviceSnippets.map(({ label, name, description, body }): Completion => {
    const free = freeName(name, taken);
    return {
      label,
      detail: description,
      kind: 'snippet',
      range: cursor.range,
      form: 'snippet',
      insert: `"\${1:${free}}": ${shifted(print(body, '\t'))}${commaAfter(cursor)}`,
      filter: cursor.isQuoted ? `"${name} ${label}"` : `${name} ${label}`,
    };
  });
}

function freeName(name: string, taken: ReadonlySet<string>): string {
  if (!taken.has(name)) return name;
  let number = 2;
  while (taken.has(`${name}${number}`)) number++;
  return `${name}${number}`;
}

/** Makes room for the name, which is the first tab stop. */
const shifted = (snippet: string): string => snippet.replace(/(?<!\\)\$\{(\d+)/g, (_, stop: string) => `\${${Number(stop) + 1}`);

/** The editor replaces tabs by its own indentation. */
function print(body: SnippetBody, indent: string): string {
  if (typeof body === 'string') return body.startsWith('^') ? body.slice(1) : JSON.stringify(body);
  if (typeof body === 'number') return String(body);
  if (isList(body)) return `[${body.map((item) => print(item, indent)).join(', ')}]`;
  const lines = Object.entries(body).map(([key, value]) => `${indent}${JSON.stringify(key)}: ${print(value, `${indent}\t`)}`);
  return `{\n${lines.join(',\n')}\n${indent.slice(1)}}`;
}

const isList = (body: SnippetBody): body is readonly SnippetBody[] => Array.isArray(body);
