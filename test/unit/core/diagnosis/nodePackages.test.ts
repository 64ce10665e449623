import assert from 'node:assert/strict';
import { installCommand, isStale, nodeFiles, packageFolder } from '../../../../src/core/diagnosis/packages/nodePackages';
import type { FileFacts } from '../../../../src/core/diagnosis/facts';
import { facts } from './sample';

const changed = (...times: readonly (readonly [string, number])[]): FileFacts => ({
  texts: new Map([['/shop/package.json', '{ "dependencies": { "vite": "8" } }']]),
  changed: new Map(times.map(([path, time]) => [`/shop/${path}`, time])),
});
const service = facts({}, { command: 'npm run dev' });

describe('core/diagnosis/packages/nodePackages', () => {
  it('compares the lock file with the newest stamp of its package manager', () => {
    const yarn = [
      ['node_modules', 1000],
      ['node_modules/.yarn-integrity', 1000],
    ] as const;
    assert.equal(isStale('/shop', changed(...yarn, ['yarn.lock', 90_000])), true);
    assert.equal(isStale('/shop', changed(...yarn, ['node_modules/.yarn-state.yml', 90_000], ['yarn.lock', 90_000])), false);
    assert.equal(isStale('/shop', changed(...yarn, ['package-lock.json', 90_000])), false, 'npm has installed nothing');
    assert.equal(isStale('/shop', changed(['node_modules', 1000], ['bun.lock', 90_000])), true);
  });

  it('allows 10 s between the lock file and the stamp', () => {
    const npm = (locked: number) => changed(['node_modules/.package-lock.json', 1000], ['package-lock.json', locked]);
    assert.deepEqual([isStale('/shop', npm(11_000)), isStale('/shop', npm(11_001))], [false, true]);
  });

  it('installs with the package manager of the lock file, and with npm without one', () => {
    assert.equal(installCommand(service, '/shop', changed(['pnpm-lock.yaml', 1])), 'pnpm install');
    assert.equal(installCommand(service, '/shop', changed(['npm-shrinkwrap.json', 1])), 'npm install');
    assert.equal(installCommand(service, '/shop', changed()), 'npm install');
  });

  it('returns no folder for packages of Plug’n’Play', () => {
    assert.equal(packageFolder(service, changed(['yarn.lock', 1])), '/shop');
    assert.equal(packageFolder(service, changed(['yarn.lock', 1], ['.pnp.cjs', 1])), undefined);
  });

  it('reads the time of every lock file and stamp', () => {
    for (const name of [
      'bun.lock',
      'npm-shrinkwrap.json',
      'node_modules/.modules.yaml',
      'node_modules/.yarn-state.yml',
      'node_modules',
    ])
      assert.ok(nodeFiles.includes(name), name);
  });
});
