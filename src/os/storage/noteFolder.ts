/**
 * A folder of small JSON files, each written at once and whole, so that two windows never spoil each other's notes. What the
 * system refuses (a virus scanner holds the file, the folder is read-only, the disk is full) is kept in memory and tried again.
 */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { Slot } from '../../app/lifetime';
import type { Clock, Disposable, Log } from '../../app/ports';

/** What of `node:fs` is used; tests hand in one that refuses. */
export type NoteFiles = Pick<typeof fs, 'mkdirSync' | 'readdirSync' | 'readFileSync' | 'renameSync' | 'rmSync' | 'writeFileSync'>;

export interface NoteParts {
  readonly log: Log;
  readonly clock: Clock;
  readonly files?: NoteFiles;
}

/** What could not be done yet. `before` is what the file held then: another window's note is never overwritten later. */
type Pending =
  | { readonly kind: 'write'; readonly text: string; readonly before: string | undefined }
  | { readonly kind: 'remove'; readonly before: string };

/** The first pause before another attempt; it doubles up to the longest. */
const firstRetryDelayMs = 1000;
const longestRetryDelayMs = 60_000;

export class NoteFolder implements Disposable {
  readonly #files: NoteFiles;
  readonly #pending = new Map<string, Pending>();
  readonly #retry = new Slot();
  #retryDelay = firstRetryDelayMs;
  #isOver = false;
  #isReported = false;

  /** `consequence` completes the one warning that is logged: what it means that notes cannot be written. */
  constructor(
    private readonly directory: string,
    private readonly parts: NoteParts,
    private readonly consequence: string,
  ) {
    this.#files = parts.files ?? fs;
  }

  /** Names of all notes. */
  names(): readonly string[] {
    const pending = [...this.#pending].filter(([, { kind }]) => kind === 'write').map(([name]) => name);
    try {
      const found = this.#files.readdirSync(this.directory).filter((name) => name.endsWith('.json'));
      return [...new Set([...found, ...pending])];
    } catch {
      // Nothing was ever written, so there is no folder.
      return pending;
    }
  }

  /** The value of a note; undefined when there is none, or when a power failure cut it off. */
  read(name: string): unknown {
    const pending = this.#pending.get(name);
    const text = pending?.kind === 'write' ? pending.text : this.#text(name);
    if (text === undefined || (pending?.kind === 'remove' && pending.before === text)) return undefined;
    try {
      return JSON.parse(text);
    } catch {
      return undefined;
    }
  }

  write(name: string, value: unknown): void {
    const text = JSON.stringify(value);
    this.#attempt(name, { kind: 'write', text, before: this.#text(name) });
  }

  remove(name: string): void {
    const before = this.#text(name);
    if (before === undefined) this.#pending.delete(name);
    else this.#attempt(name, { kind: 'remove', before });
  }

  /** Synchronous, with one more attempt at what is pending: the window may be closing, and nobody else knows of it. */
  dispose(): void {
    this.#isOver = true;
    this.#retry.dispose();
    this.#tryAgain();
  }

  #attempt(name: string, wanted: Pending): void {
    try {
      if (wanted.kind === 'write') this.#writeWhole(name, wanted.text);
      else this.#files.rmSync(path.join(this.directory, name), { force: true });
      this.#pending.delete(name);
    } catch (error) {
      this.#pending.set(name, wanted);
      this.#report(error);
      this.#retryLater();
    }
  }

  #retryLater(): void {
    if (!this.#isOver) this.#retry.set(this.parts.clock.after(this.#retryDelay, () => this.#tryAgain()));
  }

  #tryAgain(): void {
    this.#retryDelay = Math.min(longestRetryDelayMs, 2 * this.#retryDelay);
    for (const [name, wanted] of [...this.#pending]) {
      if (this.#text(name) === wanted.before) this.#attempt(name, wanted);
      else this.#pending.delete(name);
    }
    if (this.#pending.size === 0) this.#retryDelay = firstRetryDelayMs;
  }

  #writeWhole(name: string, text: string): void {
    const file = path.join(this.directory, name);
    const draft = `${file}.${process.pid}.tmp`;
    this.#files.mkdirSync(this.directory, { recursive: true, mode: 0o700 });
    try {
      // Command lines may hold secrets: only the user may read them.
      this.#files.writeFileSync(draft, text, { mode: 0o600 });
      this.#files.renameSync(draft, file);
    } catch (error) {
      this.#discard(draft);
      throw error;
    }
  }

  #discard(draft: string): void {
    try {
      this.#files.rmSync(draft, { force: true });
    } catch {
      // It is overwritten by the next attempt.
    }
  }

  #text(name: string): string | undefined {
    try {
      return this.#files.readFileSync(path.join(this.directory, name), 'utf8');
    } catch {
      return undefined;
    }
  }

  #report(error: unknown): void {
    if (this.#isReported) return;
    this.#isReported = true;
    this.parts.log.warn(`Notes in ${this.directory} cannot be changed, ${this.consequence}: ${String(error)}`);
  }
}
