/** What the store gets from files, some of which have errors. */
import assert from 'node:assert/strict';
import { configurationOf } from '../../../../src/app/config/configure';
import type { ReadFile } from '../../../../src/app/config/configure';
import { parseServices } from '../../../../src/core/config/parse';
import { initialState } from '../../../../src/core/lifecycle/state';
import type { Configuration } from '../../../../src/app/store';

const place = { folder: '/shop', folderName: 'shop', multiRoot: false };
const read = (text: string, folder = '/shop'): ReadFile => ({
  folder,
  folderName: 'shop',
  text,
  ...parseServices(text, { ...place, folder }),
});

const file = (services: object): string => JSON.stringify({ services }, undefined, 2);
const good = file({ api: { command: 'old' }, db: { command: 'x' }, odd: { port: 1 } });
const broken = good.replace('"old"', '"new"').replace('"db": {', '"new": { "command": "y" }, "db": {{');

/** Reads the texts one after the other. */
function after(...texts: readonly string[]): Configuration {
  let configuration: Configuration = { services: [], broken: [] };
  for (const text of texts) {
    const services = configuration.services.map((spec) => ({ spec, state: initialState }));
    configuration = configurationOf([read(text)], { services, configuration });
  }
  return configuration;
}

const shown = ({ services, broken: entries }: Configuration): string[] => [
  ...services.map(({ key, command }) => `${key} ${String(command)}`),
  ...entries.map(({ key }) => `${key} !`),
];

describe('app: configurationOf', () => {
  it('keeps the last valid configuration of a file with a syntax error, and says where the error is', () => {
    const configuration = after(good, broken);
    assert.deepEqual(shown(configuration), ['api old', 'db x', 'odd !']);
    const [error] = configuration.brokenFiles ?? [];
    assert.deepEqual([error?.folder, error?.shows, error?.line], ['/shop', 'lastValid', 6]);
    assert.notEqual(error?.message, '');
  });

  it('takes the file again once it is valid', () => {
    const configuration = after(good, broken, good.replace('"old"', '"newer"'));
    assert.deepEqual([shown(configuration), configuration.brokenFiles], [['api newer', 'db x', 'odd !'], []]);
  });

  it('shows what can be read while there never was a valid file, also after another change', () => {
    const configuration = after(broken, broken.replace('"new": {', '"newest": {'));
    assert.equal(configuration.brokenFiles?.[0]?.shows, 'readable');
    assert.ok(
      shown(configuration).some((row) => row.startsWith('newest')),
      shown(configuration).join(),
    );
  });

  it('keeps nothing of a file that has lost its services on purpose, and says what is missing', () => {
    const configuration = after(good, '{}');
    assert.deepEqual(shown(configuration), []);
    assert.match(configuration.brokenFiles?.[0]?.message ?? '', /no "services"/);
  });

  it('leaves the services of other folders alone', () => {
    const other = read(file({ web: { command: 'z' } }), '/blog');
    const services = read(good).services.map((spec) => ({ spec, state: initialState }));
    const configuration = configurationOf([read(broken), other], { services, configuration: { services: [], broken: [] } });
    assert.deepEqual(shown(configuration), ['api old', 'db x', 'web z']);
  });
});
