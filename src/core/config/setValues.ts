/** Writes values into the entry of a service in services.json, and keeps comments and everything else. */
import { applyEdits, modify } from 'jsonc-parser';
import type { TextRange } from './problem';
import { readSyntax } from './syntax';
import { propertiesOf } from './tree';

/** Keys below the entry of the service with the new value, such as `['env', 'PYTHONPATH']`. */
export interface ConfigChange {
  readonly path: readonly string[];
  /** A JSON value. */
  readonly value: unknown;
}

/** Returns the new text; undefined when the text is not valid JSON or has no such service. */
export function setValues(text: string, key: string, changes: readonly ConfigChange[]): string | undefined {
  const { root, errors } = readSyntax(text);
  if (root === undefined || errors.length > 0) return undefined;
  const services = propertiesOf(root).find((property) => property.key === 'services')?.value;
  const entry = propertiesOf(services).find((property) => property.key === key)?.value;
  if (entry?.type !== 'object') return undefined;
  return changes.reduce((changed, { path, value }) => {
    const formattingOptions = optionsFor(text);
    return applyEdits(changed, modify(changed, ['services', key, ...path], value, { formattingOptions }));
  }, text);
}

/** The same as edits, for one value of a service that the text has. */
export const editsSetting = (text: string, key: string, { path, value }: ConfigChange): readonly SetEdit[] =>
  modify(text, ['services', key, ...path], value, { formattingOptions: optionsFor(text) }).map(({ offset, length, content }) => ({
    range: { offset, length },
    text: content,
  }));

/** A range is replaced by a text. */
interface SetEdit {
  readonly range: TextRange;
  readonly text: string;
}

const optionsFor = (text: string) => ({
  insertSpaces: !/^\t/m.test(text),
  tabSize: 2,
  eol: text.includes('\r\n') ? '\r\n' : '\n',
});

/** For what comes from the arguments of a command. */
export const isConfigChanges = (value: unknown): value is readonly ConfigChange[] =>
  Array.isArray(value) &&
  value.every(
    (each: unknown) =>
      typeof each === 'object' &&
      each !== null &&
      'value' in each &&
      'path' in each &&
      Array.isArray(each.path) &&
      each.path.length > 0 &&
      each.path.every((part: unknown) => typeof part === 'string'),
  );
