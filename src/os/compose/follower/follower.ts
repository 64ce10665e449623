/** Starts a service of a Compose file, follows its container through restarts by the engine, and ends with it. */
import { setTimeout as wait } from 'node:timers/promises';
import { isUp } from '../../../core/compose/choose';
import type { FollowPlan } from '../../../core/compose/followPlan';
import type { Container } from '../../../core/model/container';
import type { Engine } from './engine';

/** Pause before the next look at a container whose log has ended although it is to go on. */
const pauseMs = 500;
/** A container that ran before is shown from here on. */
const earlierLines = '200';
/** How long a container may take from being created to running, once `up` has come back. */
const maxCreatedLooks = 60;

export class Follower {
  #stopping: Promise<number> | undefined;

  constructor(
    private readonly plan: FollowPlan,
    private readonly engine: Engine,
  ) {}

  /** Settles with the exit code of the container, or with that of what could not start it; undefined when it was stopped from here. */
  async run(): Promise<number | undefined> {
    const code = await this.#run();
    await this.#stopping;
    return this.#stopping === undefined ? code : undefined;
  }

  /** Stops the service. Called again, it changes nothing. */
  stop(): void {
    if (this.#stopping !== undefined) return;
    this.engine.interrupt();
    this.#stopping = this.#show(this.plan.stop, 'background');
  }

  #isStopping(): boolean {
    return this.#stopping !== undefined;
  }

  async #run(): Promise<number> {
    const before = await this.engine.container(this.plan);
    const earlier = before.ok ? before.value : undefined;
    const isRunning = earlier !== undefined && isUp(earlier.state);
    if (isRunning) this.engine.print(`${earlier.name} is running already.`);
    if (this.#isStopping()) return 0;
    // A container that runs is followed as it is, also when its file has changed since.
    const up = isRunning ? [...this.plan.up.slice(0, -1), '--no-recreate', ...this.plan.up.slice(-1)] : this.plan.up;
    const code = await this.#show(up, 'foreground');
    if (code !== 0 || this.#isStopping()) return code;
    const found = await this.engine.container(this.plan);
    if (!found.ok) return this.#lost(found.why);
    if (found.value === undefined) return this.#lost('There is no container.');
    const goesOn = isRunning && found.value.startedAt === earlier.startedAt;
    return this.#follow(found.value, goesOn ? ['--tail', earlierLines] : sinceStart(found.value));
  }

  async #follow(first: Container, firstPart: readonly string[]): Promise<number> {
    const { docker } = this.plan;
    let [container, part, created] = [first, firstPart, 0];
    for (;;) {
      const readAt = new Date().toISOString();
      await this.engine.show([docker, 'logs', '--follow', ...part, container.id]);
      if (this.#isStopping()) return 0;
      const seen = await this.engine.again(docker, container.id);
      if (!seen.ok) return this.#lost(seen.why);
      if (seen.value === undefined) return this.#lost(`${container.name} was removed.`);
      const { state } = seen.value;
      if (!isUp(state) && (state !== 'created' || ++created > maxCreatedLooks)) return this.#ended(seen.value);
      // Its log ends with each restart by the engine, and when the engine itself is restarted.
      part = seen.value.startedAt === container.startedAt ? ['--since', readAt] : sinceStart(seen.value);
      container = seen.value;
      await wait(pauseMs);
    }
  }

  #ended({ name, exitCode, outOfMemory, error }: Container): number {
    const why = outOfMemory ? ' (out of memory)' : error === '' ? '' : ` (${error})`;
    this.engine.print(`${name} exited with code ${exitCode}${why}`);
    return exitCode;
  }

  #lost(why: string): number {
    this.engine.print(why);
    return 1;
  }

  #show(words: readonly string[], place: 'foreground' | 'background'): Promise<number> {
    this.engine.print(`> ${shown(words)}`);
    return this.engine.show(words, place);
  }
}

/** All that it has written since its latest start. The first lines may be older than what the engine calls its start, but not than the end before. */
const sinceStart = ({ finishedAt }: Container): readonly string[] => (finishedAt === undefined ? [] : ['--since', finishedAt]);

/** As the user would type it: without the folder of the program. */
const shown = ([program = '', ...args]: readonly string[]): string => [program.replace(/^.*[\\/]/, ''), ...args].join(' ');
