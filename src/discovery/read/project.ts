/** A folder as the detectors see it: its listing, and its files, each read once. */
import type { FolderReader } from '../../app/ports';
import { Pace } from './pace';
import { walk } from './walk';
import type { Listing } from './walk';
import { join, nameOf, parentOf, upwards } from './paths';
import { sourceOf } from './source';
import type { Source } from './source';

/** Manifests and hand-written sources are far below, generated ones above. */
const maxFileBytes = 256 * 1024;
/** Limits the reads per folder, whatever its size. */
const maxFileReads = 800;

export class Project {
  /** The time that the detectors may take. */
  readonly pace = new Pace();
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

  /** The listed folders, the shallow first. */
  get folders(): readonly string[] {
    return [...this.listing.keys()];
  }

  /** Returns the names of the files directly in a folder. */
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

  /** Returns the paths of all files whose name matches, the shallow first. */
  find(name: RegExp): readonly string[] {
    return this.folders.flatMap((folder) =>
      this.filesIn(folder)
        .filter((file) => name.test(file))
        .map((file) => join(folder, file)),
    );
  }

  /** Returns the nearest of these files, in the folder or above it. */
  nearest(folder: string, names: readonly string[]): string | undefined {
    for (const at of upwards(folder)) {
      const name = names.find((candidate) => this.has(join(at, candidate)));
      if (name !== undefined) return join(at, name);
    }
    return undefined;
  }

  /** Reads also files in folders that are not listed, such as `.venv/pyvenv.cfg`. */
  text(file: string): Promise<string | undefined> {
    const known = this.#texts.get(file);
    if (known !== undefined) return known;
    if (this.#texts.size >= maxFileReads) return Promise.resolve(undefined);
    const reading = this.pace.waitFor(this.reader.readText(file, maxFileBytes).catch(() => undefined));
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

  /** Returns the sources that were read so far, for questions about all that a service consists of. */
  async sourcesRead(): Promise<readonly Source[]> {
    const read = await Promise.all(this.#sources.values());
    return read.filter((source) => source !== undefined);
  }

  async sources(files: readonly string[]): Promise<readonly Source[]> {
    await Promise.all(files.map((file) => this.text(file)));
    // The texts are there. Preparing many large ones takes more than a turn.
    const read = await this.pace.map(files, (file) => this.source(file));
    return read.filter((source) => source !== undefined);
  }
}
