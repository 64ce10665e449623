/** Starts a service of a Compose file, follows its container through restarts by the engine, and ends with it. */
import { setTimeout as wait } from 'node:timers/promises';
import { isUp } from '../../../core/compose/choose';
import type { FollowPlan } from '../../../core/compose/followPlan';
import type { Container } from '../../../core/model/container';
import { takenPort } from '../../../core/compose/publishedPort';
import type { Engine, LogStart } from './engine';

/** Pause before the next look at a container whose log has ended although it is to go on. */
const pauseMs = 500;
/** Lines of a container that runs already which are shown. */
const earlierLines = 200;
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
    const running = earlier !== undefined && isUp(earlier.state) ? earlier : undefined;
    if (running !== undefined) this.engine.print(`${running.name} is running already.`);
    if (this.#isStopping()) return 0;
    const { up } = this.plan;
    if (up !== undefined) return this.#start(up, earlier, running);
    return running === undefined
      ? this.#lost('The container is not running.')
      : this.#follow(running, { after: '', tail: earlierLines });
  }

  async #start(up: readonly string[], earlier: Container | undefined, running: Container | undefined): Promise<number> {
    // A container that runs is followed as it is, also when its file has changed since.
    const words = running === undefined ? up : [...up.slice(0, -1), '--no-recreate', ...up.slice(-1)];
    const code = await this.#show(words, 'foreground');
    if (this.#isStopping()) return code;
    if (code !== 0) {
      await this.#namePublisher();
      return code;
    }
    const found = await this.engine.container(this.plan);
    if (!found.ok) return this.#lost(found.why);
    if (found.value === undefined) return this.#lost('There is no container.');
    const goesOn = running !== undefined && found.value.startedAt === running.startedAt;
    if (goesOn) return this.#follow(found.value, { after: '', tail: earlierLines });
    // A container that is started again has its earlier log still; another one begins with nothing.
    const ended = earlier?.id === found.value.id ? earlier.finishedAt : undefined;
    return this.#follow(found.value, { after: ended ?? '' });
  }

  async #follow({ id, name }: Container, first: LogStart): Promise<number> {
    const { docker } = this.plan;
    let [start, created] = [first, 0];
    for (;;) {
      start = { after: await this.engine.follow(docker, id, start) };
      if (this.#isStopping()) return 0;
      const seen = await this.engine.again(docker, id);
      if (!seen.ok) return this.#lost(seen.why);
      if (seen.value === undefined) return this.#lost(`${name} was removed.`);
      const { state } = seen.value;
      // The log ends with each restart by the engine, and when the engine itself is restarted.
      if (!isUp(state) && (state !== 'created' || ++created > maxCreatedLooks)) return this.#ended(seen.value);
      await wait(pauseMs);
    }
  }

  /** The engine says that a port is taken, and not by which container. A diagnosis reads this line. */
  async #namePublisher(): Promise<void> {
    const failed = await this.engine.container(this.plan);
    const port = failed.ok && failed.value !== undefined ? takenPort(failed.value) : undefined;
    if (port === undefined) return;
    for (const name of await this.engine.publishers(this.plan.docker, port))
      this.engine.print(`Port ${port} is published by the container ${name}.`);
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

/** As the user would type it: without the folder of the program. */
const shown = ([program = '', ...args]: readonly string[]): string => [program.replace(/^.*[\\/]/, ''), ...args].join(' ');
