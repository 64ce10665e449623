/** Offers Add Services once in a workspace without services.json that has services. It is not repeated, whatever the answer. */
import { createHash } from 'node:crypto';
import * as vscode from 'vscode';
import { button } from '../../core/wording/button';
import { t } from '../../core/wording/l10n';
import { listOf } from '../../core/wording/listOf';
import type { ProposedService } from '../../core/addServices/proposal';
import { configPath } from '../config/configFiles';
import { settings } from '../config/settings';
import { exists } from '../config/exists';
import { showMessage } from '../../messages/showMessage';

const offeredKey = 'addServices.offered';
/** A digest of the folders at the last time when nothing was found in them. */
const lookedKey = 'addServices.looked';

export interface OfferParts {
  readonly memory: vscode.Memento;
  /** Finds the services in all folders of the workspace. */
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
  // Remembered before the answer: closing the window is an answer too.
  await memory.update(offeredKey, true);
  const add = button(t('Add Services'));
  if ((await showMessage('information', question(found), add, button(t("Don't Ask Again")))) === add) await addServices();
}

/** A single script without a port may not be a server. */
const isWorthAnOffer = (found: readonly ProposedService[]): boolean =>
  found.length > 1 || found.some(({ config }) => config.port !== undefined);

/** The notification names this many services. */
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

/** The names directly in the folders: cheap to read, and they change when a server is added to the project. */
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
