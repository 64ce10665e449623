/** Finds what an earlier window, or an extension host that crashed, left running. */
import { isUp } from '../core/compose/choose';
import { isUntouched } from '../core/lifecycle/startPermission';
import type { Service } from '../core/lifecycle/state';
import { defined } from '../core/model/defined';
import { identityOf, idOf } from '../core/model/identity';
import { isVerified } from '../core/model/process';
import type { ProcessIdentity, Reading } from '../core/model/process';
import type { ServiceSpec } from '../core/model/service';
import type { Containers } from './containerPorts';
import type { World } from './world';
import type { Clock, Ledger, LedgerEntry, Log, ProcessTable } from './ports';
import type { Store } from './store';
import type { Supervisor } from './supervisor';

export interface Adoption {
  readonly clock: Clock;
  readonly ledger: Ledger;
  readonly processes: ProcessTable;
  readonly store: Store;
  readonly supervisor: Supervisor;
  readonly log: Log;
}

/** A folder of this workspace. */
export interface WorkspacePlace {
  readonly folder: string;
  /** Its label, which is unique in the workspace. */
  readonly folderName: string;
  readonly multiRoot: boolean;
}

/**
 * Adopts every service whose remembered process, and no other with its pid, is alive. One that no file names any more, because it
 * was renamed or removed while it ran or has a mistake now, is shown until it stops. To be called whenever the files were read.
 */
export async function adoptRunning(places: readonly WorkspacePlace[], adoption: Adoption): Promise<void> {
  const byFolder = new Map(places.map((place) => [place.folder, place]));
  const left = adoption.ledger.entries().flatMap((entry) => {
    const place = byFolder.get(entry.folder);
    return place === undefined || entry.endedAt !== undefined || isFollowed(entry, adoption) ? [] : [{ entry, place }];
  });
  // All at once: each look may be a question to another process.
  const looks = await Promise.all(
    left.map(async (each) => ({ ...each, found: await adoption.processes.identify(each.entry.process.pid) })),
  );
  for (const { entry, place, found } of looks) adoptOne(entry, place, found, adoption);
}

/** What this window still follows is supervised already, whatever its state. */
function isFollowed(entry: LedgerEntry, { store, supervisor }: Adoption): boolean {
  const service = store.find(entry);
  return service !== undefined && supervisor.isBusy(service.spec.id);
}

type Found = Reading<ProcessIdentity | undefined>;

function adoptOne(entry: LedgerEntry, place: WorkspacePlace, found: Found, adoption: Adoption): void {
  const { clock, ledger, store, supervisor, log } = adoption;
  const { pid, born } = entry.process;
  if (found.kind === 'unavailable') {
    log.warn(`${entry.key}: pid ${pid} could not be looked at: ${found.why}`);
    return;
  }
  // The user may have started the service while the process was looked at.
  const present = ledger.read(entry.folder, entry.key);
  if (present?.run !== entry.run || isFollowed(entry, adoption)) return;
  if (found.value !== undefined && !isVerified(entry.process)) {
    log.warn(`${entry.key}: pid ${pid} may be its process or another one; its start time was never read, so it is left alone`);
    return;
  }
  if (found.value?.born !== born) {
    log.info(`${entry.key}: pid ${pid} ended while no window watched it`);
    // Children of it may live on, and hold its port: the entry proves whose they are.
    ledger.write({ ...entry, endedAt: clock.now() });
    return;
  }
  if (store.find(entry) === undefined) store.add(remembered(entry, place));
  const id = store.find(entry)?.spec.id;
  if (id !== undefined && supervisor.adopt(id, entry) && entry.spec !== undefined) store.setUsedPorts(id, entry.spec.usedPorts);
}

/**
 * Follows the containers that run already, of services that were neither started nor stopped in this window: what was started outside
 * of VS Code, or went on when its window was closed. To be called after `adoptRunning`.
 */
export async function adoptContainers(leads: (spec: ServiceSpec) => boolean, parts: ContainerAdoption): Promise<void> {
  const { store, supervisor, containers, log } = parts;
  const candidates = store
    .services()
    .filter(({ spec, state }) => spec.compose !== undefined && isUntouched(state) && leads(spec));
  const adopt = async ({ spec }: Service): Promise<void> => {
    if (!(await mayLook(spec, parts))) return;
    const seen = await containers.look(spec);
    const service = store.find(spec);
    if (seen.kind === 'unavailable') log.info(`${spec.id}: whether its container runs is not known: ${seen.why}`);
    else if (seen.value !== undefined && isUp(seen.value.state) && service !== undefined && isUntouched(service.state))
      supervisor.start(service.spec.id, 'found');
  };
  await Promise.all(candidates.map(adopt));
}

/**
 * A look runs Docker's command line. The environment of a service may name another program or another engine, so that the user must have
 * started it so before, or have allowed it to start automatically.
 */
async function mayLook(spec: ServiceSpec, { preflight, consent }: ContainerAdoption): Promise<boolean> {
  if (Object.keys(spec.env).length === 0 && spec.envFiles.length === 0) return true;
  return consent.isAgreed(spec, await preflight.prepare(spec));
}

export interface ContainerAdoption extends Pick<Adoption, 'store' | 'supervisor' | 'log'>, Pick<World, 'preflight' | 'consent'> {
  readonly containers: Pick<Containers, 'look'>;
}

/** The service as it was started. Entries of 0.1.0 hold less: enough to show it and to stop it. */
export function remembered({ spec, folder, key, command, cwd, port }: LedgerEntry, place: WorkspacePlace): ServiceSpec {
  const id = idOf(key, place);
  const { folderName } = place;
  if (spec !== undefined && identityOf(spec) === identityOf({ folder, key })) return { ...spec, id, folderName };
  return {
    ...bare,
    id,
    key,
    folder,
    folderName,
    command,
    cwd,
    ...defined({ port }),
  };
}

const bare = {
  role: 'other',
  groups: [],
  env: {},
  envFiles: [],
  checks: [],
  dependsOn: [],
  setup: [],
  commands: {},
  debug: undefined,
  watch: undefined,
  restart: 'no',
  maxRestarts: 0,
  backoff: { initial: 1000, max: 30_000, resetAfter: 60_000 },
  stopSignal: 'SIGINT',
  stopGracePeriod: 10_000,
  onPortConflict: 'fail',
  autoStart: false,
} as const satisfies Partial<ServiceSpec>;

/** Removes the entries of projects that were deleted, whose processes have ended. `isGone` answers only what is sure. */
export async function forgetDeleted(
  { ledger, processes }: Pick<Adoption, 'ledger' | 'processes'>,
  isGone: (folder: string) => Promise<boolean>,
): Promise<void> {
  for (const entry of ledger.entries())
    if (!processes.isAlive(entry.process) && (await isGone(entry.folder))) ledger.remove(entry);
}

/** A process that the editor started on its own, as "Rerun Task" in a terminal's menu does. */
export interface Newcomer {
  readonly spec: ServiceSpec;
  readonly pid: number;
  /** Unique, as every run's id. */
  readonly run: string;
}

/** A rerun ends the old process first, which may take as long as this. */
const handOverTimeoutMs = 5000;

/** Takes the newcomer as the service's process; 'copy' when another process of the service goes on beside it. */
export async function adoptNewcomer(
  { spec, pid, run }: Newcomer,
  { clock, processes, store, supervisor }: Adoption,
): Promise<'adopted' | 'copy' | 'gone'> {
  const born = await processes.identify(pid);
  if (born.kind === 'unavailable' || born.value === undefined) return 'gone';
  const isBusy = (): boolean => supervisor.isBusy(store.find(spec)?.spec.id ?? '');
  const until = clock.elapsed() + handOverTimeoutMs;
  while (isBusy() && clock.elapsed() < until) {
    await new Promise<void>((resolve) => clock.after(50, resolve));
  }
  const id = store.find(spec)?.spec.id;
  if (id === undefined || isBusy()) return 'copy';
  return supervisor.adopt(id, { run, process: born.value, startedAt: clock.now() }) ? 'adopted' : 'copy';
}
