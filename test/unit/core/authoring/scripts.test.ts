import assert from 'node:assert/strict';
import { managerByField, managerByLock } from '../../../../src/core/authoring/scripts';

describe('core/authoring/scripts', () => {
  it('finds the package manager by the nearest lock file', () => {
    assert.equal(managerByLock([['package.json'], ['yarn.lock', 'package.json']]), 'yarn');
    assert.equal(managerByLock([['bun.lock'], ['package-lock.json']]), 'bun');
    assert.equal(managerByLock([['package.json'], []]), undefined);
  });

  it('finds the package manager by the packageManager field of a package.json, even of an invalid one', () => {
    assert.equal(managerByField('{ "packageManager": "pnpm@9.1.0+sha256.abc" }'), 'pnpm');
    assert.equal(managerByField('{ "packageManager": ["pnpm@9"] }'), undefined);
    assert.equal(managerByField('{ "packageManager": "pip@1"'), undefined);
  });
});
