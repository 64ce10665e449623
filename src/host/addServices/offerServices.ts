/** Tells once, in a workspace that nobody described, that there are servers to be added. Whatever the answer, never again there. */
import { createHash } from 'node:crypto';
import * as vscode from 'vscode';
import { t } from '../../core/wording/l10n';
import { listOf } from '../../core/wording/listOf';
import type { ProposedService } from '../../core/addServices/proposal';
import { configPath } from '../config/configFiles';
import { settings } from '../config/settings';
import { exists } from '../config/exists';

const offeredKey = 'addServices.offered';
/** What the folders held when nothing worth an offer was found in them. */
const lookedKey = 'addServices.looked';

export interface OfferParts {
  readonly memory: vscode.Memento;
  /** In all folders of the workspace. */
  readonly discover: () => Promise<readonly ProposedService[]>;
  readonly addServices: () => Promise<void>;
}

export async function offerServices({ memory, discover, addServices }: OfferParts): Promise<void> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (folders.length === 0 || !vscode.workspace.isTrusted || !settings().offerServices) return;
  if (memory.get<boolean>(offeredKey) === true || (await isDescribed(folders))) return;
  const listing = await digestOf(folders);
  if (memory.get<string>(lookedKey) === listing) return;
  const found = await discover();
  if (!isWorthAnOffer(found)) {
    await memory.update(lookedKey, listing);
    return;
  }
  // Remembered before it is answered: a window that is closed over it is an answer too.
  await memory.update(offeredKey, true);
  const add = t('Add Services…');
  if ((await vscode.window.showInformationMessage(question(found), add, t('Never for This Workspace'))) === add)
    await addServices();
}

/** One that has no port may be a script that nobody calls a server. */
const isWorthAnOffer = (found: readonly ProposedService[]): boolean =>
  found.length > 1 || found.some(({ config }) => config.port !== undefined);

/** The notification names this many of the services. */
const maxNamed = 4;

function question(found: readonly ProposedService[]): string {
  const names = found.slice(0, maxNamed).map(({ id }) => id);
  const more = found.length - names.length;
  const list = more > 0 ? t('{0} and {1} more', names.join(', '), more) : listOf(names, 'and');
  return found.length === 1
    ? t('Found a service in this workspace that you can start and monitor here: {0}.', list)
    : t('Found {0} services in this workspace that you can start and monitor here: {1}.', found.length, list);
}

const isDescribed = async (folders: readonly vscode.WorkspaceFolder[]): Promise<boolean> =>
  (await Promise.all(folders.map(({ uri }) => exists(vscode.Uri.joinPath(uri, configPath))))).includes(true);

/** Of the names right in the folders: cheap, and it changes when a server comes to a project that had none. */
async function digestOf(folders: readonly vscode.WorkspaceFolder[]): Promise<string> {
  const listings = await Promise.all(
    folders.map(({ uri }) =>
      Promise.resolve(vscode.workspace.fs.readDirectory(uri)).then(
        (entries) => entries.map(([name]) => name).sort(),
        () => [],
      ),
    ),
  );
  return createHash('sha256').update(JSON.stringify(listings)).digest('hex');
}
