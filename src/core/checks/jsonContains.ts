/** Whether a JSON value contains another one. */
import { t } from '../wording/l10n';
import { shortened } from '../wording/text';

/**
 * Returns undefined when `actual` contains `expected`, or else what is missing, in words. An object contains another when
 * each of its keys does; an array when each expected element is contained in some element; anything else must be equal.
 */
export function missingFrom(actual: unknown, expected: unknown, path = ''): string | undefined {
  if (Array.isArray(expected)) return missingElement(actual, expected, path);
  if (isObject(expected)) return missingKey(actual, expected, path);
  return actual === expected ? undefined : t('{0} is {1}, expected {2}', nameOf(path), shown(actual), shown(expected));
}

function missingElement(actual: unknown, expected: readonly unknown[], path: string): string | undefined {
  if (!Array.isArray(actual)) return t('{0} is {1}, expected an array', nameOf(path), shown(actual));
  const elements: readonly unknown[] = actual;
  const missing = expected.find((wanted) => !elements.some((element) => missingFrom(element, wanted) === undefined));
  return missing === undefined ? undefined : t('{0} does not contain {1}', nameOf(path), shown(missing));
}

function missingKey(actual: unknown, expected: Readonly<Record<string, unknown>>, path: string): string | undefined {
  if (!isObject(actual)) return t('{0} is {1}, expected an object', nameOf(path), shown(actual));
  for (const [key, wanted] of Object.entries(expected)) {
    const inner = path === '' ? key : `${path}.${key}`;
    if (!Object.hasOwn(actual, key)) return t('{0} is missing', inner);
    const missing = missingFrom(actual[key], wanted, inner);
    if (missing !== undefined) return missing;
  }
  return undefined;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const nameOf = (path: string): string => (path === '' ? t('the value') : path);

/** In code points. */
const maxValueLength = 60;

const shown = (value: unknown): string => (value === undefined ? t('nothing') : shortened(JSON.stringify(value), maxValueLength));
