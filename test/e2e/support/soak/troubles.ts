/** What a soak does to services, their file, both windows, the machine and its disk. */
import { isAlive } from '../../../support/processes';
import { until } from '../../../support/poll';
import type { Workbench } from '../../../support/workbench/workbench';
import type { Chance } from '../chance';
import { configFile } from '../files';
import { servers } from './agreement';
import type { Scene } from './agreement';
import { canFillDisk, fillDisk, freeDisk } from '../fullDisk';
import { sleepAll } from './sleep';

export interface Trouble {
  readonly name: string;
  make(): Promise<unknown>;
}

export interface TroubledScene extends Scene {
  readonly chance: Chance;
  readonly sleepMs: number;
}

export function troublesOf(scene: TroubledScene): readonly Trouble[] {
  return [...serviceTroubles(scene), ...windowTroubles(scene), ...machineTroubles(scene)];
}

function serviceTroubles(scene: TroubledScene): readonly Trouble[] {
  const { session, orchard, chance } = scene;
  const signal = (name: NodeJS.Signals) => (): Promise<void> => {
    const [first, ...others] = servers(scene);
    if (first !== undefined) process.kill(chance.pick([first, ...others]), name);
    return Promise.resolve();
  };
  const ask = (path: string) => async (): Promise<void> => {
    const { port } = chance.pick(orchard.trees);
    // A service that does not respond is already disturbed.
    await fetch(`http://localhost:${port}${path}`, { signal: AbortSignal.timeout(1000) }).catch(() => undefined);
  };
  const rename = (): Promise<void> => {
    orchard.rename(chance.pick(orchard.trees));
    return session.write(configFile, orchard.config);
  };
  const cut = (): Promise<void> =>
    session.write(configFile, orchard.config.slice(0, Math.floor(chance.next() * orchard.config.length)));
  return [
    { name: 'kill', make: signal('SIGKILL') },
    { name: 'hang', make: signal('SIGSTOP') },
    { name: 'wake', make: signal('SIGCONT') },
    { name: 'crash', make: ask('/exit') },
    { name: 'flood', make: ask('/flood') },
    { name: 'returns', make: ask('/returns') },
    { name: 'long', make: ask('/long') },
    { name: 'ansi', make: ask('/ansi') },
    { name: 'rename', make: rename },
    { name: 'rename', make: rename },
    { name: 'break', make: cut },
    { name: 'repair', make: () => session.write(configFile, orchard.config) },
  ];
}

function windowTroubles(scene: TroubledScene): readonly Trouble[] {
  const { windows, chance } = scene;
  const command = (title: string) => () => run(chance.pick(windows), title);
  const restartOfHosts = new HostKills(scene);
  return [
    { name: 'start', make: command('Start All') },
    { name: 'start', make: command('Start All') },
    { name: 'stop', make: command('Stop All') },
    { name: 'restart', make: command('Restart All') },
    { name: 'reload', make: () => reload(chance.pick(windows)) },
    { name: 'hostkill', make: () => restartOfHosts.kill() },
  ];
}

function machineTroubles({ session, sleepMs }: TroubledScene): readonly Trouble[] {
  const disk: readonly Trouble[] = [
    { name: 'full', make: () => atOnce(() => fillDisk(session)) },
    { name: 'free', make: () => atOnce(() => freeDisk(session)) },
  ];
  return [{ name: 'sleep', make: () => sleepAll(sleepMs) }, ...(canFillDisk ? disk : [])];
}

function atOnce(make: () => void): Promise<void> {
  make();
  return Promise.resolve();
}

export async function run(workbench: Workbench, title: string): Promise<void> {
  await workbench.page.bringToFront();
  await workbench.runCommand(`Services: ${title}`);
}

async function reload(workbench: Workbench): Promise<void> {
  await workbench.page.bringToFront();
  await workbench.reload();
  await workbench.services.open();
  await workbench.services.somethingShown();
}

/** VS Code starts no new extension host after the third crash of a window within five minutes. */
const crashMemoryMs = 5.5 * 60_000;
const mostCrashes = 2;

class HostKills {
  #times: number[] = [];

  constructor(private readonly scene: TroubledScene) {}

  async kill(): Promise<void> {
    this.#times = this.#times.filter((time) => Date.now() - time < crashMemoryMs);
    if (this.#times.length >= mostCrashes) return;
    this.#times.push(Date.now());
    const { session, chance, windows } = this.scene;
    const [host, ...others] = session.extensionHosts();
    if (host === undefined) return;
    const killed = chance.pick([host, ...others]);
    process.kill(killed, 'SIGKILL');
    const present = (): number[] => session.extensionHosts().filter((pid) => pid !== killed && isAlive(pid));
    await until('a new extension host', () => present().length >= windows.length, 60_000);
    for (const { services } of windows) await services.somethingShown();
  }
}
