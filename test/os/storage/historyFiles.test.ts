/** Histories on disk: read again after a reload, bounded, and safe from damage, a full disk and a second window. */
import assert from 'node:assert/strict';
import { appendFile, readdir, readFile, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { HistoryEntry, HistoryEvent } from '../../../src/core/history/record';
import { systemClock as clock } from '../../../src/os/clock';
import { HistoryFiles } from '../../../src/os/storage/historyFiles';
import { makeScratch, removeScratch } from '../../support/scratch';
import { itOn, notWine, posix } from '../../support/systems';

const event = (what: HistoryEvent['what'], at = Date.now()): HistoryEvent => ({
  ...{ kind: 'event', at, what, run: 'run1', reason: 'It "broke".' },
  by: { kind: 'agent', who: 'Copilot' },
});
const whats = (entries: readonly HistoryEntry[]): readonly string[] =>
  entries.map((entry) => (entry.kind === 'event' ? entry.what : entry.kind));

describe('os/storage: historyFiles', () => {
  let folder: string;
  const reports: string[] = [];

  const filesOf = (append?: (file: string, text: string) => Promise<void>): HistoryFiles =>
    new HistoryFiles(
      folder,
      clock,
      { setAside: (file) => void reports.push(`set aside ${file.slice(-8)}`), cannotWrite: (why) => void reports.push(why) },
      append,
    );
  const onlyFile = async (): Promise<string> =>
    join(folder, (await readdir(folder)).find((name) => name.endsWith('.jsonl')) ?? '');

  beforeEach(async () => {
    folder = await makeScratch('history');
    reports.length = 0;
  });

  afterEach(() => removeScratch(folder));

  it('gives the next window every entry as it was', async () => {
    const files = filesOf();
    const entries: readonly HistoryEntry[] = [
      event('started'),
      { kind: 'verdict', at: 5, run: 'run1', code: 'crashed', title: 'It crashed.', short: 'crash' },
      { kind: 'sample', at: 6, cpu: 12.5, memory: 1024, latency: 3 },
      { kind: 'sample', at: 7, memory: 1024 },
    ];
    files.append('web', entries);
    files.append('api', [event('failed')]);
    await files.flush();
    assert.deepEqual(await filesOf().read('web', 'thisWindow'), entries);
    assert.deepEqual(whats(await filesOf().read('api', 'thisWindow')), ['failed']);
    assert.deepEqual(await filesOf().read('none', 'thisWindow'), []);
  });

  itOn(posix, 'has files that only the user can read', async () => {
    const files = filesOf();
    files.append('web', [event('started')]);
    await files.flush();
    assert.equal((await stat(await onlyFile())).mode & 0o777, 0o600);
  });

  it('goes on after a line that was cut off, without a report', async () => {
    const files = filesOf();
    files.append('web', [event('started')]);
    await files.flush();
    await appendFile(await onlyFile(), '{"kind":"ev');
    const next = filesOf();
    assert.deepEqual(whats(await next.read('web', 'thisWindow')), ['started']);
    next.append('web', [event('ready')]);
    await next.flush();
    assert.deepEqual(whats(await next.read('web', 'thisWindow')), ['started', 'ready']);
    assert.deepEqual(reports, []);
  });

  it('sets a damaged file aside, keeps what can be read, and reports it once', async () => {
    const files = filesOf();
    files.append('web', [event('started'), event('ready')]);
    await files.flush();
    const file = await onlyFile();
    const text = await readFile(file, 'utf8');
    await writeFile(file, `\0\0${text.slice(20)}`);
    const next = filesOf();
    assert.deepEqual(whats(await next.read('web', 'thisWindow')), ['ready']);
    assert.deepEqual(whats(await next.read('web', 'thisWindow')), ['ready']);
    assert.deepEqual(reports, ['set aside .damaged']);
    assert.equal((await readFile(`${file}.damaged`, 'utf8')).slice(0, 2), '\0\0');
  });

  it('changes nothing of a file that another window keeps', async () => {
    const files = filesOf();
    files.append('web', [event('started')]);
    await files.flush();
    await appendFile(await onlyFile(), '\0\n');
    assert.deepEqual(whats(await filesOf().read('web', 'anotherWindow')), ['started']);
    assert.deepEqual([(await readdir(folder)).length, reports], [1, []]);
  });

  // Wine 8 looks for the end of a file before it writes there; Windows does both at once, as POSIX systems do.
  itOn(notWine, 'keeps the entries of two windows that append to one file', async () => {
    const [first, second] = [filesOf(), filesOf()];
    for (let count = 0; count < 50; count += 1) {
      first.append('web', [event('started')]);
      second.append('web', [event('ready')]);
      await Promise.all([first.flush(), second.flush()]);
    }
    const read = whats(await filesOf().read('web', 'thisWindow'));
    assert.deepEqual([read.filter((what) => what === 'started').length, read.length, reports], [50, 100, []]);
  });

  it('never grows beyond 2 MB, and keeps the newest entries', async () => {
    const files = filesOf();
    const entries = Array.from({ length: 4000 }, (_, index): HistoryEntry => {
      const at = Date.now() + index;
      return { kind: 'verdict', at, run: 'run1', code: 'crashed', title: 'x'.repeat(900), short: String(index) };
    });
    for (let index = 0; index < entries.length; index += 100) {
      files.append('web', entries.slice(index, index + 100));
      await files.flush();
      assert.ok((await stat(await onlyFile())).size <= 2_000_000);
    }
    const last = entriesAtEnd(await files.read('web', 'thisWindow'));
    assert.equal(last, '3999');
    assert.deepEqual(reports, []);
  });

  it('removes files that nothing was added to for a week, and no other', async () => {
    const files = filesOf();
    files.append('old', [event('started')]);
    files.append('web', [event('started')]);
    await files.flush();
    const weekAgo = Date.now() / 1000 - 8 * 24 * 3600;
    const [first = ''] = await readdir(folder);
    await utimes(join(folder, first), weekAgo, weekAgo);
    await files.prune();
    assert.equal((await readdir(folder)).includes(first), false);
    assert.equal((await readdir(folder)).length, 1);
  });

  it('reports a full disk once, and writes what it kept when there is room again', async () => {
    let isFull = true;
    const files = filesOf(async (file, text) => {
      if (isFull) throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
      await appendFile(file, text);
    });
    for (const what of ['started', 'ready', 'failed'] as const) {
      files.append('web', [event(what)]);
      await files.flush();
    }
    assert.deepEqual(reports, ['ENOSPC']);
    isFull = false;
    files.append('web', [event('restarted')]);
    await files.flush();
    assert.deepEqual(whats(await files.read('web', 'thisWindow')), ['started', 'ready', 'failed', 'restarted']);
    assert.deepEqual(reports, ['ENOSPC']);
  });
});

const entriesAtEnd = (entries: readonly HistoryEntry[]): string | undefined => {
  const last = entries.at(-1);
  return last?.kind === 'verdict' ? last.short : undefined;
};
