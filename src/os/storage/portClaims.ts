/**
 * Claims of ports as files, shared by all windows and folders of the machine: one per port, which exactly one process can create, and
 * one per claimant, which remembers its port. A claim counts while its claimant remembers it.
 */
import { randomUUID } from 'node:crypto';
import { mkdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import * as path from 'node:path';
import type { Log, PortTable } from '../../app/ports';
import type { PortClaimant, PortClaims } from '../../app/chosenPorts/portClaims';
import { isFolderGone } from '../files';
import { fileNameOf } from '../system/fileName';
import { linked, modes, readIfThere } from '../system/onceFile';

/** A window that has created a claim remembers it within this time, or never. */
const claimingMs = 60_000;

/** How long another window of the same folder may take to find out whether a port that it claimed can be bound. */
const otherWindowMs = 10_000;
const pauseMs = 20;

export interface PortClaimsParts {
  readonly canBind: PortTable['canBind'];
  readonly log: Log;
}

export class FilePortClaims implements PortClaims {
  /** What could not be written: it lasts as long as this window. */
  readonly #unwritten = new Map<string, number>();
  #isReported = false;

  constructor(
    private readonly directory: string,
    private readonly parts: PortClaimsParts,
  ) {}

  read(claimant: PortClaimant): number | undefined {
    const remembered = memoryIn(this.#text(this.#memory(claimant)));
    return remembered !== undefined && remembered >= claimant.choice.from && remembered <= claimant.choice.to
      ? remembered
      : this.#unwritten.get(nameOf(claimant));
  }

  async claim(claimant: PortClaimant, avoided: ReadonlySet<number>): Promise<number | undefined> {
    const present = this.read(claimant);
    if (present === undefined) return this.#choose(claimant, avoided, 'first');
    return avoided.has(present) ? this.move(claimant, avoided) : present;
  }

  async move(claimant: PortClaimant, avoided: ReadonlySet<number>): Promise<number | undefined> {
    const before = this.read(claimant);
    const next = await this.#choose(claimant, before === undefined ? avoided : new Set([...avoided, before]), 'instead');
    if (next !== undefined && before !== undefined && before !== next) this.#giveUp(before);
    return next;
  }

  async #choose(claimant: PortClaimant, avoided: ReadonlySet<number>, how: 'first' | 'instead'): Promise<number | undefined> {
    const { from, to } = claimant.choice;
    for (let port = from; port <= to; port += 1) {
      if (avoided.has(port)) continue;
      const outcome = await this.#take(port, claimant);
      if (outcome === 'known') return this.read(claimant);
      if (outcome === 'taken') return this.#remember(port, claimant, how);
    }
    return undefined;
  }

  /** `known`: another window of the folder has chosen meanwhile. The claim comes first, so that two never try the same port at once. */
  async #take(port: number, claimant: PortClaimant): Promise<'taken' | 'refused' | 'known'> {
    const created = this.#create(port, claimant) || ((await this.#freeDead(port)) && this.#create(port, claimant));
    if (!created) {
      if (!this.#isOwn(port, claimant)) return 'refused';
      if (await this.#isRemembered(port, claimant)) return 'known';
    }
    if ((await this.parts.canBind(port)).kind === 'free') return 'taken';
    this.#giveUp(port);
    return 'refused';
  }

  #create(port: number, { folder, key, choice }: PortClaimant): boolean {
    if ([...this.#unwritten.values()].includes(port)) return false;
    try {
      return this.#createWhole(this.#claim(port), JSON.stringify({ folder, key, ...choice }));
    } catch (error) {
      this.#report(error);
      return true;
    }
  }

  #isOwn(port: number, claimant: PortClaimant): boolean {
    const owner = claimantIn(this.#text(this.#claim(port)));
    return owner !== undefined && nameOf(owner) === nameOf(claimant);
  }

  /** Another window of the same folder may have created the claim a moment ago; if none has, it is left from a crash and is taken. */
  async #isRemembered(port: number, claimant: PortClaimant): Promise<boolean> {
    const until = this.#age(this.#claim(port)) > claimingMs ? 0 : Date.now() + otherWindowMs;
    for (;;) {
      if (this.read(claimant) !== undefined) return true;
      if (Date.now() >= until) return false;
      await pause();
    }
  }

  #remember(port: number, claimant: PortClaimant, how: 'first' | 'instead'): number {
    const file = this.#memory(claimant);
    const text = JSON.stringify({ port });
    try {
      const isFirst = how === 'first' && this.#createWhole(file, text);
      const other = isFirst || how === 'instead' ? undefined : this.read(claimant);
      if (other !== undefined && other !== port) {
        this.#giveUp(port);
        return other;
      }
      if (!isFirst) this.#replace(file, text);
      this.#unwritten.delete(nameOf(claimant));
    } catch (error) {
      this.#report(error);
      this.#unwritten.set(nameOf(claimant), port);
    }
    return port;
  }

  /** Whether a claim was there that does not count any more, and is removed. */
  async #freeDead(port: number): Promise<boolean> {
    const file = this.#claim(port);
    const text = this.#text(file);
    if (text === undefined || !(await this.#isDead(file, text, port))) return false;
    const aside = this.#draft();
    try {
      // Only one process can move it; what another one has created since goes back.
      renameSync(file, aside);
      if (this.#text(aside) !== text) linked(aside, file, text);
      return true;
    } catch {
      return false;
    } finally {
      rmSync(aside, { force: true });
    }
  }

  async #isDead(file: string, text: string, port: number): Promise<boolean> {
    const age = this.#age(file);
    const owner = claimantIn(text);
    if (owner === undefined) return age > claimingMs;
    if (await isFolderGone(owner.folder)) {
      rmSync(this.#memory(owner), { force: true });
      return true;
    }
    return this.read(owner) !== port && age > claimingMs;
  }

  /** In ms; 0 when there is no such file. */
  #age(file: string): number {
    const now = Date.now();
    return now - (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? now);
  }

  #giveUp(port: number): void {
    try {
      rmSync(this.#claim(port), { force: true });
    } catch (error) {
      this.#report(error);
    }
  }

  /** False when there is such a file. */
  #createWhole(file: string, text: string): boolean {
    const draft = this.#draft();
    try {
      mkdirSync(this.directory, { recursive: true, mode: modes.folder });
      writeFileSync(draft, text, { mode: modes.file });
      return linked(draft, file, text);
    } finally {
      rmSync(draft, { force: true });
    }
  }

  #replace(file: string, text: string): void {
    const draft = this.#draft();
    writeFileSync(draft, text, { mode: modes.file });
    renameSync(draft, file);
  }

  #claim(port: number): string {
    return path.join(this.directory, `${fileNameOf(hostname())}.${port}.port`);
  }

  #memory(claimant: PortClaimant): string {
    return path.join(this.directory, `${nameOf(claimant)}.json`);
  }

  #draft(): string {
    return path.join(this.directory, `${randomUUID()}.tmp`);
  }

  #text(file: string): string | undefined {
    try {
      return readIfThere(file);
    } catch {
      return undefined;
    }
  }

  #report(error: unknown): void {
    if (this.#isReported) return;
    this.#isReported = true;
    this.parts.log.warn(
      `Claims of ports in ${this.directory} cannot be changed, so services may get other ports later: ${String(error)}`,
    );
  }
}

/** A home that several machines share: each has ports of its own. */
const nameOf = ({ folder, key, choice }: PortClaimant): string =>
  fileNameOf([hostname(), folder, key, choice.from, choice.to].join('\0'));

function memoryIn(text: string | undefined): number | undefined {
  const value = parsed(text);
  return isRecord(value) && typeof value['port'] === 'number' ? value['port'] : undefined;
}

function claimantIn(text: string | undefined): PortClaimant | undefined {
  const value = parsed(text);
  if (!isRecord(value)) return undefined;
  const { folder, key, from, to } = value;
  if (typeof folder !== 'string' || typeof key !== 'string' || typeof from !== 'number' || typeof to !== 'number')
    return undefined;
  return { folder, key, choice: { from, to } };
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

function parsed(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, pauseMs));
