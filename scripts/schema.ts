/** Writes media/services.schema.json from the schema that the parser uses: `npm run schema`, after each change of that schema. */
import type { ConversionConfig, JsonSchema } from '@valibot/to-json-schema';
import { toJsonSchema } from '@valibot/to-json-schema';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { format } from 'prettier';
import { fileSchema } from '../src/core/config/schema';
import { checkSnippets, healthSnippets, serviceSnippets, setupSnippets } from '../src/core/config/snippets';
import type { Snippet } from '../src/core/config/snippets';
import { withSubject } from '../src/core/config/subject';
import { repositoryRoot } from '../test/support/repository';

export const schemaPath = join(repositoryRoot, 'media', 'services.schema.json');

export async function main(): Promise<number> {
  await writeFile(schemaPath, await generateSchema());
  return 0;
}

/** The text of the JSON schema (draft-07, with the keywords that only VS Code knows). */
export async function generateSchema(): Promise<string> {
  const schema = decorate(toJsonSchema(fileSchema, config));
  // VS Code's JSON service reads these two at the top of a schema: the file may hold comments and trailing commas.
  const whole = { ...schema, allowComments: true, allowTrailingCommas: true };
  return format(JSON.stringify(whole), { parser: 'json', printWidth: 130 });
}

const config: ConversionConfig = {
  target: 'draft-07',
  overrideAction: ({ valibotAction: { type, ...action }, jsonSchema }) => {
    if (type === 'regex') return { ...jsonSchema, ...sayWhy(action) };
    // Rules that JSON schema cannot express stay with the parser, which reports them itself.
    if (type === 'check' || type === 'transform' || type === 'raw_transform') return jsonSchema;
    return undefined;
  },
};

/** Without this, VS Code shows the pattern itself. */
function sayWhy(action: object): { patternErrorMessage?: string } {
  return 'message' in action && typeof action.message === 'string'
    ? { patternErrorMessage: withSubject(action.message, 'This value') }
    : {};
}

/** Hover shows markdownDescription; the default belongs there too. */
function decorate(schema: JsonSchema, place: 'whole' | 'option' = 'whole'): Record<string, unknown> {
  const decorated = Object.fromEntries(
    Object.entries(schema)
      .map(([key, value]): [string, unknown] =>
        key === 'snippets' ? ['defaultSnippets', snippetsOf[String(value)]] : [key, value],
      )
      .filter(([key, value]) => !isLeftToParser(key, value) && !(place === 'whole' && isNumberType(key, value)))
      .map(([key, value]) => [key, values.has(key) ? value : decorateWithin(value, key === 'anyOf' ? 'option' : 'whole')]),
  );
  const { description, default: preset } = schema;
  if (description === undefined) return decorated;
  const tail = preset === undefined ? '' : `\n\nDefault: \`${JSON.stringify(preset)}\``;
  return { ...decorated, markdownDescription: `${description}${tail}` };
}

/**
 * What is for finding mistakes only. The parser finds them all and says more about each; with these, VS Code would list
 * every mistake a second time in its own words. Enums, unions and most types stay: completion lives on them. A number that
 * nothing else may stand for needs none: `"port": "8000"` has one message then.
 */
function isLeftToParser(key: string, value: unknown): boolean {
  return onlyForMistakes.has(key) || (key === 'additionalProperties' && value === false);
}

const isNumberType = (key: string, value: unknown): boolean => key === 'type' && (value === 'integer' || value === 'number');

const onlyForMistakes = new Set([
  'minimum',
  'maximum',
  'minLength',
  'maxLength',
  'minItems',
  'minProperties',
  'pattern',
  'required',
]);

function decorateWithin(value: unknown, place: 'whole' | 'option'): unknown {
  if (Array.isArray(value)) return value.map((each) => decorateWithin(each, place));
  return typeof value === 'object' && value !== null ? decorate(value, place) : value;
}

const snippetsOf: Readonly<Record<string, readonly Snippet[]>> = {
  service: serviceSnippets.map(({ label, description, body }) => ({ label, description, body })),
  health: healthSnippets,
  check: checkSnippets,
  setup: setupSnippets,
};

/** These hold values, not schemas. */
const values = new Set(['default', 'examples', 'enum', 'defaultSnippets']);
