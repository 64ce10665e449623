/** Texts in which `⟦` and `⟧` mark the range that a problem must have. */
import assert from 'node:assert/strict';
import type { ProblemCode, TextRange } from '../../../../src/core/config/problem';
import type { ConfigPlace, ParsedServices } from '../../../../src/core/config/parse';
import { parseServices } from '../../../../src/core/config/parse';

export function readMarks(marked: string): { readonly text: string; readonly ranges: readonly TextRange[] } {
  const ranges: TextRange[] = [];
  let text = '';
  let start = 0;
  for (const character of marked) {
    if (character === '⟦') start = text.length;
    else if (character === '⟧') ranges.push({ offset: start, length: text.length - start });
    else text += character;
  }
  return { text, ranges };
}

export const singleRoot: ConfigPlace = { folder: '/shop', folderName: 'shop', multiRoot: false };

export const parse = (text: string, place: Partial<ConfigPlace> = {}): ParsedServices =>
  parseServices(text, { ...singleRoot, ...place });

/** Returns a file with one service `a` that has these members. */
export const service = (members: string) => `{ "services": { "a": { ${members} } } }`;

/** Returns a file with these services. */
export const file = (services: string) => `{ "services": { ${services} } }`;

export const keysOf = ({ services }: ParsedServices) => services.map(({ key }) => key);

/** The text (with the expected range marked), and the code and message of its only problem. */
export type Case = readonly [marked: string, code: ProblemCode, message: string];

/** Parses the text and asserts its only problem. */
export function check([marked, code, message]: Case, severity: 'error' | 'warning') {
  const { text, ranges } = readMarks(marked);
  const parsed = parse(text);
  assert.deepEqual(
    parsed.problems.map(({ service: _service, suggestion: _suggestion, ...problem }) => problem),
    [{ severity, code, message, range: ranges[0] }],
  );
  return parsed;
}
