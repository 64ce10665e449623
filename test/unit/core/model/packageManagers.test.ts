import assert from 'node:assert/strict';
import { packageManagerByField, packageManagerByFile, packageManagerFiles } from '../../../../src/core/model/packageManagers';

describe('core/model/packageManagers', () => {
  it('finds a package manager by each of its files', () => {
    assert.deepEqual(
      packageManagerFiles.map((file) => [file, packageManagerByFile(file)]),
      [
        ['pnpm-lock.yaml', 'pnpm'],
        ['pnpm-workspace.yaml', 'pnpm'],
        ['yarn.lock', 'yarn'],
        ['bun.lockb', 'bun'],
        ['bun.lock', 'bun'],
        ['package-lock.json', 'npm'],
        ['npm-shrinkwrap.json', 'npm'],
      ],
    );
    assert.equal(packageManagerByFile('package.json'), undefined);
  });

  it('reads the packageManager field of Corepack', () => {
    assert.deepEqual(
      ['npm@10.8.0', 'pnpm@9.1.0+sha512.abc', 'yarn@4.0.0', 'bun@1.1.0', 'pnpm', 'deno@2.0.0', undefined].map(
        packageManagerByField,
      ),
      ['npm', 'pnpm', 'yarn', 'bun', undefined, undefined, undefined],
    );
  });
});
