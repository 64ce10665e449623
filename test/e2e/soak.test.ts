/**
 * Kills, hangs, floods, crashes, starts, stops and restarts services, breaks their file, reloads the window and kills the
 * extension host, at random. Then everything is repaired, and each row must match the state of the system.
 */
import assert from 'node:assert/strict';
import { isAlive } from '../support/processes';
import { until } from '../support/poll';
import { Session } from '../support/workbench/session';
import type { Workbench } from '../support/workbench/workbench';
import { Chance } from './support/chance';
import { configFile, fixture } from './support/files';
import { allGone, answeringPid, isHealthy, processesLike } from './support/observe';
import { freePorts } from './support/ports';
import { stopSessions } from './support/sessions';

const disturbanceMs = 60_000;
const names = ['ash', 'birch', 'cedar', 'elm'] as const;

describe('random disturbances', function () {
  this.timeout(240_000);
  after(stopSessions);

  it('end with rows that match the state of the system, and with no process left', async () => {
    const chance = new Chance(Number(process.env['SOAK_SEED'] ?? 20_261_122));
    console.log(`      seed ${chance.seed} (SOAK_SEED repeats it)`);
    const ports = await freePorts(names.length);
    const config = JSON.stringify({
      services: Object.fromEntries(names.map((name, index) => [name, service(ports[index] ?? 0)])),
    });
    const session = await Session.start({
      workspace: 'empty',
      files: { 'restless.js': fixture('restless.js'), [configFile]: config },
    });
    const workbench = await session.open();
    await workbench.services.open();
    await workbench.services.row('ash');
    await workbench.services.clickTitleAction('Start All');
    const troubles = troublesOf({ session, workbench, chance, ports, config });
    const done = await makeTrouble(troubles, chance);
    console.log(`      ${done.join(' ')}`);

    for (const pid of servers(session)) process.kill(pid, 'SIGCONT');
    await session.write(configFile, config);
    await until('rows that say what the system says', () => agreement(session, workbench, ports), 60_000);

    const last = servers(session);
    await workbench.runCommand('Services: Stop All');
    await until('the end of all processes', () => allGone(last) && servers(session).length === 0, 30_000);
    for (const name of names) await workbench.services.rowWhere(name, 'at rest', ({ description }) => atRest.test(description));
  });
});

const service = (port: number): object => ({
  command: ['node', 'restless.js', '${port}'],
  ...{ port, restart: 'on-failure', maxRestarts: 50, stopGracePeriod: '2s' },
  health: { http: '/', interval: '500ms', timeout: '500ms' },
  backoff: { initial: '200ms', max: '1s' },
});

const servers = (session: Session): number[] => processesLike(session, /node\S* restless\.js \d+/);

const atRest = /^(Not started|Stopped|Failed|Gave up)/;

interface Scene {
  readonly session: Session;
  readonly workbench: Workbench;
  readonly chance: Chance;
  readonly ports: readonly number[];
  readonly config: string;
}

let hostKills = 0;

type Trouble = readonly [name: string, make: () => Promise<unknown>];

function troublesOf({ session, workbench, chance, ports, config }: Scene): readonly [Trouble, ...Trouble[]] {
  const signal = (name: NodeJS.Signals) => (): Promise<void> => {
    const [first, ...others] = servers(session);
    if (first !== undefined) process.kill(chance.pick([first, ...others]), name);
    return Promise.resolve();
  };
  const ask = (path: string) => async (): Promise<void> => {
    const port = ports[Math.floor(chance.next() * ports.length)] ?? 0;
    // A service that does not respond is already disturbed.
    await fetch(`http://localhost:${port}${path}`, { signal: AbortSignal.timeout(1000) }).catch(() => undefined);
  };
  const command = (title: string) => () => workbench.runCommand(`Services: ${title}`);
  return [
    ['kill', signal('SIGKILL')],
    ['hang', signal('SIGSTOP')],
    ['wake', signal('SIGCONT')],
    ['flood', ask('/flood')],
    ['crash', ask('/exit')],
    ['start', command('Start All')],
    ['restart', command('Restart All')],
    ['break', () => session.write(configFile, config.slice(0, Math.floor(chance.next() * config.length)))],
    ['repair', () => session.write(configFile, config)],
    ['reload', () => reload(workbench)],
    ['hostkill', () => killHost()],
  ];

  // VS Code starts no new extension host after the third crash within five minutes.
  async function killHost(): Promise<void> {
    if (hostKills >= 2) return;
    hostKills += 1;
    await session.killExtensionHost();
    await workbench.services.somethingShown();
  }
}

async function reload(workbench: Workbench): Promise<void> {
  await workbench.reload();
  await workbench.services.open();
  await workbench.services.somethingShown();
}

async function makeTrouble(troubles: readonly [Trouble, ...Trouble[]], chance: Chance): Promise<string[]> {
  const done: string[] = [];
  const end = Date.now() + disturbanceMs;
  while (Date.now() < end) {
    const [name, make] = chance.pick(troubles);
    done.push(name);
    await make();
    await new Promise((resolve) => setTimeout(resolve, 200 + chance.next() * 1500));
  }
  return done;
}

/** Tells whether each service is healthy with the one process that responds on its port, or not running without any process. */
async function agreement(session: Session, workbench: Workbench, ports: readonly number[]): Promise<boolean> {
  const rows = await workbench.services.rows();
  for (const [index, name] of names.entries()) {
    const port = ports[index] ?? 0;
    const running = servers(session).filter(
      (pid) => isAlive(pid) && processesLike(session, new RegExp(`restless\\.js ${port}`)).includes(pid),
    );
    const row = rows.find((each) => each.name === name);
    if (row === undefined) return false;
    if (isHealthy(row)) {
      if (running.length !== 1) return false;
      assert.equal(await answeringPid(port), running[0]);
    } else if (!atRest.test(row.description) || running.length > 0) return false;
  }
  return true;
}
