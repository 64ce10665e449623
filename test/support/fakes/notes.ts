/** The ledger as one extension host sees it: what the disk does not take is kept in memory until it does. */
import type { Ledger, LedgerEntry } from '../../../src/app/ports';

interface Pending {
  readonly entry: LedgerEntry;
  readonly before: LedgerEntry | undefined;
}

export class FakeNotes implements Ledger {
  readonly #pending = new Map<string, Pending>();

  /** `kept` is the disk of all windows; `takes`: whether it takes anything, or the host is dead. */
  constructor(
    private readonly kept: Map<string, LedgerEntry>,
    private readonly takes: () => boolean | 'dead',
  ) {}

  read(folder: string, key: string): LedgerEntry | undefined {
    return this.#pending.get(nameOf(folder, key))?.entry ?? this.kept.get(nameOf(folder, key));
  }

  entries(): readonly LedgerEntry[] {
    const pending = [...this.#pending].map(([name, { entry }]): [string, LedgerEntry] => [name, entry]);
    return [...new Map([...this.kept, ...pending]).values()];
  }

  write(entry: LedgerEntry): void {
    const name = nameOf(entry.folder, entry.key);
    const takes = this.takes();
    if (takes === 'dead') return;
    this.#pending.delete(name);
    if (takes) this.kept.set(name, entry);
    else this.#pending.set(name, { entry, before: this.kept.get(name) });
  }

  remove({ folder, key, run }: Pick<LedgerEntry, 'folder' | 'key' | 'run'>): void {
    const name = nameOf(folder, key);
    if (this.takes() === 'dead' || this.read(folder, key)?.run !== run) return;
    this.#pending.delete(name);
    if (this.kept.get(name)?.run === run) this.kept.delete(name);
  }

  /** The disk has room again. Another window's note is never overwritten later. */
  flush(): void {
    for (const [name, { entry, before }] of this.#pending) if (this.kept.get(name) === before) this.kept.set(name, entry);
    this.#pending.clear();
  }
}

const nameOf = (folder: string, key: string): string => `${folder}/${key}`;
