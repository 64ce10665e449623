/** The tables in docs/ have every key, command and setting, with its default. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { schemaPath } from '../../../scripts/schema';
import { repositoryRoot } from '../../support/repository';
import { rowsOf, sectionOf } from './support/markdown';

interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly default?: unknown;
}

const document = (name: string): string => readFileSync(join(repositoryRoot, 'docs', name), 'utf8');
const readJson = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));

/** The properties of the object that a schema allows among other things. */
const propertiesOf = (schema: Schema | undefined): Readonly<Record<string, Schema>> =>
  schema?.properties ?? schema?.anyOf?.find(({ properties }) => properties !== undefined)?.properties ?? {};

const file = readJson(schemaPath) as Schema;
const service = propertiesOf(file)['services']?.additionalProperties;
const keys = propertiesOf(service);

const tables = [
  { heading: '## Keys of a service', page: 'configuration.md', properties: keys },
  { heading: '## Docker Compose', page: 'configuration.md', properties: propertiesOf(keys['compose']) },
  { heading: '## Health checks', page: 'configuration.md', properties: propertiesOf(keys['health']) },
  { heading: '## Setup steps', page: 'configuration.md', properties: propertiesOf(keys['setup']?.items) },
  { heading: '# Checks', page: 'checks.md', properties: propertiesOf(keys['checks']?.items) },
];

/** Empty lists and texts are what a missing key means, and need no words. */
const isWorthSaying = (value: unknown): boolean =>
  value !== undefined && value !== '' && JSON.stringify(value) !== '[]' && JSON.stringify(value) !== '{}';

for (const { heading, page, properties } of tables) {
  describe(`the table under "${heading}" in docs/${page}`, () => {
    const rows = rowsOf(sectionOf(document(page), heading));

    it('has every key that the schema knows, and no other', () => {
      assert.ok(Object.keys(properties).length > 2);
      assert.deepEqual([...rows.keys()].sort(), Object.keys(properties).sort());
    });

    it('has the default of each key', () => {
      for (const [key, { default: preset }] of Object.entries(properties)) {
        if (isWorthSaying(preset)) assert.equal(rows.get(key)?.[1], `\`${JSON.stringify(preset)}\``, key);
      }
    });
  });
}

interface Setting {
  readonly type: string;
  readonly enum?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly default: unknown;
}

const valuesOf = ({ type, enum: values, minimum, maximum }: Setting): string =>
  values?.map((value) => `\`${value}\``).join(', ') ?? (type === 'number' ? `${minimum} to ${maximum}` : type);

describe('docs/reference.md', () => {
  const { contributes } = readJson(join(repositoryRoot, 'package.json')) as {
    readonly contributes: {
      readonly commands: readonly { readonly command: string; readonly title: string }[];
      readonly configuration: { readonly properties: Readonly<Record<string, Setting>> };
    };
  };
  const texts = readJson(join(repositoryRoot, 'package.nls.json')) as Readonly<Record<string, string>>;

  it('has the title and the id of every command', () => {
    const rows = sectionOf(document('reference.md'), '## Commands').split('\n');
    for (const { command, title } of contributes.commands) {
      const words = texts[title.replaceAll('%', '')] ?? title;
      const row = `| ${words} | \`${command}\` | `;
      assert.ok(
        rows.some((line) => line.startsWith(row)),
        `There is no row that begins with ${row}`,
      );
    }
    const listed = rows.filter((line) => line.includes('`serviceLifecycle.'));
    assert.equal(listed.length, contributes.commands.length);
  });

  it('has every setting with its values and its default', () => {
    const rows = rowsOf(sectionOf(document('reference.md'), '## Settings'));
    const expected = Object.entries(contributes.configuration.properties).map(([id, setting]) => [
      id,
      [valuesOf(setting), `\`${JSON.stringify(setting.default)}\``],
    ]);
    assert.deepEqual(Object.fromEntries(rows), Object.fromEntries(expected));
  });

  it('explains every setting', () => {
    const section = sectionOf(document('reference.md'), '## Settings');
    for (const id of Object.keys(contributes.configuration.properties)) {
      const name = id.replace('serviceLifecycle.', '');
      assert.ok(section.includes(`\n- **\`${name}\`:** `), `${name} is not explained.`);
    }
  });
});
