/** The containers of services with `compose`, asked through Docker's command line. */
import type { Containers } from '../../app/containerPorts';
import { Slot } from '../../app/lifetime';
import type { Clock, Disposable, Preflight } from '../../app/ports';
import { chosen, idsIn, isUp } from '../../core/compose/choose';
import { parseInspect } from '../../core/compose/inspect';
import { reported } from '../../core/compose/reported';
import { baseOf, idWords, killWords, stopWords } from '../../core/compose/words';
import type { Container } from '../../core/model/container';
import { identityOf } from '../../core/model/identity';
import { type Reading, known, unavailable } from '../../core/model/process';
import type { ComposeRef, ServiceSpec } from '../../core/model/service';
import { explainLaunch } from '../../core/wording/explain';
import { t } from '../../core/wording/l10n';
import { runTool } from '../system/runTool';
import type { ToolOutput } from '../system/runTool';
import { engineHost } from './engineAddress';
import type { EngineAddress } from './engineAddress';
import { EventStream } from './eventStream';
import type { ComposeLocator } from './program';

export interface ContainersParts {
  readonly preflight: Preflight;
  readonly locator: ComposeLocator;
  readonly clock: Clock;
}

/** docker-compose 1.29 takes up to a second for each command. */
const lookTimeoutMs = 15_000;
/** What a stop may take beyond the grace period. */
const engineTimeMs = 15_000;
/** Env files may change: what a service was resolved to is used so long (ms) by looks at its container, and for as long as it is watched. */
const placeAgeMs = 30_000;

/** How long (ms) after an event the engine is asked for what the event does not say. */
const detailDelayMs = 50;

/** A service with its variables replaced. */
interface Place extends EngineAddress {
  /** Of the engine, when that is another machine. */
  readonly host: string | undefined;
  readonly ref: ComposeRef;
  /** Compose with its options. */
  readonly base: readonly string[];
}

interface Seen {
  readonly container: Container | undefined;
  /** When the look began, by the clock's `elapsed`. */
  readonly elapsed: number;
}

export class DockerContainers implements Containers, Disposable {
  readonly #places = new Map<string, { readonly elapsed: number; readonly place: Promise<Reading<Place>> }>();
  /** How often it is watched: a run may begin before the one before has ended. */
  readonly #watches = new Map<string, number>();
  readonly #streams = new Map<string, EventStream>();
  readonly #seen = new Map<string, Seen>();
  /** What an event said: the next look, which the event causes, returns it without asking the engine. */
  readonly #reported = new Map<string, Container>();
  readonly #looks = new Map<string, Promise<Reading<Container | undefined>>>();

  constructor(private readonly parts: ContainersParts) {}

  look(spec: ServiceSpec): Promise<Reading<Container | undefined>> {
    const key = keyOf(spec);
    const said = this.#reported.get(key);
    this.#reported.delete(key);
    if (said !== undefined) return Promise.resolve(known(said));
    const running = this.#looks.get(key) ?? this.#look(spec).finally(() => this.#looks.delete(key));
    this.#looks.set(key, running);
    return running;
  }

  stop(spec: ServiceSpec): Promise<string> {
    const timeout = spec.stopGracePeriod + engineTimeMs;
    return this.#order(spec, ({ base, ref }) => stopWords(base, ref, spec.stopGracePeriod), timeout);
  }

  kill(spec: ServiceSpec): Promise<string> {
    return this.#order(spec, ({ base, ref }) => killWords(base, ref), engineTimeMs);
  }

  watch(spec: ServiceSpec, changed: () => void): Disposable {
    const key = keyOf(spec);
    let isOver = false;
    let subscription: Disposable | undefined;
    const details = new Slot();
    // What was looked at before may have been with another engine.
    if ((this.#watches.get(key) ?? 0) === 0) this.#forget(key);
    this.#watches.set(key, (this.#watches.get(key) ?? 0) + 1);
    void this.#placeOf(spec).then((place) => {
      if (isOver || place.kind === 'unavailable') return;
      subscription = this.#streamOf(place.value).subscribe((event) => {
        if (event !== undefined && event.service !== place.value.ref.service) return;
        const said = event === undefined ? undefined : reported(this.#seen.get(key)?.container, event);
        this.#seen.delete(key);
        this.#reported.delete(key);
        changed();
        if (said === undefined || spec.probe?.target.kind !== 'container') return;
        this.#reported.set(key, said);
        details.set(this.parts.clock.after(detailDelayMs, changed));
      });
    });
    return {
      dispose: () => {
        if (isOver) return;
        isOver = true;
        this.#watches.set(key, (this.#watches.get(key) ?? 1) - 1);
        details.dispose();
        subscription?.dispose();
      },
    };
  }

  async engineHost(spec: ServiceSpec): Promise<string | undefined> {
    const place = await this.#placeOf(spec);
    return place.kind === 'known' ? place.value.host : undefined;
  }

  dispose(): void {
    for (const stream of this.#streams.values()) stream.dispose();
  }

  async #look(spec: ServiceSpec): Promise<Reading<Container | undefined>> {
    const key = keyOf(spec);
    const place = await this.#placeOf(spec);
    if (place.kind === 'unavailable') return place;
    const stream = this.#streamOf(place.value);
    const before = this.#seen.get(key);
    if (before !== undefined && !stream.isIdle && stream.coversSince(before.elapsed)) return known(before.container);
    const elapsed = this.parts.clock.elapsed();
    // An event that comes meanwhile removes it: what is found then may be out of date.
    const seen: Seen = { container: before?.container, elapsed };
    this.#seen.set(key, seen);
    const found = await find(place.value, before?.container);
    if (this.#seen.get(key) === seen)
      if (found.kind === 'known') this.#seen.set(key, { container: found.value, elapsed });
      else this.#seen.delete(key);
    return found;
  }

  async #order(spec: ServiceSpec, words: (place: Place) => readonly string[], timeout: number): Promise<string> {
    const place = await this.#placeOf(spec);
    if (place.kind === 'unavailable') return place.why;
    const order = words(place.value);
    const done = await run(order, timeout, place.value);
    this.#seen.delete(keyOf(spec));
    const line = order.slice(1).join(' ');
    if (done.kind === 'unavailable') return done.why;
    return done.value.exitCode === 0 ? line : `${line}: ${lastLine(done.value)}`;
  }

  #forget(key: string): void {
    this.#places.delete(key);
    this.#seen.delete(key);
    this.#reported.delete(key);
  }

  #placeOf(spec: ServiceSpec): Promise<Reading<Place>> {
    const key = keyOf(spec);
    const elapsed = this.parts.clock.elapsed();
    const before = this.#places.get(key);
    const isWatched = (this.#watches.get(key) ?? 0) > 0;
    if (before !== undefined && (isWatched || elapsed - before.elapsed < placeAgeMs)) return before.place;
    const place = this.#resolve(spec);
    const own = { elapsed, place };
    this.#places.set(key, own);
    void place.then(({ kind }) => {
      // What is missing may be there at the next look.
      if (kind === 'unavailable' && this.#places.get(key) === own) this.#places.delete(key);
    });
    return place;
  }

  async #resolve(spec: ServiceSpec): Promise<Reading<Place>> {
    const ref = spec.compose;
    if (ref === undefined) return unavailable(t('The service has no container.'));
    const prepared = await this.parts.preflight.prepare(spec);
    if (!prepared.ok) return unavailable(explainLaunch(prepared.failure));
    const { command, cwd, env } = prepared.launch;
    const found = await this.parts.locator.find({ cwd, env, platform: process.platform });
    if (!found.ok || typeof command === 'string') return unavailable(t('{0} could not be used: {1}', 'docker', ''));
    const { docker } = found.tools;
    return known({ ref, base: baseOf(command, ref), cwd, env, docker, host: await engineHost({ docker, cwd, env }) });
  }

  #streamOf({ docker, cwd, env }: Place): EventStream {
    const settings = ['DOCKER_HOST', 'DOCKER_CONTEXT', 'DOCKER_CONFIG'].map((name) => env[name] ?? '');
    const key = JSON.stringify([docker, ...settings]);
    const stream = this.#streams.get(key) ?? new EventStream({ docker, cwd, env }, this.parts.clock);
    this.#streams.set(key, stream);
    return stream;
  }
}

const keyOf = (spec: ServiceSpec): string => `${identityOf(spec)}\0${JSON.stringify(spec.compose)}`;

/** A container that still runs is the one; else there may be another by now. */
async function find(place: Place, before: Container | undefined): Promise<Reading<Container | undefined>> {
  if (before !== undefined) {
    const again = await inspect(place, [before.id]);
    if (again.kind === 'known' && again.value !== undefined && isUp(again.value.state)) return again;
  }
  const listed = await run(idWords(place.base, place.ref), lookTimeoutMs, place);
  if (listed.kind === 'unavailable') return listed;
  if (listed.value.exitCode !== 0) return unavailable(lastLine(listed.value));
  const ids = idsIn(listed.value.stdout);
  return ids.length === 0 ? known(undefined) : inspect(place, ids);
}

/** Containers that were removed since are left out, with exit code 1. */
async function inspect(place: Place, ids: readonly string[]): Promise<Reading<Container | undefined>> {
  const printed = await run([place.docker, 'inspect', '--type', 'container', ...ids], lookTimeoutMs, place);
  if (printed.kind === 'unavailable') return printed;
  const containers = parseInspect(printed.value.stdout);
  return containers === undefined ? unavailable(lastLine(printed.value)) : known(chosen(containers));
}

const run = ([program = '', ...args]: readonly string[], timeout: number, { cwd, env }: Place): Promise<Reading<ToolOutput>> =>
  runTool(program, args, timeout, { cwd, env });

function lastLine({ stdout, stderr, exitCode }: ToolOutput): string {
  const line = `${stdout}\n${stderr}`
    .split(/\r?\n/)
    .map((each) => each.trim())
    .filter((each) => each !== '')
    .at(-1);
  return line ?? t('exit code {0}', exitCode);
}
