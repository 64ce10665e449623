/** Writes accepted proposals into the text of services.json, and keeps everything else. */
import { withoutTrailing } from '../core/model/withoutTrailing';
import { applyEdits, createScanner } from 'jsonc-parser';
import type { Edit } from 'jsonc-parser';
import { readSyntax } from '../core/config/syntax';
import { propertiesOf } from '../core/config/tree';
import { t } from '../core/wording/l10n';
import type { ProposedService, WrittenServices } from '../core/addServices/proposal';
import { printEntry } from './print';
import type { Layout } from './print';

/** `text` is the content of the file; undefined when there is none. */
export function writeServices(text: string | undefined, accepted: readonly ProposedService[]): WrittenServices {
  if (text === undefined || text.replace(/^\uFEFF/, '').trim() === '')
    return { ok: true, text: newFile(pruned(accepted, [])), kept: [] };
  const { root, errors } = readSyntax(text);
  const [first] = errors;
  if (first !== undefined) return unreadable(lineAt(text, first.problem.range.offset));
  if (root?.type !== 'object') return refused(notAnObject());
  const services = propertiesOf(root).find(({ key }) => key === 'services')?.value;
  const layout = layoutOf(text);
  if (services === undefined) {
    const body = `"services": {${printAll(pruned(accepted, []), { ...layout, depth: 2 })}${layout.eol}${layout.indent}}`;
    return {
      ok: true,
      text: insertLast(text, root, { content: `${layout.eol}${layout.indent}${body}`, closing: layout.eol }),
      kept: [],
    };
  }
  if (services.type !== 'object') return refused(servicesNoObject());
  const present = new Set(propertiesOf(services).map(({ key }) => key));
  const added = accepted.filter(({ id }) => !present.has(id));
  const kept = accepted.map(({ id }) => id).filter((id) => present.has(id));
  if (added.length === 0) return { ok: true, text, kept };
  const content = printAll(pruned(added, [...present]), { ...layout, depth: 2 });
  return { ok: true, text: insertLast(text, services, { content, closing: `${layout.eol}${layout.indent}` }), kept };
}

/** Removes dependencies on services that do not exist in the result: they would be errors. */
function pruned(services: readonly ProposedService[], present: readonly string[]): readonly ProposedService[] {
  const known = new Set([...present, ...services.map(({ id }) => id)]);
  return services.map((service) => {
    const { dependsOn, ...config } = service.config;
    if (dependsOn === undefined) return service;
    const left = Array.isArray(dependsOn)
      ? dependsOn.filter((name) => known.has(name))
      : Object.fromEntries(Object.entries(dependsOn).filter(([name]) => known.has(name)));
    return { ...service, config: Object.keys(left).length === 0 ? config : { ...service.config, dependsOn: left } };
  });
}

const refused = (why: string): WrittenServices => ({ ok: false, why });

const unreadable = (line: number): WrittenServices =>
  refused(
    t(
      'The services were not added because line {0} of .vscode/services.json is not valid JSON: correct it, then add them again.',
      line,
    ),
  );

const notAnObject = (): string =>
  t('The services were not added because .vscode/services.json does not contain an object: correct it, then add them again.');

const servicesNoObject = (): string =>
  t('The services were not added because "services" in .vscode/services.json is not an object: correct it, then add them again.');

const newFile = (accepted: readonly ProposedService[]): string => {
  const layout: Layout = { indent: '  ', eol: '\n', depth: 2 };
  return [
    '{',
    '  // The local servers of this folder. The comment above each says where it was found.',
    '  // Each runs in its own terminal. Completion (Ctrl+Space) and hover explain every key.',
    `  "services": {${printAll(accepted, layout)}`,
    '  }',
    '}',
    '',
  ].join('\n');
};

const printAll = (services: readonly ProposedService[], layout: Layout): string =>
  services.map((service) => `${layout.eol}${printEntry(service, layout)}`).join(',');

interface Place {
  readonly offset: number;
  readonly length: number;
}

/**
 * Inserts at the end of an object: after its last property and all comments that follow, before its closing brace.
 * jsonc-parser's own `modify` would insert before those comments, and so attach them to the wrong service.
 */
function insertLast(
  text: string,
  object: Place,
  { content, closing }: { readonly content: string; readonly closing: string },
): string {
  const brace = object.offset + object.length - 1;
  const last = lastToken(text, object.offset + 1, brace);
  const between = text.slice(last.commentEnd, brace);
  const filled = withoutTrailing(withoutTrailing(between, ' \t').replace(/\r?\n$/, ''), ' \t');
  const blank = between.length - filled.length;
  const edits: Edit[] = [{ offset: brace - blank, length: blank, content: `${content}${closing}` }];
  if (last.kind === 'value') edits.unshift({ offset: last.end, length: 0, content: ',' });
  return applyEdits(text, edits);
}

interface LastToken {
  /** The last token that is not a comment. */
  readonly kind: 'none' | 'comma' | 'value';
  readonly end: number;
  /** The end of the last comment; a line comment ends with its line. */
  readonly commentEnd: number;
}

/** The values of jsonc-parser's `SyntaxKind`: a const enum of a package cannot be imported with `isolatedModules`. */
const commaToken = 5;
const lineCommentToken = 12;
const blockCommentToken = 13;
const lineBreakToken = 14;
const spaceToken = 15;
const endToken = 17;

const comments: ReadonlySet<number> = new Set([lineCommentToken, blockCommentToken]);
const blanks: ReadonlySet<number> = new Set([lineBreakToken, spaceToken]);

function lastToken(text: string, start: number, end: number): LastToken {
  const scanner = createScanner(text.slice(start, end));
  let last: LastToken = { kind: 'none', end: start, commentEnd: start };
  for (let kind: number = scanner.scan(); kind !== endToken; kind = scanner.scan()) {
    const tokenEnd = start + scanner.getTokenOffset() + scanner.getTokenLength();
    if (blanks.has(kind)) continue;
    if (comments.has(kind)) last = { ...last, commentEnd: tokenEnd };
    else last = { kind: kind === commaToken ? 'comma' : 'value', end: tokenEnd, commentEnd: tokenEnd };
  }
  return last;
}

/** Detects the layout of the file: its line breaks, and the indent of its first key. */
function layoutOf(text: string): Layout {
  const indent = /^([ \t]+)["/}]/m.exec(text)?.[1] ?? '  ';
  return { indent, eol: text.includes('\r\n') ? '\r\n' : '\n', depth: 1 };
}

const lineAt = (text: string, offset: number): number => text.slice(0, offset).split('\n').length;
