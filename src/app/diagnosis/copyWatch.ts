/**
 * Looks for a second copy of a running service after a command in a terminal that may have started one, and while an agent runs in
 * a terminal, whose own commands VS Code does not report.
 */
import type { Finding } from '../../core/diagnosis/finding';
import { agentOf } from '../../core/diagnosis/terminalProcesses';
import type { TerminalProcess } from '../../core/diagnosis/terminalProcesses';
import type { SeenCommand } from '../../core/diagnosis/killCommands';
import type { Service } from '../../core/lifecycle/state';
import { processKey } from '../../core/model/process';
import type { Reading } from '../../core/model/process';
import { commandLine } from '../../core/model/service';
import { isSamePath } from '../../core/workspaceFiles/paths';
import { Lifetime, Slot } from '../lifetime';
import type { Clock, Disposable } from '../ports';
import type { Files } from './parts';

export interface CopyWatchParts {
  readonly clock: Clock;
  services(): readonly Service[];
  /** What runs in the terminals of this window beside its services. */
  look(): Promise<Reading<readonly TerminalProcess[]>>;
  folderOf(service: Service): string;
  readonly files: Pick<Files, 'realPath'>;
  diagnose(id: string): Promise<readonly Finding[]>;
  /** Reports it to the user; once for each process. */
  report(copy: Finding): void;
}

/** A server listens within these times (ms) after its command. */
const looksAfterMs = [2000, 5000, 12_000];
/** Between two looks while an agent runs in a terminal (ms). */
const agentPauseMs = 15_000;
const maxKnown = 200;

export class CopyWatch implements Disposable {
  readonly #lifetime = new Lifetime();
  readonly #next = this.#lifetime.add(new Slot());
  readonly #agent = this.#lifetime.add(new Slot());
  readonly #agents = new Set<string>();
  /** Processes that were looked at, by pid and start time. */
  readonly #known = new Set<string>();

  constructor(private readonly parts: CopyWatchParts) {}

  /** A command has started in a terminal. */
  ran({ line, terminal }: SeenCommand): void {
    if (agentOf(line) !== undefined) this.#agentStarted(terminal);
    else if (this.#running().some((service) => resembles(line, service))) this.#lookAfter(looksAfterMs);
  }

  /** A command has ended in a terminal. */
  ended({ line, terminal }: Pick<SeenCommand, 'line' | 'terminal'>): void {
    if (agentOf(line) === undefined) return;
    this.#agents.delete(terminal);
    if (this.#agents.size === 0) this.#agent.set(undefined);
  }

  dispose(): void {
    this.#lifetime.dispose();
  }

  #agentStarted(terminal: string): void {
    this.#agents.add(terminal);
    const again = (): void => {
      this.#agent.set(
        this.parts.clock.after(agentPauseMs, () => {
          void this.#look();
          again();
        }),
      );
    };
    again();
  }

  #lookAfter([first, ...rest]: readonly number[], since = 0): void {
    if (first === undefined) return;
    this.#next.set(
      this.parts.clock.after(first - since, () => {
        void this.#look();
        this.#lookAfter(rest, first);
      }),
    );
  }

  #running(): readonly Service[] {
    return this.parts.services().filter(({ state }) => state.lifecycle.kind === 'running' || state.lifecycle.kind === 'starting');
  }

  async #look(): Promise<void> {
    const running = this.#running();
    const found = running.length === 0 ? undefined : await this.parts.look();
    if (found?.kind !== 'known') return;
    const fresh = found.value.filter((each) => each.ports.length > 0 && !this.#known.has(processKey(each)));
    for (const service of running) {
      if (!(await this.#isBeside(service, fresh))) continue;
      const [copy] = (await this.parts.diagnose(service.spec.id).catch(() => [])).filter(({ code }) => code === 'second-copy');
      if (copy !== undefined && !this.#lifetime.isOver) this.parts.report(copy);
    }
    for (const each of fresh) this.#known.add(processKey(each));
    for (const key of this.#known) if (this.#known.size > maxKnown) this.#known.delete(key);
  }

  /** One folder too many only costs a diagnosis. */
  async #isBeside(service: Service, fresh: readonly TerminalProcess[]): Promise<boolean> {
    const places = fresh.flatMap(({ cwd }) => cwd ?? []);
    if (places.length === 0) return false;
    const folder = this.parts.folderOf(service);
    const folders = [folder, await this.parts.files.realPath(folder)];
    return places.some((cwd) => folders.some((each) => isSamePath(cwd, each, 'loose')));
  }
}

const minWord = 3;

/** Whether the line has a word of the command that runs the service; cheap, because every command is asked. */
function resembles(line: string, { spec }: Service): boolean {
  const words = new Set(line.split(/[\s/\\;&|]+/));
  return commandLine(spec)
    .split(/[\s/\\;&|]+/)
    .some((word) => word.length >= minWord && !word.startsWith('-') && words.has(word));
}
