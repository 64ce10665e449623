import assert from 'node:assert/strict';
import { suggest } from '../../../../src/core/config/suggest';

describe('core/config/suggest', () => {
  const words = ['port', 'command', 'dependsOn', 'envFile', 'env', 'restart'];
  const cases: readonly (readonly [string, string | undefined])[] = [
    ['prot', 'port'],
    ['ports', 'port'],
    ['depends_on', 'dependsOn'],
    ['DEPENDSON', 'dependsOn'],
    ['comand', 'command'],
    ['env-file', 'envFile'],
    ['image', undefined],
    ['en', undefined],
    ['x', undefined],
    ['', undefined],
  ];
  for (const [word, expected] of cases) {
    it(`suggests ${String(expected)} for ${JSON.stringify(word)}`, () => assert.equal(suggest(word, words), expected));
  }

  it('prefers the nearer word', () => assert.equal(suggest('restrat', ['restore', 'restart']), 'restart'));
});
