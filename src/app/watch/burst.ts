/** Collects changes of the files of one service until they are over: a switch to another branch is one burst. */
import type { WatchSpec } from '../../core/model/service';
import { isWatched } from '../../core/watch/pattern';
import { relativePath } from '../../core/workspaceFiles/paths';
import type { Clock, Disposable } from '../ports';
import type { ChangedFiles } from './ports';

/** Paths are whole. */
export interface BurstParts {
  readonly clock: Clock;
  readonly files: ChangedFiles;
  readonly watch: WatchSpec;
  /** The folder of the service, to which patterns are relative. */
  readonly folder: string;
  /** `first` and `others` more have changed, the last one at `changedAt` (ms since the epoch). */
  readonly report: (first: string, others: number, changedAt: number) => void;
}

/** More are not remembered one by one: that is enough to be one burst. */
const maxFiles = 1000;

/** How long git is waited for: a lock that is older was left behind. */
const maxBusyMs = 60_000;

/** Pause between looks at whether git has finished. */
const busyPauseMs = 250;

/** A clock of another machine is trusted no further than this. */
const maxLagMs = 2000;

export class Burst implements Disposable {
  /** When the change of each file was reported. */
  readonly #changed = new Map<string, number>();
  #timer: Disposable | undefined;
  #busySince: number | undefined;
  #isOver = false;

  constructor(private readonly parts: BurstParts) {}

  add(path: string): void {
    const { clock, folder, watch } = this.parts;
    if (this.#isOver || !isWatched(watch, relativePath(folder, path).replaceAll('\\', '/'))) return;
    if (this.#changed.size < maxFiles || this.#changed.has(path)) this.#changed.set(path, clock.now());
    this.#wait(watch.debounce);
  }

  dispose(): void {
    this.#isOver = true;
    this.#timer?.dispose();
  }

  #wait(ms: number): void {
    this.#timer?.dispose();
    this.#timer = this.parts.clock.after(ms, () => {
      this.#timer = undefined;
      void this.#settle();
    });
  }

  async #settle(): Promise<void> {
    const { clock, files, folder } = this.parts;
    const isBusy = await files.isBusy(folder);
    if (this.#isGoingOn()) return;
    this.#busySince = isBusy ? (this.#busySince ?? clock.elapsed()) : undefined;
    if (this.#busySince !== undefined && clock.elapsed() - this.#busySince < maxBusyMs) {
      this.#wait(busyPauseMs);
      return;
    }
    const ignored = await files.ignored(folder, [...this.#changed.keys()]);
    for (const file of ignored) this.#changed.delete(file);
    const times = await Promise.all([...this.#changed].map(([file, reported]) => this.#timeOf(file, reported)));
    if (this.#isGoingOn()) return;
    const [first, ...others] = this.#changed.keys();
    this.#changed.clear();
    this.#busySince = undefined;
    if (first !== undefined) this.parts.report(first, others.length, Math.max(...times));
  }

  /** Something has changed meanwhile, and a timer runs for it. */
  #isGoingOn(): boolean {
    return this.#isOver || this.#timer !== undefined;
  }

  /** A change is reported some time after it was made. */
  async #timeOf(file: string, reported: number): Promise<number> {
    const written = (await this.parts.files.changedAt(file)) ?? reported;
    return Math.min(reported, Math.max(written, reported - maxLagMs));
  }
}
