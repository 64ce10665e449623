/** Real projects with a correct configuration, while nothing is running: no problem may be reported. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readWiringFiles } from '../../../../src/app/wiringCheck/files';
import { parseServices } from '../../../../src/core/config/parse';
import { known } from '../../../../src/core/model/process';
import { judgeWiring } from '../../../../src/core/wiringCheck/judge';
import { createFiles } from '../../../../src/os/files';
import { repositoryRoot } from '../../../support/repository';

const ending = '.expected.json';
const fixtures = join(repositoryRoot, 'test', 'fixtures', 'discovery');
const expected = readdirSync(fixtures)
  .filter((name) => name.endsWith(ending))
  .map((name) => join(fixtures, name));

describe('wiring check: whole projects', () => {
  it('has more than 30 projects', () => assert.ok(expected.length > 30));

  for (const path of expected) {
    const folder = path.slice(0, -ending.length);
    it(`reports nothing for ${folder.slice(folder.lastIndexOf('/') + 1)}`, async () => {
      const found = JSON.parse(readFileSync(path, 'utf8')) as { readonly id: string; readonly config: unknown }[];
      const text = JSON.stringify({ services: Object.fromEntries(found.map(({ id, config }) => [id, config])) });
      const { services } = parseServices(text, { folder, folderName: 'shop', multiRoot: false });
      assert.equal(services.length, found.length);
      const parties = services.map((spec) => ({ spec, cwd: join(folder, spec.cwd), isHealthy: false }));
      const texts = await readWiringFiles(folder, parties, createFiles());
      assert.deepEqual(judgeWiring({ services: parties, elsewhere: [], texts, listens: () => known(false) }), []);
    });
  }
});
