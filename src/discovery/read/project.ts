/** One folder as the detectors see it: what it lists, and its texts, each read once. */
import type { FolderReader } from '../../app/ports';
import { walk } from './walk';
import type { Listing } from './walk';
import { join, nameOf, parentOf, upwards } from './paths';
import { sourceOf } from './source';
import type { Source } from './source';

/** Bytes; manifests and hand-written sources are far below, generated ones above. */
const maxLength = 256 * 1024;
/** Texts that are read of one folder at most, whatever its size. */
const maxReads = 800;

export class Project {
  readonly #sorted = new Map<string, readonly string[]>();
  readonly #texts = new Map<string, Promise<string | undefined>>();
  readonly #sources = new Map<string, Promise<Source | undefined>>();

  private constructor(
    private readonly reader: FolderReader,
    private readonly listing: Listing,
  ) {}

  static async of(reader: FolderReader): Promise<Project> {
    return new Project(reader, await walk(reader));
  }

  get system(): FolderReader['system'] {
    return this.reader.system;
  }

  /** The folders that were looked into, the shallow first. */
  get folders(): readonly string[] {
    return [...this.listing.keys()];
  }

  /** Names of the files right in a folder. */
  filesIn(folder: string): readonly string[] {
    const known = this.#sorted.get(folder);
    if (known !== undefined) return known;
    const names = [...(this.listing.get(folder) ?? [])].sort();
    this.#sorted.set(folder, names);
    return names;
  }

  has(file: string): boolean {
    return this.listing.get(parentOf(file))?.has(nameOf(file)) ?? false;
  }

  /** Paths of all files whose name fits, the shallow first. */
  find(name: RegExp): readonly string[] {
    return this.folders.flatMap((folder) =>
      this.filesIn(folder)
        .filter((file) => name.test(file))
        .map((file) => join(folder, file)),
    );
  }

  /** The nearest of these files, in the folder or above it. */
  nearest(folder: string, names: readonly string[]): string | undefined {
    for (const at of upwards(folder)) {
      const name = names.find((candidate) => this.has(join(at, candidate)));
      if (name !== undefined) return join(at, name);
    }
    return undefined;
  }

  /** Also of files in folders that are not listed, such as `.venv/pyvenv.cfg`. */
  text(file: string): Promise<string | undefined> {
    const known = this.#texts.get(file);
    if (known !== undefined) return known;
    if (this.#texts.size >= maxReads) return Promise.resolve(undefined);
    const reading = this.reader.readText(file, maxLength).catch(() => undefined);
    this.#texts.set(file, reading);
    return reading;
  }

  source(file: string): Promise<Source | undefined> {
    const known = this.#sources.get(file);
    if (known !== undefined) return known;
    const source = this.text(file).then((text) => (text === undefined ? undefined : sourceOf(file, text)));
    this.#sources.set(file, source);
    return source;
  }

  async sources(files: readonly string[]): Promise<readonly Source[]> {
    const read = await Promise.all(files.map((file) => this.source(file)));
    return read.filter((source) => source !== undefined);
  }
}
