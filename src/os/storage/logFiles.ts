/**
 * The output of services on disk, so that it can be read after a reload, and in a window that follows. Two files for each service, of
 * whole lines of JSON: when the newer one is full, it takes the place of the older one. Only the window that supervises a service
 * writes its files. What cannot be written is only missing later, and is reported once.
 */
import { appendFile, mkdir, readFile, rename, stat } from 'node:fs/promises';
import * as path from 'node:path';
import type { Clock, Disposable } from '../../app/ports';
import { Slot } from '../../app/lifetime';
import { plainText } from '../../core/logs/styledText';
import type { LogLine, LogSlice, LogStore } from '../../core/output/logStore';
import { fileNameOf } from '../system/fileName';

/** Lines that are written together. */
const batchMs = 200;

/** Only the user may read it: output may hold secrets. */
const modes = { folder: 0o700, file: 0o600 };

export interface LogFilesParts {
  readonly logs: LogStore;
  readonly clock: Clock;
  /** Bytes that both files of a service have together; asked before each batch. */
  readonly maxBytes: () => number;
  /** Called with the cause when a batch cannot be written, and not again before one was written. */
  readonly failed: (cause: string) => void;
}

export class LogFiles implements Disposable {
  readonly #waiting = new Map<string, LogLine[]>();
  /** Bytes of the newer file, as far as it is known. */
  readonly #sizes = new Map<string, number>();
  readonly #timer = new Slot();
  readonly #subscription: Disposable;
  #writing: Promise<void> = Promise.resolve();
  #isFailing = false;

  constructor(
    private readonly directory: string,
    private readonly parts: LogFilesParts,
  ) {
    this.#subscription = parts.logs.onDidAppend((identity, lines) => this.#take(identity, lines));
  }

  /** The last `maxLines` lines that are on disk of a service, oldest first. Never rejects. */
  async read(identity: string, maxLines = Infinity): Promise<LogSlice> {
    await this.#writing;
    const { newer, older } = this.#files(identity);
    const texts = await Promise.all([older, newer].map((file) => readFile(file, 'utf8').catch(() => '')));
    const written = texts
      .join('')
      .split('\n')
      .filter((line) => line !== '');
    const dropped = Math.max(0, written.length - maxLines);
    return { lines: written.slice(dropped).flatMap(lineIn), dropped };
  }

  /** Settles when everything that was noted is on disk, or could not be written. */
  flush(): Promise<void> {
    this.#timer.dispose();
    const batches = [...this.#waiting];
    this.#waiting.clear();
    this.#writing = this.#writing.then(async () => {
      for (const [identity, lines] of batches) {
        try {
          await this.#write(identity, lines);
          this.#isFailing = false;
        } catch (error) {
          this.#sizes.delete(identity);
          if (!this.#isFailing) this.parts.failed(error instanceof Error ? error.message : String(error));
          this.#isFailing = true;
        }
      }
    });
    return this.#writing;
  }

  dispose(): void {
    this.#subscription.dispose();
    void this.flush();
  }

  #take(identity: string, lines: readonly LogLine[]): void {
    const waiting = this.#waiting.get(identity);
    if (waiting !== undefined) for (const line of lines) waiting.push(line);
    else this.#waiting.set(identity, [...lines]);
    if (this.#waiting.size === 1 && waiting === undefined)
      this.#timer.set(this.parts.clock.after(batchMs, () => void this.flush()));
  }

  async #write(identity: string, lines: readonly LogLine[]): Promise<void> {
    const { newer, older } = this.#files(identity);
    const known = this.#sizes.get(identity);
    const before = known ?? (await sizeOf(newer));
    if (before === undefined) await mkdir(this.directory, { recursive: true, mode: modes.folder });
    // The last line of an earlier window, or of a disk that was full, may have no end.
    const most = this.parts.maxBytes() / 2;
    const text = (known === undefined && before !== undefined ? '\n' : '') + textOf(lines, most - 1);
    const bytes = Buffer.byteLength(text);
    const isFull = before !== undefined && before > 0 && before + bytes > most;
    if (isFull) await rename(newer, older);
    await appendFile(newer, text, { mode: modes.file });
    this.#sizes.set(identity, (isFull ? 0 : (before ?? 0)) + bytes);
  }

  #files(identity: string): { readonly newer: string; readonly older: string } {
    const name = path.join(this.directory, fileNameOf(identity));
    return { newer: `${name}.jsonl`, older: `${name}.1.jsonl` };
  }
}

/** In bytes; undefined without a file. */
async function sizeOf(file: string): Promise<number | undefined> {
  try {
    return (await stat(file)).size;
  } catch {
    return undefined;
  }
}

/** Of more lines than fit, the latest. */
function textOf(lines: readonly LogLine[], maxBytes: number): string {
  const texts = lines.map(({ seq, at, run, text, styled }) => `${JSON.stringify([seq, at, run, styled ?? text])}\n`);
  let bytes = 0;
  const dropped = texts.findLastIndex((text) => (bytes += Buffer.byteLength(text)) > maxBytes);
  return texts.slice(dropped + 1).join('');
}

/** Empty for a line that was cut off. */
function lineIn(written: string): readonly LogLine[] {
  try {
    const value: unknown = JSON.parse(written);
    if (!Array.isArray(value)) return [];
    const [seq, at, run, styled] = value as readonly unknown[];
    if (typeof seq !== 'number' || typeof at !== 'number' || typeof run !== 'string' || typeof styled !== 'string') return [];
    const text = plainText(styled);
    return [text === styled ? { seq, at, run, text } : { seq, at, run, text, styled }];
  } catch {
    return [];
  }
}
