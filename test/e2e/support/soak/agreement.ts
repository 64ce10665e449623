/** Whether all windows, the system and the extension's notes on disk say the same about every service. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandLine, isAlive, processesIn } from '../../../support/processes';
import type { Session } from '../../../support/workbench/session';
import type { ServiceRow } from '../../../support/workbench/servicesView';
import type { Workbench } from '../../../support/workbench/workbench';
import { answeringPid, isHealthy } from '../observe';
import { commandOf } from './orchard';
import type { Orchard, Tree } from './orchard';

export interface Scene {
  readonly session: Session;
  readonly orchard: Orchard;
  readonly windows: readonly [Workbench, Workbench];
}

export const isAtRest = ({ state }: ServiceRow): boolean => /^(Not started|Stopped|Failed|Gave up)/.test(state);

/** Pids of the services that run, those that no terminal knows of among them. */
export const servers = ({ session, orchard }: Pick<Scene, 'session' | 'orchard'>): number[] =>
  orchard.trees.flatMap((tree) => serversOf(session, tree));

export const serversOf = (session: Session, tree: Tree): number[] =>
  processesIn(session.workspace).filter((pid) => commandOf(tree).test(commandLine(pid)) && isAlive(pid));

/** What does not agree, one line each; empty when all does. */
export async function disagreements(scene: Scene): Promise<string[]> {
  const found: string[] = [];
  for (const [index, workbench] of scene.windows.entries()) {
    const rows = await workbench.services.rows();
    for (const tree of scene.orchard.trees) {
      const why = await disagreement(scene, tree, rows);
      if (why !== undefined) found.push(`window ${index + 1}: ${why}`);
    }
  }
  return found;
}

/** A service that was renamed while it ran has a row under its old name until it is stopped, beside the new one. */
async function disagreement({ session, orchard }: Scene, tree: Tree, rows: readonly ServiceRow[]): Promise<string | undefined> {
  const running = serversOf(session, tree);
  const itsRows = rows.filter(({ name }) => tree.names.includes(name));
  const shown = `rows ${JSON.stringify(itsRows.map(({ name, state }) => `${name}: ${state}`))}, processes ${String(running)}`;
  const healthy = itsRows.filter(isHealthy);
  if (itsRows.every(({ name }) => name !== orchard.nameOf(tree))) return `no row ${orchard.nameOf(tree)}; ${shown}`;
  if (itsRows.some((row) => !isHealthy(row) && !isAtRest(row))) return `a state that is no result; ${shown}`;
  if (running.length > 1 || healthy.length !== running.length) return `not as many as are shown; ${shown}`;
  const [pid] = running;
  const noted = notes(session).filter(({ key }) => tree.names.includes(key));
  const expected = pid === undefined ? [] : [`${healthy[0]?.name ?? ''} ${pid}`];
  const found = noted.map((note) => `${note.key} ${note.pid}`);
  if (String(found) !== String(expected)) return `notes of ${String(found)} instead of ${String(expected)}; ${shown}`;
  if (pid !== undefined && (await answeringPid(tree.port)) !== pid) return `another process responds; ${shown}`;
  return undefined;
}

/** What the extension keeps on disk about running services. */
export function notes(session: Session): { readonly key: string; readonly pid: number }[] {
  const names = readdirSync(session.dataFolder, { recursive: true, encoding: 'utf8' });
  return names.filter((name) => /[\\/]runs[\\/][^\\/]+\.json$/.test(name)).map((name) => noteIn(join(session.dataFolder, name)));
}

function noteIn(file: string): { readonly key: string; readonly pid: number } {
  // The extension wrote it.
  const { key, process: identity } = JSON.parse(readFileSync(file, 'utf8')) as { key: string; process: { pid: number } };
  return { key, pid: identity.pid };
}
