/**
 * Leases as files, one for each generation: a file is never changed by anybody but its holder, and of all who make the same one exactly one
 * succeeds. The highest number counts. It never disappears while a lower one can still be made: a released lease keeps its number, and
 * old numbers are removed long after.
 */
import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import * as path from 'node:path';
import type { Log } from '../../app/ports';
import type { Address, Claim, Holder, Lease, Leases } from '../../app/sharing/ports';
import { known, unavailable } from '../../core/model/process';
import type { Reading } from '../../core/model/process';
import { errorCode } from '../system/errorCode';
import { fileNameOf } from '../system/fileName';
import { linked, modes, readIfThere } from '../system/onceFile';

/** A contender that looked before this time has long claimed or given up. */
const keepOldMs = 60_000;

/** Longer than any window stays open. */
const keepPreparedMs = 90 * 24 * 60 * 60_000;

export class FileLeases implements Leases {
  constructor(
    private readonly directory: string,
    private readonly log: Log,
  ) {}

  read(place: string): Reading<Lease | undefined> {
    try {
      // One that was replaced by a newer one between the two steps is looked for again.
      for (let tries = 0; tries < 3; tries += 1) {
        const generation = this.#newest(place);
        if (generation === 0) return known(undefined);
        const text = readIfThere(this.#file(place, generation));
        if (text !== undefined) return known({ generation, holder: holderIn(text) });
      }
      return unavailable('it changes all the time');
    } catch (error) {
      return unavailable(String(error));
    }
  }

  prepare(holder: Holder): void {
    try {
      mkdirSync(this.directory, { recursive: true, mode: modes.folder });
      const text = JSON.stringify(holder);
      const file = this.#prepared(text);
      if (readIfThere(file) !== text) this.#writeWhole(file, text);
      this.#removeForgotten();
    } catch (error) {
      this.log.warn(`A lease in ${this.directory} could not be prepared: ${String(error)}`);
    }
  }

  forget(holder: Holder): void {
    try {
      rmSync(this.#prepared(JSON.stringify(holder)), { force: true });
    } catch {
      // It is removed as what a window that was killed has left.
    }
  }

  claim(place: string, generation: number, holder: Holder): Claim {
    const file = this.#file(place, generation);
    try {
      mkdirSync(this.directory, { recursive: true, mode: modes.folder });
      if (!this.#create(file, holder)) return { kind: 'lost' };
      if (this.#newest(place) === generation) {
        this.#removeOld(place, generation);
        return { kind: 'won' };
      }
      rmSync(file, { force: true });
      return { kind: 'lost' };
    } catch (error) {
      return { kind: 'unavailable', why: String(error) };
    }
  }

  release(place: string, generation: number): void {
    if (generation === 0) return;
    const file = this.#file(place, generation);
    try {
      // An empty file needs no room on a full disk, and is no lease of anybody.
      this.#writeWhole(file, '');
    } catch (error) {
      // Others see that this process is gone.
      this.log.warn(`The lease in ${this.directory} could not be released: ${String(error)}`);
    }
  }

  #writeWhole(file: string, text: string): void {
    const draft = this.#draft();
    try {
      writeFileSync(draft, text, { mode: modes.file });
      renameSync(draft, file);
    } finally {
      rmSync(draft, { force: true });
    }
  }

  /** False when another window has made the file. With a link the file has all its contents as soon as it exists. */
  #create(file: string, holder: Holder): boolean {
    const text = JSON.stringify(holder);
    const prepared = this.#prepared(text);
    if (readIfThere(prepared) === text) return linked(prepared, file, text);
    const draft = this.#draft();
    try {
      writeFileSync(draft, text, { mode: modes.file });
      return linked(draft, file, text);
    } finally {
      rmSync(draft, { force: true });
    }
  }

  /** 0 when there is none. */
  #newest(place: string): number {
    return Math.max(0, ...this.#generations(place));
  }

  #generations(place: string): readonly number[] {
    const prefix = `${nameOf(place)}.`;
    return listIfThere(this.directory)
      .filter((name) => name.startsWith(prefix) && name.endsWith('.lease'))
      .map((name) => Number(name.slice(prefix.length, -'.lease'.length)))
      .filter((number) => Number.isSafeInteger(number) && number > 0);
  }

  #removeOld(place: string, generation: number): void {
    for (const old of this.#generations(place)) {
      const file = this.#file(place, old);
      const age = Date.now() - (statSync(file, { throwIfNoEntry: false })?.ctimeMs ?? Date.now());
      if (old < generation && age > keepOldMs) rmSync(file, { force: true });
    }
  }

  /** What windows that were killed have prepared. */
  #removeForgotten(): void {
    for (const name of listIfThere(this.directory).filter((each) => each.endsWith('.holder'))) {
      const file = path.join(this.directory, name);
      const age = Date.now() - (statSync(file, { throwIfNoEntry: false })?.ctimeMs ?? Date.now());
      if (age > keepPreparedMs) rmSync(file, { force: true });
    }
  }

  #prepared(text: string): string {
    return path.join(this.directory, `${fileNameOf(text)}.holder`);
  }

  #file(place: string, generation: number): string {
    return path.join(this.directory, `${nameOf(place)}.${generation}.lease`);
  }

  #draft(): string {
    return path.join(this.directory, `${randomUUID()}.tmp`);
  }
}

/** A home that several machines share: the pids of one mean nothing on another. */
const nameOf = (place: string): string => fileNameOf(`${hostname()}\0${place}`);

function listIfThere(directory: string): readonly string[] {
  try {
    return readdirSync(directory);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return [];
    throw error;
  }
}

/** Undefined for a released lease, which is empty, and for one that was cut off by a power failure. */
function holderIn(text: string): Holder | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null) return undefined;
    const { pid, born, window, address } = value as Partial<Record<keyof Holder, unknown>>;
    if (typeof pid !== 'number' || !Number.isSafeInteger(pid) || typeof window !== 'string') return undefined;
    return {
      ...{ pid, window },
      ...(typeof born === 'string' ? { born } : {}),
      ...(isAddress(address) ? { address } : {}),
    };
  } catch {
    return undefined;
  }
}

function isAddress(value: unknown): value is Address {
  if (typeof value !== 'object' || value === null) return false;
  return 'path' in value && typeof value.path === 'string' && 'token' in value && typeof value.token === 'string';
}
