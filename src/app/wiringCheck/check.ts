/** Keeps the problems in the wiring of the workspace up to date: checks again when something has changed, and only then. */
import { t } from '../../core/wording/l10n';
import { defined } from '../../core/model/defined';
import { unavailable } from '../../core/model/process';
import type { Service } from '../../core/lifecycle/state';
import { judgeWiring, portsInQuestion } from '../../core/wiringCheck/judge';
import type { WiringProblem } from '../../core/wiringCheck/problem';
import type { WiringService, WiringContext } from '../../core/wiringCheck/context';
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
  /** Contents of open documents, including unsaved changes, by absolute path. */
  readonly openTexts: () => ReadonlyMap<string, string>;
  /** Whether the setting is on and the workspace is trusted. */
  readonly isWanted: () => boolean;
}

export interface WiringVerdict {
  readonly problems: readonly WiringProblem[];
  /** Contents of the files to which the ranges of the problems refer. */
  readonly texts: ReadonlyMap<string, string>;
}

/** Changes come in groups: the check waits until there was none for this time. */
const debounceMs = 500;

export class WiringCheck implements Disposable {
  readonly #lifetime = new Lifetime();
  readonly #timer = this.#lifetime.add(new Slot());
  readonly #stop = new AbortController();
  readonly #lifecycles = new Map<string, string>();
  #checking: Promise<void> = Promise.resolve();
  /** File contents on the disk, by folder; undefined when they have to be read again. */
  #read: Promise<ReadonlyMap<string, ReadonlyMap<string, string>>> | undefined;
  #contexts: readonly WiringContext[] = [];

  constructor(
    private readonly parts: WiringParts,
    private readonly report: (verdict: WiringVerdict) => void,
  ) {
    this.#lifetime.add({ dispose: () => this.#stop.abort() });
    this.#lifetime.add(parts.store.onDidChange((changed) => this.#servicesChanged(changed)));
    this.filesChanged();
  }

  /** To be called when a file was created, changed or deleted. */
  filesChanged(): void {
    this.#read = undefined;
    this.lookAgain();
  }

  /** To be called when a document or the setting has changed. */
  lookAgain(): void {
    this.#timer.set(
      this.parts.world.clock.after(debounceMs, () => {
        this.#checking = this.#checking
          .then(() => this.#check())
          .catch((error: unknown) => this.parts.world.log.error(String(error)));
      }),
    );
  }

  /** Whether the last check read this file. */
  reads(file: string): boolean {
    return this.#contexts.some(({ texts }) => texts.has(file));
  }

  /** Returns the problems of a file with this content; everything else is as in the last check. */
  problemsIn(file: string, text: string): readonly WiringProblem[] {
    const contexts = this.#contexts.filter(({ texts }) => texts.has(file));
    const found = contexts.map((context) => judgeWiring({ ...context, texts: new Map(context.texts).set(file, text) }));
    return withoutRepeated(found.flat()).filter((problem) => problem.file === file);
  }

  dispose(): void {
    this.#lifetime.dispose();
  }

  /** A service changes with every probe; only a start, a stop or another port can change the result. */
  #servicesChanged(changed: Change): void {
    if (changed === 'all') {
      this.filesChanged();
      return;
    }
    const services = [...changed].flatMap((id) => this.parts.store.get(id) ?? []);
    const moved = services.filter((service) => this.#lifecycles.get(service.spec.id) !== lifecycleOf(service));
    for (const service of moved) this.#lifecycles.set(service.spec.id, lifecycleOf(service));
    if (moved.length > 0) this.lookAgain();
  }

  async #check(): Promise<void> {
    const contexts = this.#isPossible() ? await this.#readContexts() : [];
    if (this.#lifetime.isOver) return;
    this.#contexts = contexts;
    const problems = withoutRepeated(contexts.flatMap(judgeWiring));
    this.report({ problems, texts: new Map(contexts.flatMap(({ texts }) => [...texts])) });
  }

  /** While the configuration of a service is invalid, its port is not known, so nothing is reported. */
  #isPossible(): boolean {
    return this.parts.isWanted() && this.parts.store.broken().length === 0;
  }

  async #readContexts(): Promise<readonly WiringContext[]> {
    const { store, world, openTexts } = this.parts;
    const services = store.services().map((service) => wiringServiceOf(service, world.folderOf(service.spec)));
    const read = await (this.#read ??= this.#readAll(services));
    const open = openTexts();
    const contexts = [...read].map(([folder, onDisk]) => ({
      services: services.filter(({ spec }) => spec.folder === folder),
      elsewhere: services.filter(({ spec }) => spec.folder !== folder),
      texts: new Map([...onDisk].map(([path, text]) => [path, open.get(path) ?? text])),
    }));
    const ports = new Set(contexts.flatMap((context) => [...portsInQuestion(context)]));
    const listening = await readListening(ports, world, this.#stop.signal);
    const listens: WiringContext['listens'] = (port) => listening.get(port) ?? unavailable(t('This port was not checked.'));
    return contexts.map((context) => ({ ...context, listens }));
  }

  async #readAll(services: readonly WiringService[]): Promise<ReadonlyMap<string, ReadonlyMap<string, string>>> {
    const folders = new Set(services.map(({ spec }) => spec.folder));
    const read = [...folders].map(async (folder) => {
      const own = services.filter(({ spec }) => spec.folder === folder);
      return [folder, await readWiringFiles(folder, own, this.parts.files)] as const;
    });
    return new Map(await Promise.all(read));
  }
}

function wiringServiceOf({ spec, state: { lifecycle } }: Service, cwd: string): WiringService {
  const printedPort = 'printedPort' in lifecycle ? lifecycle.printedPort : undefined;
  const isHealthy = 'health' in lifecycle && lifecycle.health.kind === 'healthy';
  return { spec, cwd, isHealthy, ...defined({ printedPort }) };
}

function lifecycleOf(service: Service): string {
  const { printedPort, isHealthy } = wiringServiceOf(service, '');
  return `${service.state.lifecycle.kind} ${String(isHealthy)} ${printedPort ?? ''}`;
}

/** A file may be in two workspace folders, one inside the other. */
const withoutRepeated = (problems: readonly WiringProblem[]): readonly WiringProblem[] => [
  ...new Map(problems.map((problem) => [`${problem.code} ${problem.range.offset} ${problem.file}`, problem])).values(),
];
