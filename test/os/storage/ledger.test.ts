/** The ledger on disk: other windows, damaged files, and a system that refuses. */
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import { join } from 'node:path';
import type { LedgerEntry } from '../../../src/app/ports';
import { FileLedger } from '../../../src/os/storage/ledger';
import type { NoteFiles } from '../../../src/os/storage/noteFolder';
import { FakeClock } from '../../support/fakes/clock';
import { makeScratch, removeScratch } from '../../support/scratch';

const entry = (run: string, changes: Partial<LedgerEntry> = {}): LedgerEntry => ({
  folder: '/shop',
  key: 'web',
  run,
  process: { pid: 7, born: 'b' },
  command: 'node server.js',
  cwd: '/shop',
  startedAt: 5,
  ...changes,
});

/** A file system that can be made to refuse every change with an error code. */
class RefusingFiles implements NoteFiles {
  code: string | undefined;
  readonly mkdirSync = fs.mkdirSync;
  readonly readdirSync = fs.readdirSync;
  readonly readFileSync = fs.readFileSync;
  readonly writeFileSync = fs.writeFileSync;

  renameSync = (from: fs.PathLike, to: fs.PathLike): void => {
    this.#check();
    fs.renameSync(from, to);
  };

  rmSync = (file: fs.PathLike, options?: fs.RmOptions): void => {
    if (!String(file).endsWith('.tmp')) this.#check();
    fs.rmSync(file, options);
  };

  #check(): void {
    if (this.code !== undefined) throw Object.assign(new Error(`${this.code}: refused`), { code: this.code });
  }
}

let folder: string;
beforeEach(async () => (folder = await makeScratch('ledger')));
afterEach(() => removeScratch(folder));

function ledgerWith(files = new RefusingFiles()) {
  const clock = new FakeClock();
  const warnings: string[] = [];
  const log = { info: () => undefined, warn: (message: string) => void warnings.push(message), error: () => undefined };
  return { ledger: new FileLedger(folder, { log, clock, files }), files, clock, warnings };
}

describe('os: ledger', () => {
  it('writes no password of a command line', () => {
    const { ledger } = ledgerWith();
    ledger.write(entry('r1', { command: 'web --token abcd1234 --port 3000' }));
    assert.equal(ledger.read('/shop', 'web')?.command, 'web --token [removed] --port 3000');
  });

  if (process.platform !== 'win32')
    it('makes files and folders that only the user can read', () => {
      const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
      const inner = join(folder, 'a', 'ledger');
      new FileLedger(inner, { log, clock: new FakeClock() }).write(entry('r1'));
      const modeOf = (path: string): number => fs.statSync(path).mode & 0o777;
      assert.deepEqual(
        fs.readdirSync(inner).map((name) => modeOf(join(inner, name))),
        [0o600],
      );
      assert.deepEqual([modeOf(inner), modeOf(join(folder, 'a'))], [0o700, 0o700]);
    });

  it('returns in the next window what was written, for this folder and key only', () => {
    ledgerWith().ledger.write(entry('r1'));
    const next = ledgerWith().ledger;
    assert.deepEqual(next.read('/shop', 'web'), entry('r1'));
    assert.deepEqual([next.read('/shop', 'api'), next.read('/blog', 'web')], [undefined, undefined]);
    assert.deepEqual(next.entries(), [entry('r1')]);
  });

  it('removes the entry of one run and keeps the entry that another window wrote since', () => {
    const { ledger } = ledgerWith();
    ledger.write(entry('r1'));
    ledgerWith().ledger.write(entry('r2'));
    ledger.remove(entry('r1'));
    assert.equal(ledger.read('/shop', 'web')?.run, 'r2');
    ledger.remove(entry('r2'));
    assert.deepEqual([ledger.read('/shop', 'web'), fs.readdirSync(folder)], [undefined, []]);
  });

  it('takes a damaged file for no entry', () => {
    const { ledger } = ledgerWith();
    ledger.write(entry('r1'));
    const [name = ''] = fs.readdirSync(folder);
    for (const text of ['', '{', 'null', '[]', '{"folder":"/shop","key":"web","run":"r1"}']) {
      fs.writeFileSync(join(folder, name), text);
      assert.deepEqual([ledger.read('/shop', 'web'), ledger.entries()], [undefined, []], text);
    }
  });

  for (const code of ['EPERM', 'EBUSY', 'EACCES', 'ENOSPC', 'EROFS']) {
    it(`remembers a removal that fails with ${code}, logs it once, and removes the file later`, async () => {
      const { ledger, files, clock, warnings } = ledgerWith();
      ledger.write(entry('r1'));
      files.code = code;
      ledger.remove(entry('r1'));
      ledger.remove(entry('r1'));
      assert.deepEqual([ledger.read('/shop', 'web'), ledger.entries()], [undefined, []]);
      await clock.turn(10_000);
      assert.equal(warnings.length, 1);
      files.code = undefined;
      await clock.turn(60_000);
      assert.deepEqual([fs.readdirSync(folder), clock.pending], [[], 0]);
    });

    it(`remembers an entry that cannot be written because of ${code}, and writes it later`, async () => {
      const { ledger, files, clock, warnings } = ledgerWith();
      files.code = code;
      ledger.write(entry('r1'));
      assert.deepEqual([ledger.read('/shop', 'web')?.run, ledger.entries().length], ['r1', 1]);
      assert.deepEqual([warnings.length, fs.readdirSync(folder)], [1, []]);
      files.code = undefined;
      await clock.turn(60_000);
      assert.equal(ledgerWith().ledger.read('/shop', 'web')?.run, 'r1');
    });
  }

  it('never writes later over what another window wrote meanwhile', async () => {
    const { ledger, files, clock } = ledgerWith();
    files.code = 'EBUSY';
    ledger.write(entry('r1'));
    ledgerWith().ledger.write(entry('r2'));
    files.code = undefined;
    await clock.turn(60_000);
    assert.equal(ledger.read('/shop', 'web')?.run, 'r2');
  });

  it('writes and removes at its end what the system refused before', () => {
    const { ledger, files } = ledgerWith();
    ledger.write(entry('r0', { key: 'worker' }));
    files.code = 'ENOSPC';
    ledger.write(entry('r1'));
    ledger.remove(entry('r0', { key: 'worker' }));
    files.code = undefined;
    ledger.dispose();
    const left = ledgerWith().ledger.entries();
    assert.deepEqual(
      left.map(({ run }) => run),
      ['r1'],
    );
  });

  it('has no timer left after it is disposed', () => {
    const { ledger, files, clock } = ledgerWith();
    files.code = 'EBUSY';
    ledger.write(entry('r1'));
    ledger.dispose();
    ledger.remove(entry('r1'));
    assert.equal(clock.pending, 0);
  });
});
