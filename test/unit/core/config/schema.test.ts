import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { entries } from '../../../../src/core/config/schema';
import { generateSchema, schemaPath } from '../../../../scripts/schema';

/** The parts of a JSON schema that these tests read. */
interface Json {
  readonly type?: string;
  readonly description?: string;
  readonly markdownDescription?: string;
  readonly additionalProperties?: false | Json;
  readonly properties?: Readonly<Record<string, Json>>;
  readonly items?: Json;
  readonly anyOf?: readonly Json[];
  readonly default?: unknown;
  readonly enum?: readonly string[];
  readonly enumDescriptions?: readonly string[];
}

describe('the JSON schema of services.json', () => {
  let root: Json & { readonly $schema?: string; readonly allowComments?: boolean; readonly allowTrailingCommas?: boolean };
  let text: string;
  before(async () => {
    text = await generateSchema();
    root = JSON.parse(text) as typeof root;
  });

  it('equals the committed file (else run `npm run schema`)', async () => {
    assert.equal(await readFile(schemaPath, 'utf8'), text);
  });

  it('is draft-07 and allows comments and trailing commas', () => {
    assert.equal(root.$schema, 'http://json-schema.org/draft-07/schema#');
    assert.equal(root.allowComments, true);
    assert.equal(root.allowTrailingCommas, true);
  });

  it('has no type for a port, whose mistakes the parser reports in better words', () => {
    const service = root.properties?.['services']?.additionalProperties;
    assert.ok(service && service.properties?.['port'] !== undefined);
    assert.equal(service.properties['port'].type, undefined);
    assert.equal(service.properties['maxRestarts']?.type, undefined);
  });

  it('describes every key of a service', () => {
    const service = root.properties?.['services']?.additionalProperties;
    assert.ok(service);
    assert.deepEqual(Object.keys(service.properties ?? {}), Object.keys(entries));
  });

  it('describes every key at every depth, and leaves errors to the parser', () => {
    let seen = 0;
    const walk = (schema: Json, path: string): void => {
      if (schema.properties !== undefined) assert.equal(schema.additionalProperties, undefined, path);
      for (const [key, property] of Object.entries(schema.properties ?? {})) {
        seen++;
        assert.match(property.description ?? '', /^[A-Z"].*\.$/, `${path}.${key}`);
        const ending = property.default === undefined ? '' : `Default: \`${JSON.stringify(property.default)}\``;
        assert.ok(property.markdownDescription?.endsWith(ending), `${path}.${key}`);
        if (property.enumDescriptions !== undefined) assert.equal(property.enumDescriptions.length, property.enum?.length);
        walk(property, `${path}.${key}`);
      }
      if (schema.additionalProperties) walk(schema.additionalProperties, `${path}.*`);
      if (schema.items !== undefined) walk(schema.items, `${path}[]`);
      schema.anyOf?.forEach((option) => walk(option, path));
    };
    walk(root, '');
    assert.ok(seen > Object.keys(entries).length + 20, `${String(seen)} keys`);
  });

  const unions: readonly (readonly [string, readonly string[]])[] = [
    ['health', ['string', 'object']],
    ['stopGracePeriod', ['number', 'string']],
    ['command', ['string', 'array']],
    ['dependsOn', ['array', 'object']],
    ['envFile', ['string', 'array']],
  ];
  for (const [key, types] of unions) {
    it(`offers every form of ${key}`, () => {
      const service = root.properties?.['services']?.additionalProperties;
      assert.deepEqual(service && service.properties?.[key]?.anyOf?.map(({ type }) => type), types);
    });
  }
});
