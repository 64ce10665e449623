/** Follows the events of one engine, through a process that runs while somebody subscribes. */
import { spawn } from 'node:child_process';
import type { Clock, Disposable } from '../../app/ports';
import { Slot } from '../../app/lifetime';
import { parseEvent } from '../../core/compose/engineEvent';
import type { EngineEvent } from '../../core/compose/engineEvent';
import { environmentWith } from '../system/environment';
import type { EngineAddress } from './engineAddress';

/** The events that change what is shown. Each health check of a container is three others. */
const events = [
  ...['create', 'start', 'restart', 'die', 'oom', 'stop', 'pause', 'unpause', 'destroy', 'rename', 'health_status'],
  // As Podman calls the end and the removal; an engine ignores the names that it does not know.
  ...['died', 'remove'],
];

/** The engine may have been started later, or is restarted. */
const retryMs = 5000;
/** Events from before the process was connected are repeated, so that none is lost in between. */
const overlapS = 10;
/** How long it may take until it is connected: what was looked at before then may have changed unseen. */
const connectMs = 2000;
/** An event with more labels than this is no container of a developer. */
const maxLineLength = 1_000_000;

/** Undefined: the stream ended, so that anything may have changed. */
export type EventListener = (event: EngineEvent | undefined) => void;

export class EventStream implements Disposable {
  readonly #listeners = new Set<EventListener>();
  readonly #retry = new Slot();
  #process: { readonly startedAt: number; kill(): void } | undefined;

  constructor(
    private readonly address: EngineAddress,
    private readonly clock: Clock,
  ) {}

  /** Whether every event since `elapsed` (ms of the clock) was reported. */
  coversSince(elapsed: number): boolean {
    return this.#process !== undefined && elapsed >= this.#process.startedAt + connectMs;
  }

  get isIdle(): boolean {
    return this.#listeners.size === 0;
  }

  subscribe(listener: EventListener): Disposable {
    this.#listeners.add(listener);
    if (this.#process === undefined) this.#start();
    return {
      dispose: () => {
        this.#listeners.delete(listener);
        if (this.isIdle) this.dispose();
      },
    };
  }

  dispose(): void {
    this.#retry.dispose();
    const process = this.#process;
    this.#process = undefined;
    process?.kill();
  }

  #start(): void {
    const { docker, cwd, env } = this.address;
    const since = Math.floor(this.clock.now() / 1000) - overlapS;
    // Podman 4.3 reports no event at all with a filter for a label without its value.
    const filters = [...events.map((name) => `event=${name}`), 'type=container'];
    const args = ['events', '--format', '{{json .}}', '--since', String(since)];
    const child = spawn(docker, [...args, ...filters.flatMap((filter) => ['--filter', filter])], {
      ...{ cwd, env: environmentWith(env), windowsHide: true },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const own = { startedAt: this.clock.elapsed(), kill: () => void child.kill() };
    this.#process = own;
    const ended = (): void => {
      if (this.#process === own) this.#ended();
    };
    child.once('error', ended);
    child.once('exit', ended);
    let rest = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      const lines = (rest + chunk).split('\n');
      rest = (lines.pop() ?? '').slice(-maxLineLength);
      for (const line of lines) this.#read(line);
    });
    // It never keeps the extension host from ending.
    child.unref();
  }

  #read(line: string): void {
    const event = parseEvent(line);
    if (event !== undefined) this.#report(event);
  }

  #report(event: EngineEvent | undefined): void {
    for (const listener of [...this.#listeners]) listener(event);
  }

  #ended(): void {
    this.#process = undefined;
    this.#retry.set(this.clock.after(retryMs, () => this.#start()));
    this.#report(undefined);
  }
}
