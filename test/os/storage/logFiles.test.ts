/** Output on disk: read again after a reload. */
import assert from 'node:assert/strict';
import { appendFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LogStore } from '../../../src/core/output/logStore';
import { systemClock as clock } from '../../../src/os/clock';
import { LogFiles } from '../../../src/os/storage/logFiles';
import type { LogFilesParts } from '../../../src/os/storage/logFiles';
import { makeScratch, removeScratch } from '../../support/scratch';

const open = (folder: string, logs: LogStore, more: Partial<LogFilesParts> = {}): LogFiles =>
  new LogFiles(folder, { logs, clock, maxBytes: () => 5_000_000, failed: (cause) => assert.fail(cause), ...more });

describe('os/storage: logFiles', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await makeScratch('logs');
  });

  afterEach(() => removeScratch(folder));

  it('gives the next window every line, with time, run and cursor', async () => {
    const before = new LogStore();
    const files = open(folder, before);
    before.append('web', 'r1', ['one', 'tw\u00f6 "quoted"'], 5);
    before.append('api', 'r2', ['other'], 6);
    await files.flush();
    before.append('web', 'r1', ['three'], 7);
    files.dispose();
    await files.flush();
    const store = new LogStore();
    const next = open(folder, store);
    store.restore('web', await next.read('web'));
    assert.deepEqual(store.read('web'), before.read('web'));
    store.append('web', 'r1', ['four'], 8);
    await next.flush();
    assert.deepEqual(
      (await next.read('web')).lines.map(({ text }) => text),
      ['one', 'tw\u00f6 "quoted"', 'three', 'four'],
    );
    next.dispose();
  });

  it('leaves out a line that was cut off, and is empty for an unknown service', async () => {
    const store = new LogStore();
    const files = open(folder, store);
    store.append('web', 'r1', ['one'], 5);
    await files.flush();
    const [name = ''] = await readdir(folder);
    await appendFile(join(folder, name), '[1,2,"r1');
    assert.deepEqual(
      (await files.read('web')).lines.map(({ text }) => text),
      ['one'],
    );
    assert.deepEqual(await files.read('api'), { lines: [], dropped: 0 });
    // On Windows the folder's own rights decide.
    if (process.platform !== 'win32') assert.equal((await stat(join(folder, name))).mode & 0o077, 0);
    files.dispose();
  });

  it('keeps colors', async () => {
    const store = new LogStore();
    const files = open(folder, store);
    store.append('web', 'r1', [{ text: 'red', styled: '\u001b[31mred\u001b[0m' }, 'plain'], 5);
    await files.flush();
    assert.deepEqual((await files.read('web')).lines, store.read('web').lines);
    files.dispose();
  });

  it('is two files for each service that together stay within the limit, and keeps the latest lines', async () => {
    const store = new LogStore();
    const files = open(folder, store, { maxBytes: () => 1_000_000 });
    for (let at = 0; at < 30; at += 1) {
      const texts = Array.from({ length: 100 }, (_, index) => `${at} ${index} ${'x'.repeat(1000)}`);
      store.append('web', 'r1', texts, at);
      await files.flush();
    }
    const names = await readdir(folder);
    const sizes = await Promise.all(names.map(async (name) => (await stat(join(folder, name))).size));
    const total = sizes.reduce((sum, size) => sum + size, 0);
    assert.equal(names.length, 2);
    assert.ok(total <= 1_000_000 && total > 400_000, String(total));
    const { lines } = await files.read('web');
    assert.match(lines.at(-1)?.text ?? '', /^29 99 /);
    assert.deepEqual(
      lines.map(({ seq }) => seq),
      lines.map(({ seq }) => seq).toSorted((a, b) => a - b),
    );
    files.dispose();
    await files.flush();
  });

  it('keeps the latest lines of a batch that is larger than the limit', async () => {
    const store = new LogStore();
    const files = open(folder, store, { maxBytes: () => 100_000 });
    const texts = Array.from({ length: 1000 }, (_, index) => `${index} ${'x'.repeat(1000)}`);
    store.append('web', 'r1', texts, 1);
    await files.flush();
    store.append('web', 'r1', ['after it'], 2);
    await files.flush();
    const names = await readdir(folder);
    const sizes = await Promise.all(names.map(async (name) => (await stat(join(folder, name))).size));
    assert.ok(Math.max(...sizes) <= 50_000, sizes.join());
    const { lines } = await files.read('web');
    assert.deepEqual([lines.at(-2)?.text.slice(0, 4), lines.at(-1)?.text], ['999 ', 'after it']);
    assert.ok(lines.length > 40, String(lines.length));
    files.dispose();
  });

  it('reads the last lines only when so many are requested, and counts the others', async () => {
    const store = new LogStore();
    const files = open(folder, store);
    store.append('web', 'r1', ['one', 'two', 'three'], 5);
    await files.flush();
    const { lines, dropped } = await files.read('web', 2);
    assert.deepEqual([lines.map(({ text }) => text), dropped], [['two', 'three'], 1]);
    files.dispose();
  });

  it('begins a line of its own after one that was cut off', async () => {
    const store = new LogStore();
    const before = open(folder, store);
    store.append('web', 'r1', ['one'], 5);
    await before.flush();
    before.dispose();
    const [name = ''] = await readdir(folder);
    await appendFile(join(folder, name), '[1,2,"r1');
    const files = open(folder, store);
    store.append('web', 'r1', ['two'], 6);
    await files.flush();
    assert.deepEqual(
      (await files.read('web')).lines.map(({ text }) => text),
      ['one', 'two'],
    );
    files.dispose();
  });

  it('reports once that nothing can be written, and again after something was written', async () => {
    const store = new LogStore();
    const causes: string[] = [];
    const place = join(folder, 'taken');
    await writeFile(place, '');
    const files = open(place, store, { failed: (cause) => causes.push(cause) });
    const write = async (text: string): Promise<void> => {
      store.append('web', 'r1', [text], 5);
      await files.flush();
    };
    await write('one');
    await write('two');
    assert.equal(causes.length, 1);
    assert.deepEqual(
      store.read('web').lines.map(({ text }) => text),
      ['one', 'two'],
    );
    await rm(place);
    await write('three');
    await rm(place, { recursive: true });
    await writeFile(place, '');
    await write('four');
    assert.equal(causes.length, 2);
    files.dispose();
  });
});
