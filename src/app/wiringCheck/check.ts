/** Keeps the verdict on the wiring of the workspace up to date: looks again when something has changed, and only then. */
import { t } from '../../core/wording/l10n';
import { unavailable } from '../../core/model/process';
import type { Service } from '../../core/lifecycle/state';
import { judgeWiring, portsInQuestion } from '../../core/wiringCheck/judge';
import type { WiringProblem } from '../../core/wiringCheck/problem';
import type { Party, Scene } from '../../core/wiringCheck/scene';
import type { Files } from '../diagnosis/parts';
import { Lifetime, Slot } from '../lifetime';
import type { Disposable } from '../ports';
import type { Change, ServiceStore } from '../store';
import type { World } from '../world';
import { readWiringFiles } from './files';
import { readListening } from './listening';

export interface WiringParts {
  readonly world: Pick<World, 'clock' | 'folderOf' | 'log' | 'portTable' | 'prober'>;
  readonly store: ServiceStore;
  readonly files: Files;
  /** Texts of open documents, unsaved ones included, by absolute path. */
  readonly openTexts: () => ReadonlyMap<string, string>;
  /** Whether the person wants the check, and the workspace is trusted. */
  readonly isWanted: () => boolean;
}

export interface WiringVerdict {
  readonly problems: readonly WiringProblem[];
  /** What the places of the problems were counted in. */
  readonly texts: ReadonlyMap<string, string>;
}

/** Whoever writes or starts something does more of it at once: it is looked at after so long (ms) of quiet. */
const quiet = 500;

export class WiringCheck implements Disposable {
  readonly #lifetime = new Lifetime();
  readonly #timer = this.#lifetime.add(new Slot());
  readonly #stop = new AbortController();
  readonly #lifecycles = new Map<string, string>();
  #checking: Promise<void> = Promise.resolve();
  /** What is on the disk, by folder; undefined when it has to be read again. */
  #read: Promise<ReadonlyMap<string, ReadonlyMap<string, string>>> | undefined;
  #scenes: readonly Scene[] = [];

  constructor(
    private readonly parts: WiringParts,
    private readonly tell: (verdict: WiringVerdict) => void,
  ) {
    this.#lifetime.add({ dispose: () => this.#stop.abort() });
    this.#lifetime.add(parts.store.onDidChange((changed) => this.#servicesChanged(changed)));
    this.filesChanged();
  }

  /** A file was written, made or removed. */
  filesChanged(): void {
    this.#read = undefined;
    this.lookAgain();
  }

  /** A text was changed, or whether the check is wanted. */
  lookAgain(): void {
    this.#timer.set(
      this.parts.world.clock.after(quiet, () => {
        this.#checking = this.#checking
          .then(() => this.#check())
          .catch((error: unknown) => this.parts.world.log.error(String(error)));
      }),
    );
  }

  /** Whether the text of this file was part of the last verdict. */
  reads(file: string): boolean {
    return this.#scenes.some(({ texts }) => texts.has(file));
  }

  /** What is wrong with this text of a file, as everything else was when it was looked at. */
  problemsIn(file: string, text: string): readonly WiringProblem[] {
    const scenes = this.#scenes.filter(({ texts }) => texts.has(file));
    const found = scenes.map((scene) => judgeWiring({ ...scene, texts: new Map(scene.texts).set(file, text) }));
    return withoutRepeated(found.flat()).filter((problem) => problem.file === file);
  }

  dispose(): void {
    this.#lifetime.dispose();
  }

  /** A service is probed every few seconds; only who comes, goes or moves has a say in the verdict. */
  #servicesChanged(changed: Change): void {
    if (changed === 'all') {
      this.filesChanged();
      return;
    }
    const services = this.parts.store.services().filter(({ spec }) => changed.has(spec.id));
    const moved = services.filter((service) => this.#lifecycles.get(service.spec.id) !== lifecycleOf(service));
    for (const service of moved) this.#lifecycles.set(service.spec.id, lifecycleOf(service));
    if (moved.length > 0) this.lookAgain();
  }

  async #check(): Promise<void> {
    const scenes = this.#isReadable() ? await this.#look() : [];
    if (this.#lifetime.isOver) return;
    this.#scenes = scenes;
    const problems = withoutRepeated(scenes.flatMap(judgeWiring));
    this.tell({ problems, texts: new Map(scenes.flatMap(({ texts }) => [...texts])) });
  }

  /** While the description of a service is broken, nobody knows its port: nothing is claimed. */
  #isReadable(): boolean {
    return this.parts.isWanted() && this.parts.store.broken().length === 0;
  }

  async #look(): Promise<readonly Scene[]> {
    const { store, world, openTexts } = this.parts;
    const services = store.services();
    const parties = services.map((service) => partyOf(service, world.folderOf(service.spec)));
    const read = await (this.#read ??= this.#readAll(parties));
    const open = openTexts();
    const scenes = [...read].map(([folder, onDisk]) => ({
      services: parties.filter(({ spec }) => spec.folder === folder),
      elsewhere: parties.filter(({ spec }) => spec.folder !== folder),
      texts: new Map([...onDisk].map(([path, text]) => [path, open.get(path) ?? text])),
    }));
    const ports = new Set(scenes.flatMap((scene) => [...portsInQuestion(scene)]));
    const listening = await readListening(ports, world, this.#stop.signal);
    const listens: Scene['listens'] = (port) => listening.get(port) ?? unavailable(t('Nobody has looked.'));
    return scenes.map((scene) => ({ ...scene, listens }));
  }

  async #readAll(parties: readonly Party[]): Promise<ReadonlyMap<string, ReadonlyMap<string, string>>> {
    const folders = new Set(parties.map(({ spec }) => spec.folder));
    const read = [...folders].map(async (folder) => {
      const own = parties.filter(({ spec }) => spec.folder === folder);
      return [folder, await readWiringFiles(folder, own, this.parts.files)] as const;
    });
    return new Map(await Promise.all(read));
  }
}

function partyOf({ spec, state: { lifecycle } }: Service, cwd: string): Party {
  const printedPort = 'printedPort' in lifecycle ? lifecycle.printedPort : undefined;
  const isHealthy = 'health' in lifecycle && lifecycle.health.kind === 'healthy';
  return { spec, cwd, isHealthy, ...(printedPort === undefined ? {} : { printedPort }) };
}

function lifecycleOf(service: Service): string {
  const { printedPort, isHealthy } = partyOf(service, '');
  return `${service.state.lifecycle.kind} ${String(isHealthy)} ${printedPort ?? ''}`;
}

/** A file may lie in two workspace folders, of which one is within the other. */
const withoutRepeated = (problems: readonly WiringProblem[]): readonly WiringProblem[] => [
  ...new Map(problems.map((problem) => [`${problem.code} ${problem.range.offset} ${problem.file}`, problem])).values(),
];
