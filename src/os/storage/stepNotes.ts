/** What became of setup steps, on disk: one small file a step, written at once and whole. */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import type { Log, StepNote, StepNotes } from '../../app/ports';
import { isIdentity } from '../../core/model/process';

export class FileStepNotes implements StepNotes {
  constructor(
    private readonly directory: string,
    private readonly log: Log,
  ) {}

  read(key: string): StepNote | undefined {
    try {
      return noteOf(JSON.parse(readFileSync(this.#file(key), 'utf8')));
    } catch {
      // No file, or one cut off by a power failure: then the files that the step makes are all that tells.
      return undefined;
    }
  }

  write(key: string, note: StepNote): void {
    const file = this.#file(key);
    const draft = `${file}.${process.pid}.tmp`;
    try {
      mkdirSync(this.directory, { recursive: true });
      writeFileSync(draft, JSON.stringify(note));
      renameSync(draft, file);
    } catch (error) {
      this.log.warn(`A setup step could not be noted in ${this.directory}, so it may run once more: ${String(error)}`);
    }
  }

  #file(key: string): string {
    return path.join(this.directory, `${createHash('sha256').update(key).digest('hex').slice(0, 24)}.json`);
  }
}

function noteOf(value: unknown): StepNote | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { kind, at, marker, process: identity, window } = value as Partial<Record<string, unknown>>;
  if (kind === 'done' && typeof at === 'number') return { kind, at };
  if (kind !== 'begun' || typeof marker !== 'string') return undefined;
  return {
    ...{ kind, marker },
    ...(isIdentity(identity) ? { process: identity } : {}),
    ...(isIdentity(window) ? { window } : {}),
  };
}
