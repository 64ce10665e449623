/** Reads JSON and TOML into plain data. The result is undefined when the text is invalid. */
import { parse as parseJsonc } from 'jsonc-parser';
import type { ParseError } from 'jsonc-parser';
import { parse as parseTomlText } from 'smol-toml';

export type Data = Readonly<Record<string, unknown>>;

/** Allows comments and trailing commas, as in tsconfig.json, tasks.json and angular.json. */
export function parseJson(text: string): unknown {
  const errors: ParseError[] = [];
  return guarded(() => {
    const value: unknown = parseJsonc(text.replace(/^\uFEFF/, ''), errors, { allowTrailingComma: true });
    return errors.length === 0 ? value : undefined;
  });
}

export const parseToml = (text: string): unknown => guarded((): unknown => parseTomlText(text));

function guarded(parse: () => unknown): unknown {
  try {
    return parse();
  } catch {
    return undefined;
  }
}

const isData = (value: unknown): value is Data => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Returns the object at this path; an empty one when there is none. */
export function dataAt(value: unknown, ...path: readonly string[]): Data {
  let at: unknown = value;
  for (const key of path) at = isData(at) ? at[key] : undefined;
  return isData(at) ? at : {};
}

export const textAt = (data: Data, key: string): string | undefined => {
  const value = data[key];
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : undefined;
};

export const listAt = (data: Data, key: string): readonly unknown[] => {
  const value = data[key];
  return Array.isArray(value) ? (value as readonly unknown[]) : [];
};

export const textsOf = (list: readonly unknown[]): readonly string[] => list.filter((item) => typeof item === 'string');
