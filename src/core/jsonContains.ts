/** Whether a JSON value contains another one. */

/**
 * Undefined when `actual` contains `expected`, otherwise what is missing, in words. An object contains another when each of
 * its keys does; an array when each expected element is contained in some element; anything else must be equal.
 */
export function missingFrom(actual: unknown, expected: unknown, path = ''): string | undefined {
  if (Array.isArray(expected)) return missingElement(actual, expected, path);
  if (isObject(expected)) return missingKey(actual, expected, path);
  return actual === expected ? undefined : `${nameOf(path)} is ${shown(actual)}, expected ${shown(expected)}`;
}

function missingElement(actual: unknown, expected: readonly unknown[], path: string): string | undefined {
  if (!Array.isArray(actual)) return `${nameOf(path)} is ${shown(actual)}, expected a list`;
  const elements: readonly unknown[] = actual;
  const missing = expected.find((wanted) => !elements.some((element) => missingFrom(element, wanted) === undefined));
  return missing === undefined ? undefined : `${nameOf(path)} does not contain ${shown(missing)}`;
}

function missingKey(actual: unknown, expected: Readonly<Record<string, unknown>>, path: string): string | undefined {
  if (!isObject(actual)) return `${nameOf(path)} is ${shown(actual)}, expected an object`;
  for (const [key, wanted] of Object.entries(expected)) {
    const inner = path === '' ? key : `${path}.${key}`;
    if (!Object.hasOwn(actual, key)) return `${inner} is missing`;
    const missing = missingFrom(actual[key], wanted, inner);
    if (missing !== undefined) return missing;
  }
  return undefined;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const nameOf = (path: string): string => (path === '' ? 'it' : path);

/** Short enough for a sentence. */
function shown(value: unknown): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
