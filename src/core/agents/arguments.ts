/** Checks the arguments of a tool again: they come from a model or a program, and may be anything. */
import { suggest } from '../config/suggest';
import { shortened } from '../wording/text';
import { tools } from './tools';
import type { ToolName } from './toolNames';
import type { ArgumentSchema } from './tools';

export type Arguments = Readonly<Record<string, string | number | undefined>>;

export type Checked = { readonly ok: true; readonly given: Arguments } | { readonly ok: false; readonly problem: string };

/** `problem` is one sentence that says how to call the tool. */
export function checkArguments(name: ToolName, input: unknown): Checked {
  const { arguments: schemas, required } = tools[name];
  const wrong = (problem: string): Checked => ({ ok: false, problem: `${name}: ${problem}` });
  const given = input ?? {};
  if (typeof given !== 'object' || Array.isArray(given)) return wrong('the arguments must be a JSON object.');
  const allowed = Object.keys(schemas);
  for (const [key, value] of Object.entries(given)) {
    const schema = Object.hasOwn(schemas, key) ? schemas[key] : undefined;
    if (schema === undefined) return wrong(unknownArgument(key, allowed));
    const problem = value === undefined ? undefined : problemOf(schema, value);
    if (problem !== undefined) return wrong(`"${key}" ${problem}`);
  }
  const missing = required.find((key) => !Object.hasOwn(given, key) || (given as Record<string, unknown>)[key] === undefined);
  return missing === undefined ? { ok: true, given: given as Arguments } : wrong(`"${missing}" is required.`);
}

function unknownArgument(key: string, allowed: readonly string[]): string {
  const name = shortened(key, 60);
  const near = suggest(name, allowed);
  return near === undefined
    ? `unknown argument "${name}". Allowed are: ${allowed.join(', ')}.`
    : `unknown argument "${name}". Did you mean "${near}"?`;
}

function problemOf(
  { type, enum: values, minimum = -Infinity, maximum = Infinity, maxLength = Infinity }: ArgumentSchema,
  value: unknown,
) {
  if (type === 'integer')
    return Number.isInteger(value) && (value as number) >= minimum && (value as number) <= maximum
      ? undefined
      : `must be an integer from ${minimum} to ${maximum}.`;
  if (typeof value !== 'string') return 'must be a string.';
  if (value.length > maxLength) return `must have at most ${maxLength} characters.`;
  return values === undefined || values.includes(value) ? undefined : `must be one of: ${values.join(', ')}.`;
}
