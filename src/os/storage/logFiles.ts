/**
 * The output of services on disk, so that it can be read after a reload, and in a window that follows. One file for each service, of
 * whole lines of JSON; only the window that supervises a service writes its file. What cannot be written is only missing later.
 */
import { createHash } from 'node:crypto';
import { appendFile, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import * as path from 'node:path';
import type { Clock, Disposable } from '../../app/ports';
import { Slot } from '../../app/lifetime';
import { logLimits } from '../../core/output/logStore';
import type { LogLine, LogSlice, LogStore } from '../../core/output/logStore';

/** Lines that are written together. */
const batchMs = 200;

/** A file is written again, without what was dropped, when it has grown beyond this. */
const maxFileBytes = 3 * logLimits.bytes;

/** Only the user may read it: output may hold secrets. */
const modes = { folder: 0o700, file: 0o600 };

export class LogFiles implements Disposable {
  readonly #waiting = new Map<string, LogLine[]>();
  readonly #sizes = new Map<string, number>();
  readonly #timer = new Slot();
  readonly #subscription: Disposable;
  #writing: Promise<void> = Promise.resolve();

  constructor(
    private readonly directory: string,
    private readonly logs: LogStore,
    private readonly clock: Clock,
  ) {
    this.#subscription = logs.onDidAppend((identity, lines) => this.#take(identity, lines));
  }

  /** What is on disk of a service. Never rejects. */
  async read(identity: string): Promise<LogSlice> {
    await this.#writing;
    const text = await readFile(this.#file(identity), 'utf8').catch(() => '');
    this.#sizes.set(identity, Buffer.byteLength(text));
    const lines = text.split('\n').flatMap(lineIn);
    return { lines: lines.slice(-logLimits.lines), dropped: Math.max(0, lines.length - logLimits.lines) };
  }

  /** Settles when everything that was noted is on disk, or could not be written. */
  flush(): Promise<void> {
    this.#timer.dispose();
    const batches = [...this.#waiting];
    this.#waiting.clear();
    this.#writing = this.#writing.then(async () => {
      for (const [identity, lines] of batches) await this.#write(identity, lines).catch(() => undefined);
    });
    return this.#writing;
  }

  dispose(): void {
    this.#subscription.dispose();
    void this.flush();
  }

  #take(identity: string, lines: readonly LogLine[]): void {
    const waiting = this.#waiting.get(identity);
    if (waiting !== undefined) waiting.push(...lines);
    else this.#waiting.set(identity, [...lines]);
    if (this.#waiting.size === 1 && waiting === undefined) this.#timer.set(this.clock.after(batchMs, () => void this.flush()));
  }

  async #write(identity: string, lines: readonly LogLine[]): Promise<void> {
    const file = this.#file(identity);
    const text = textOf(lines);
    const size = (this.#sizes.get(identity) ?? 0) + Buffer.byteLength(text);
    await mkdir(this.directory, { recursive: true, mode: modes.folder });
    if (size <= maxFileBytes) {
      await appendFile(file, text, { mode: modes.file });
      this.#sizes.set(identity, size);
      return;
    }
    const whole = textOf(this.logs.read(identity).lines);
    await writeFile(`${file}.tmp`, whole, { mode: modes.file });
    await rename(`${file}.tmp`, file);
    this.#sizes.set(identity, Buffer.byteLength(whole));
  }

  #file(identity: string): string {
    return path.join(this.directory, `${createHash('sha256').update(identity).digest('hex').slice(0, 24)}.jsonl`);
  }
}

const textOf = (lines: readonly LogLine[]): string =>
  lines.map(({ seq, at, run, text }) => `${JSON.stringify([seq, at, run, text])}\n`).join('');

/** Empty for a line that was cut off. */
function lineIn(written: string): readonly LogLine[] {
  try {
    const value: unknown = JSON.parse(written);
    if (!Array.isArray(value)) return [];
    const [seq, at, run, text] = value as readonly unknown[];
    const isLine = typeof seq === 'number' && typeof at === 'number' && typeof run === 'string' && typeof text === 'string';
    return isLine ? [{ seq, at, run, text }] : [];
  } catch {
    return [];
  }
}
