/**
 * What the user agreed to run, on disk: one small file per service, in the extension's own storage, where no file of a workspace can
 * write it. All windows share it: the one that takes over a folder restarts what the user started in another.
 */
import type { Agreement, AgreementMemory } from '../../app/consent/consent';
import type { Disposable } from '../../app/ports';
import { NoteFolder } from './noteFolder';
import type { NoteParts } from './noteFolder';
import { fileNameOf } from '../system/fileName';

export class FileAgreements implements AgreementMemory, Disposable {
  readonly #notes: NoteFolder;

  constructor(directory: string, parts: NoteParts) {
    this.#notes = new NoteFolder(directory, parts, 'so consent to automatic starts may be asked for again');
  }

  read(agreement: Agreement, identity: string): string | undefined {
    const value = this.#notes.read(nameOf(agreement, identity));
    if (typeof value !== 'object' || value === null || !('fingerprint' in value)) return undefined;
    return typeof value.fingerprint === 'string' ? value.fingerprint : undefined;
  }

  write(agreement: Agreement, identity: string, fingerprint: string): void {
    if (this.read(agreement, identity) !== fingerprint) this.#notes.write(nameOf(agreement, identity), { fingerprint });
  }

  dispose(): void {
    this.#notes.dispose();
  }
}

const nameOf = (agreement: Agreement, identity: string): string => `${agreement}-${fileNameOf(identity)}.json`;
