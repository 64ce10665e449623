/** Services with `compose` against a real engine: how long a cold start takes, how soon an event is in the row, what ten of them cost. */
import { readdirSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { build } from 'esbuild';
import { join } from 'node:path';
import type { LaunchRequest } from '../../src/app/ports';
import { planOf } from '../../src/core/compose/followPlan';
import { systemClock as clock } from '../../src/os/clock';
import { DockerContainers } from '../../src/os/compose/containers';
import { ComposeLocator } from '../../src/os/compose/program';
import { FilePreflight } from '../../src/os/launch/preflight';
import { image, obstacle, withEngine } from '../support/engine';
import { repositoryRoot } from '../support/repository';
import { commandLine, descendants } from '../support/processes';
import { run } from '../support/run';
import type { Context, Group } from './context';
import { differenceOf, inWords } from './interval';
import { Rig } from './rig';
import { atMost, compared, figure, ratio } from './row';
import type { Row } from './row';
import { now, pause } from './time';

const idle = 10;
/** After a start or a stop, this process collects garbage for some seconds: one such window hides what ten containers cost. */
const settleMs = 15_000;
const project = `sl-bench-${process.pid}`;

/** One that the engine checks every second, one that it does not check, and more that do nothing. */
const composeFile = `
services:
  checked:
    image: ${image}
    command: [httpd, -f, -p, "80", -h, /www]
    stop_grace_period: 0s
    healthcheck: { test: [CMD, wget, -q, -O, "-", "http://127.0.0.1/index.html"], interval: 1s, timeout: 5s, retries: 1 }
  plain:
    image: ${image}
    command: [httpd, -f, -p, "80", -h, /www]
    stop_grace_period: 0s
${Array.from({ length: idle }, (_, at) => `  idle${at}:\n    image: ${image}\n    command: [sleep, "100000"]\n    stop_grace_period: 0s\n`).join('')}`;

export const compose: Group = {
  name: 'compose',
  async measure(context) {
    const why = obstacle();
    if (why !== undefined) throw new Error(why);
    await writeFile(join(context.scratch, 'compose.yaml'), composeFile);
    return withEngine(async (env) => {
      const shop = await Shop.open(context.scratch, env);
      try {
        return [
          await coldStart(shop, 'plain', context),
          await coldStart(shop, 'checked', context),
          await eventToRow(shop, context),
          await idleCost(shop, context),
        ];
      } finally {
        await shop.close();
      }
    });
  },
};

/** The real supervisor and the real engine; the follower is bundled as in the package. */
class Shop {
  private constructor(
    readonly rig: Rig,
    private readonly folder: string,
    private readonly env: NodeJS.ProcessEnv,
    private readonly containers: DockerContainers,
  ) {}

  static async open(folder: string, env: NodeJS.ProcessEnv): Promise<Shop> {
    const follower = join(folder, 'follower.js');
    const entry = join(repositoryRoot, 'src', 'os', 'compose', 'follower', 'main.ts');
    await build({ entryPoints: [entry], outfile: follower, bundle: true, platform: 'node', format: 'cjs', minify: true });
    // Docker's command line reads where the engine is.
    Object.assign(process.env, env);
    const locator = new ComposeLocator();
    const preflight = new FilePreflight(
      () => () => undefined,
      () => true,
      (surroundings) => locator.find(surroundings),
    );
    const containers = new DockerContainers({ preflight, locator, clock });
    const rig = new Rig(folder, { containers, preflight });
    rig.terminals.wordsOf = ({ spec, launch: { command } }: LaunchRequest) => {
      return [process.execPath, follower, JSON.stringify(planOf(spec, command))];
    };
    const names = ['plain', 'checked', ...Array.from({ length: idle }, (_, at) => `idle${at}`)];
    rig.configure(Object.fromEntries(names.map((name) => [name, { compose: { service: name, project } }])));
    return new Shop(rig, folder, env, containers);
  }

  /** The time in ms until the row is healthy. */
  async started(name: string): Promise<number> {
    const healthy = this.rig.next(name, 'to be healthy', ({ health }) => health === 'healthy', 60_000);
    const before = now();
    this.rig.start(name);
    return (await healthy).at - before;
  }

  /** The time in ms that Compose takes. */
  async composed(...words: readonly string[]): Promise<number> {
    const before = now();
    const { code, output } = await this.docker('compose', '-p', project, ...words);
    if (code !== 0) throw new Error(`docker compose ${words.join(' ')}: ${output}`);
    return now() - before;
  }

  docker(...words: readonly string[]): ReturnType<typeof run> {
    return run('docker', words, { cwd: this.folder, env: this.env, output: 'keep' });
  }

  /** Nothing of the project is left. */
  async down(): Promise<void> {
    await this.rig.stopAll();
    await this.composed('down', '-t', '0');
  }

  async close(): Promise<void> {
    await this.down();
    this.rig.dispose();
    this.containers.dispose();
  }
}

/** Of a container that does not exist yet; its image does. */
async function coldStart(shop: Shop, name: string, { full, say }: Context): Promise<Row> {
  const [ours, peer]: [number[], number[]] = [[], []];
  const rounds = full ? 20 : 8;
  for (let round = 0; round <= rounds; round++) {
    const times = { ours: 0, peer: 0 };
    // Whoever is second finds a warmer engine.
    for (const who of round % 2 === 0 ? (['ours', 'peer'] as const) : (['peer', 'ours'] as const)) {
      times[who] = who === 'ours' ? await shop.started(name) : await shop.composed('up', '-d', '--wait', name);
      await shop.down();
    }
    // The first of each only warms up.
    if (round === 0) continue;
    ours.push(times.ours);
    peer.push(times.peer);
  }
  say(`${name}: ours ${ours.map(Math.round).join(' ')}; peer ${peer.map(Math.round).join(' ')}`);
  const [own, other] = [figure(ours), compared('docker compose up -d --wait', peer)];
  const times = ratio(own, other);
  return {
    what: name === 'checked' ? 'cold start with a health check -> "healthy"' : 'cold start -> "healthy"',
    ...{ unit: 'ms', ours: own, peers: [other], goal: '<= 1.1 times the peer' },
    met: times !== undefined && 1 / times <= 1.1,
  };
}

/** The health check fails and succeeds in turn; the engine says when it noticed. */
async function eventToRow(shop: Shop, { full }: Context): Promise<Row> {
  await shop.started('checked');
  // The stream of events needs a moment until it is connected.
  await pause(3000);
  const late: number[] = [];
  for (let round = 0; round < (full ? 15 : 6); round++) {
    for (const [health, line] of [
      ['unhealthy', 'rm /www/index.html'],
      ['healthy', 'echo ok > /www/index.html'],
    ] as const) {
      const seen = shop.rig.next('checked', `to be ${health}`, (snapshot) => snapshot.health === health);
      const since = String(Date.now() / 1000);
      await shop.docker('exec', `${project}-checked-1`, 'sh', '-c', line);
      const { at } = await seen;
      const rowAt = Date.now() - (now() - at);
      late.push(rowAt - (await momentOf(shop, since, health)));
    }
  }
  await shop.down();
  const ours = figure(late);
  return { what: 'event of the engine -> row', unit: 'ms', ours, peers: [], goal: '<= 100', met: atMost(ours.median, 100) };
}

/** When the engine noticed, in ms since the epoch. */
async function momentOf(shop: Shop, since: string, health: string): Promise<number> {
  const filters = ['--filter', `event=health_status: ${health}`, '--filter', `container=${project}-checked-1`];
  const range = ['--since', since, '--until', String(Date.now() / 1000)];
  const { output } = await shop.docker('events', ...range, ...filters, '--format', '{{.TimeNano}}');
  const [first] = output.trim().split('\n');
  if (first === undefined || first === '') throw new Error(`The engine reported no ${health} container.`);
  return Number(first) / 1e6;
}

/** Above what this process costs without services: its own work, that of the followers, and of what they run. */
async function idleCost(shop: Shop, { windows, say }: Context): Promise<Row> {
  const shares = async (what: string): Promise<readonly number[]> => {
    const values: number[] = [];
    for (let window = 0; window < windows.count; window++) {
      const [before, from] = [processorTime(), now()];
      await pause(windows.seconds * 1000);
      values.push(((processorTime() - before) / (now() - from)) * 100);
    }
    say(`${what}: ${values.map((each) => each.toFixed(2)).join(' ')} %`);
    return values;
  };
  await pause(settleMs);
  const none = await shares('no container');
  for (let at = 0; at < idle; at++) await shop.started(`idle${at}`);
  await pause(settleMs);
  const own = await shares(`${idle} containers`);
  await shop.down();
  const above = differenceOf(own, none);
  return {
    what: `${idle} containers that do nothing: processor above none`,
    ...{ unit: '%', ours: figure([above.mean]), peers: [], goal: '<= 0.3', met: above.mean <= 0.3 },
    note: `95 % confidence ${inWords(above)} points over ${windows.count} windows of ${windows.seconds} s`,
  };
}

/** Of all threads of this process, of the followers with what they run, and of what reads the engine's events, in ms. */
const processorTime = (): number =>
  [process.pid, ...descendants(process.pid).filter(isOurs)].reduce((sum, pid) => sum + threadsOf(pid), 0) / 1e6;

/** The engine itself may be a child of this process. */
const isOurs = (pid: number): boolean => /follower\.js|docker (?:events|logs) /.test(commandLine(pid));

/** In ns; 0 for a process that is gone. */
function threadsOf(pid: number): number {
  try {
    return readdirSync(`/proc/${pid}/task`).reduce(
      (sum, thread) => sum + Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0]),
      0,
    );
  } catch {
    return 0;
  }
}
