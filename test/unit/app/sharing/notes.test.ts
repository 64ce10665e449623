/** Notes name the window that is responsible for them; what a live window is busy with is left alone. */
import assert from 'node:assert/strict';
import type { LedgerEntry } from '../../../../src/app/ports';
import { signedLedger, windowOf } from '../../../../src/app/sharing/windows';
import { FakeMachine } from '../../../support/fakes/machine';

const entry = (folder: string): LedgerEntry => ({
  ...{ folder, key: 'web', run: 'r', process: { pid: 1, born: 'b' }, command: 'run web', cwd: folder, startedAt: 1 },
});

function rig() {
  const kept = new Map<string, LedgerEntry>();
  const at = (folder: string, key: string): string => `${folder} ${key}`;
  const plain = {
    read: (folder: string, key: string) => kept.get(at(folder, key)),
    entries: () => [...kept.values()],
    write: (written: LedgerEntry) => void kept.set(at(written.folder, written.key), written),
    remove: ({ folder, key }: Pick<LedgerEntry, 'folder' | 'key'>) => void kept.delete(at(folder, key)),
  };
  return { kept, plain, real: (folder: string) => folder.replace('/link', '/real') };
}

describe('app: notes of windows', () => {
  it('tell whether their window is alive, gone, or not known', () => {
    const machine = new FakeMachine();
    const { identity } = machine.spawn('host', 'none');
    assert.equal(windowOf({ host: identity }, machine), 'alive');
    machine.end(identity.pid);
    assert.equal(windowOf({ host: identity }, machine), 'gone');
    assert.equal(windowOf({}, machine), 'unknown');
  });

  it('name their window, and one folder by whatever path it was opened', () => {
    const { kept, plain, real } = rig();
    const me = { pid: 7, born: 'me' };
    const ledger = signedLedger({ ledger: plain, window: () => me, realPath: real, folders: () => ['/link/shop'] });
    ledger.write(entry('/link/shop'));
    assert.deepEqual([...kept.values()], [{ ...entry('/link/shop'), folder: '/real/shop', host: me }]);
    assert.deepEqual(ledger.read('/link/shop', 'web')?.folder, '/link/shop');
    assert.deepEqual(ledger.read('/real/shop', 'web')?.run, 'r');
    assert.deepEqual(
      ledger.entries().map(({ folder }) => folder),
      ['/link/shop'],
    );
    ledger.remove(entry('/real/shop'));
    assert.equal(kept.size, 0);
  });

  it('of an earlier version are found and removed at the path by which they were written', () => {
    const { kept, plain, real } = rig();
    plain.write(entry('/link/shop'));
    const ledger = signedLedger({ ledger: plain, window: () => undefined, realPath: real, folders: () => ['/link/shop'] });
    assert.equal(ledger.read('/link/shop', 'web')?.run, 'r');
    ledger.remove(entry('/link/shop'));
    assert.equal(kept.size, 0);
  });
});
