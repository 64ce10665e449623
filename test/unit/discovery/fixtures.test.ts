/**
 * Folders as generators and developers create them, each with the expected proposals and their evidence.
 *
 * They were compared with the output of the generators, each run once without installing: create-vite (vanilla, react-ts, vue,
 * svelte, preact), create-vue, create-next-app, create-t3-app, sv create, @angular/cli 20, express-generator, @nestjs/cli,
 * fastify-cli (TypeScript), and the files of cra-template-typescript. The generators of Astro, Nuxt, Hono and React Router fetch
 * their templates from elsewhere and could not be run; those folders follow the documentation.
 */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseServices } from '../../../src/core/config/parse';
import { discover } from '../../../src/discovery/discover';
import { writeServices } from '../../../src/discovery/write';
import { repositoryRoot } from '../../support/repository';
import { onDisk } from './folder';

const base = join(repositoryRoot, 'test/fixtures/discovery');
const entries = readdirSync(base, { withFileTypes: true });
const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
const ending = '.expected.json';

const place = { folder: '/folder', folderName: 'folder', multiRoot: false };

describe('discovery of the fixture folders', () => {
  it('has an expectation for each folder and a folder for each expectation', () => {
    const expected = entries.filter(({ name }) => name.endsWith(ending)).map(({ name }) => name.slice(0, -ending.length));
    assert.deepEqual(expected.sort(), [...folders].sort());
  });

  for (const name of folders) {
    it(`finds the services in ${name}`, async () => {
      const found = await discover(onDisk(join(base, name)));
      assert.deepEqual(found, JSON.parse(readFileSync(join(base, `${name}${ending}`), 'utf8')));
    });

    it(`proposes valid services for ${name}`, async () => {
      const found = await discover(onDisk(join(base, name)));
      const written = writeServices(undefined, found);
      assert.ok(written.ok);
      const { services, problems } = parseServices(written.text, place);
      assert.deepEqual(problems, []);
      assert.deepEqual(
        services.map(({ key }) => key),
        found.map(({ id }) => id),
      );
    });

    it(`names existing places in ${name}`, async () => {
      for (const { evidence } of await discover(onDisk(join(base, name)))) {
        for (const sentence of evidence) {
          const [, file, line] = / in (\S.*?):(\d+)$/.exec(sentence) ?? [];
          if (file === undefined) continue;
          const lines = readFileSync(join(base, name, file), 'utf8').split('\n');
          assert.ok(Number(line) >= 1 && (lines[Number(line) - 1] ?? '').trim() !== '', sentence);
        }
      }
    });
  }

  it('finds nothing in a library', async () => {
    assert.deepEqual(await discover(onDisk(join(base, 'library'))), []);
  });
});
