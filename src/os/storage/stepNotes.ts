/** What became of setup steps, on disk: one small file per step. */
import type { Disposable, StepNote, StepNotes } from '../../app/ports';
import { isIdentity } from '../../core/model/process';
import { NoteFolder } from './noteFolder';
import type { NoteParts } from './noteFolder';
import { fileNameOf } from '../system/fileName';

export class FileStepNotes implements StepNotes, Disposable {
  readonly #notes: NoteFolder;

  constructor(directory: string, parts: NoteParts) {
    this.#notes = new NoteFolder(directory, parts, 'so setup steps may run once more');
  }

  /** Undefined when nothing is noted: then the files that the step makes are all there is to judge by. */
  read(key: string): StepNote | undefined {
    return noteOf(this.#notes.read(nameOf(key)));
  }

  write(key: string, note: StepNote): void {
    this.#notes.write(nameOf(key), note);
  }

  dispose(): void {
    this.#notes.dispose();
  }
}

const nameOf = (key: string): string => `${fileNameOf(key)}.json`;

function noteOf(value: unknown): StepNote | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { kind, at, marker, process: identity, host } = value as Partial<Record<string, unknown>>;
  if (kind === 'done' && typeof at === 'number') return { kind, at };
  if (kind !== 'begun' || typeof marker !== 'string') return undefined;
  return {
    ...{ kind, marker },
    ...(isIdentity(identity) ? { process: identity } : {}),
    ...(isIdentity(host) ? { host } : {}),
  };
}
