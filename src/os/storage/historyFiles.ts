/**
 * The histories of services on disk: one file for each, of whole lines of JSON. Only the window that supervises a service appends to its
 * file, in one call per batch, so that lines of two windows never mix. A file that grows too long is written again and renamed into place.
 */
import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import * as path from 'node:path';
import { Slot } from '../../app/lifetime';
import type { HistoryStorage } from '../../app/history/ports';
import type { Clock, Disposable } from '../../app/ports';
import { entriesIn, lineOf } from '../../core/history/lines';
import { bounded, entriesOf, historyOf } from '../../core/history/record';
import type { HistoryEntry } from '../../core/history/record';
import { errorCode } from '../system/errorCode';
import { fileNameOf } from '../system/fileName';

/** No file is longer. */
const maxFileBytes = 2_000_000;

/** Pause before entries are written, in ms: events soon, samples together. */
const delays = { event: 500, sample: 60_000 };

const unusedMs = 7 * 24 * 3_600_000;

/** So many entries that the disk refuses are kept for the next attempt; older ones are only in memory. */
const maxWaiting = 2000;

/** Reasons may hold what a service has printed. */
const modes = { folder: 0o700, file: 0o600 };

export interface HistoryFileReports {
  /** A file was damaged; what could be read of it goes on in a new one. */
  setAside(file: string): void;
  /** Called once: entries are kept in memory from now on, as long as the disk refuses them. */
  cannotWrite(why: string): void;
}

/** What of `node:fs/promises` a batch is written by; tests hand in one that refuses. */
export type AppendFile = (file: string, text: string) => Promise<void>;

export class HistoryFiles implements HistoryStorage, Disposable {
  readonly #waiting = new Map<string, HistoryEntry[]>();
  readonly #timer = new Slot();
  #due = Infinity;
  #queue: Promise<void> = Promise.resolve();
  #reports: HistoryFileReports;

  constructor(
    private readonly directory: string,
    private readonly clock: Clock,
    reports: HistoryFileReports,
    private readonly appendTo: AppendFile = appendWhole,
  ) {
    this.#reports = reports;
  }

  async read(identity: string, owner: 'thisWindow' | 'anotherWindow'): Promise<readonly HistoryEntry[]> {
    return this.#inTurn(async () => {
      const file = this.#file(identity);
      const text = await readFile(file, 'utf8').catch(() => '');
      const { entries, isDamaged } = entriesIn(text);
      if (owner === 'anotherWindow') return entries;
      if (isDamaged) await this.#setAside(file, entries);
      else if (text !== '' && !text.endsWith('\n')) await rewrite(file, entries).catch(() => undefined);
      return entries;
    });
  }

  append(identity: string, entries: readonly HistoryEntry[]): void {
    if (entries.length === 0) return;
    const waiting = [...(this.#waiting.get(identity) ?? []), ...entries].slice(-maxWaiting);
    this.#waiting.set(identity, waiting);
    this.#schedule(entries.some(({ kind }) => kind !== 'sample') ? delays.event : delays.sample);
  }

  /** Removes the files of services that nothing was recorded of for a week, such as those of deleted folders. Never rejects. */
  prune(): Promise<void> {
    return this.#inTurn(async () => {
      for (const name of await readdir(this.directory).catch(() => [])) {
        const file = path.join(this.directory, name);
        const found = await stat(file).catch(() => undefined);
        if (found !== undefined && found.mtimeMs < this.clock.now() - unusedMs)
          await rm(file, { force: true }).catch(() => undefined);
      }
    });
  }

  /** Settles when what was appended is on disk, or was refused. */
  flush(): Promise<void> {
    this.#timer.dispose();
    this.#due = Infinity;
    return this.#inTurn(async () => {
      if (this.#waiting.size === 0) return;
      const folder = mkdir(this.directory, { recursive: true, mode: modes.folder });
      for (const [identity, entries] of [...this.#waiting]) {
        this.#waiting.delete(identity);
        await folder
          .then(() => this.#write(identity, entries))
          .catch((error: unknown) => this.#refused(identity, entries, error));
      }
    });
  }

  dispose(): void {
    void this.flush();
  }

  #schedule(delay: number): void {
    const due = this.clock.elapsed() + delay;
    if (due >= this.#due) return;
    this.#due = due;
    this.#timer.set(this.clock.after(delay, () => void this.flush()));
  }

  #refused(identity: string, entries: readonly HistoryEntry[], error: unknown): void {
    this.#waiting.set(identity, [...entries, ...(this.#waiting.get(identity) ?? [])].slice(-maxWaiting));
    this.#reportOnce(errorCode(error) || String(error));
  }

  async #write(identity: string, entries: readonly HistoryEntry[]): Promise<void> {
    const file = this.#file(identity);
    const text = entries.map(lineOf).join('');
    const size = await stat(file).then(
      (found) => found.size,
      () => 0,
    );
    if (size + Buffer.byteLength(text) <= maxFileBytes) return this.appendTo(file, text);
    // What another window has appended stays.
    const kept = [...entriesIn(await readFile(file, 'utf8')).entries, ...entries];
    await rewrite(file, half(entriesOf(bounded(historyOf(kept), this.clock.now()))));
  }

  async #setAside(file: string, entries: readonly HistoryEntry[]): Promise<void> {
    const aside = `${file}.damaged`;
    try {
      await rename(file, aside);
      await rewrite(file, entries);
      this.#reports.setAside(aside);
    } catch (error) {
      this.#reportOnce(errorCode(error) || String(error));
    }
  }

  #reportOnce(why: string): void {
    this.#reports.cannotWrite(why);
    this.#reports = { ...this.#reports, cannotWrite: () => undefined };
  }

  /** Reads and writes follow each other. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#queue.then(work);
    this.#queue = done.then(
      () => undefined,
      () => undefined,
    );
    return done;
  }

  #file(identity: string): string {
    return path.join(this.directory, `${fileNameOf(identity)}.jsonl`);
  }
}

/** Whole, or not at all: what the disk took of a refused batch is cut off again. */
async function appendWhole(file: string, text: string): Promise<void> {
  const handle = await open(file, 'a', modes.file);
  try {
    const { size } = await handle.stat();
    await handle.appendFile(text).catch(async (error: unknown) => {
      await handle.truncate(size).catch(() => undefined);
      throw error;
    });
  } finally {
    await handle.close();
  }
}

/** Under a name that no other window uses, and renamed into place. */
async function rewrite(file: string, entries: readonly HistoryEntry[]): Promise<void> {
  const whole = `${file}.${randomUUID()}.tmp`;
  try {
    await writeFile(whole, entries.map(lineOf).join(''), { mode: modes.file });
    await rename(whole, file);
  } catch (error) {
    await rm(whole, { force: true }).catch(() => undefined);
    throw error;
  }
}

/** The newest entries that leave half of the room, so that a file is not written again soon. */
function half(entries: readonly HistoryEntry[]): readonly HistoryEntry[] {
  let bytes = 0;
  const first = entries.findLastIndex((entry) => (bytes += Buffer.byteLength(lineOf(entry))) > maxFileBytes / 2);
  return entries.slice(first + 1);
}
