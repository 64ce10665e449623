/** Offers what discovery found in a folder, and writes down what the person accepts. */
import * as vscode from 'vscode';
import { idOf } from '../../core/model/identity';
import { workspacePlaces } from '../config/configFiles';
import type { Compared, Discovery } from '../../app/addServices/discovery';
import type { Trials } from '../../app/addServices/trials';
import { t } from '../../core/wording/l10n';
import type { ProposedService } from '../../core/addServices/proposal';
import { folderReader } from './folderReader';
import { chooseFolder, openConfig } from '../config/openConfig';
import { attemptsOf } from '../../app/addServices/attempts';
import type { TrialTerminals } from '../../app/addServices/attempts';
import { pickProposals } from './pickProposals';
import { openServicesText, replaceServicesText, showServicesText } from './servicesText';
import type { ServicesText } from './servicesText';

export interface AddingParts {
  /** Loads it when it is asked for the first time. */
  readonly discovery: () => Promise<Discovery>;
  /** Reads the configuration anew; settles when the services in it are known. */
  readonly reread: () => Promise<void>;
  readonly start: (id: string) => void;
  readonly trials: Trials;
  readonly terminals: TrialTerminals;
}

export async function addServices(parts: AddingParts): Promise<void> {
  const folder = await chooseFolder(t('Look for servers in which folder?'));
  if (folder === undefined) return;
  const discovery = await parts.discovery();
  const text = await openServicesText(folder.uri);
  const found = await vscode.window.withProgress({ location: { viewId: 'serviceLifecycle.services' } }, async () =>
    discovery.compare(textOf(text), await discovery.discover(folderReader(folder.uri))),
  );
  if (found.every(({ presentAs }) => presentAs !== undefined)) {
    await sayNothingNew(folder, found);
    return;
  }
  const place = { folder: folder.uri.fsPath, folderName: folder.name };
  const attempts = attemptsOf(
    found.map(({ proposal }) => proposal),
    place,
    { ...parts, discovery },
  );
  try {
    const accepted = await pickProposals(t('Servers Found in {0}', folder.name), found, attempts);
    if (accepted.length > 0) await write(folder, accepted, parts);
  } finally {
    attempts.dispose();
  }
}

async function sayNothingNew(folder: vscode.WorkspaceFolder, found: readonly Compared[]): Promise<void> {
  const names = found.map(({ presentAs }) => presentAs).join(', ');
  const [message, action] =
    found.length === 0
      ? [
          t('No servers were found in {0}: describe them in services.json, with completion at every key.', folder.name),
          t('Create services.json'),
        ]
      : [t('All servers that were found in {0} are in services.json already: {1}.', folder.name, names), t('Open Configuration')];
  if ((await vscode.window.showInformationMessage(message, action)) !== undefined) await openConfig(undefined, folder);
}

async function write(folder: vscode.WorkspaceFolder, accepted: readonly ProposedService[], parts: AddingParts): Promise<void> {
  const discovery = await parts.discovery();
  // Read again: the person may have typed in it meanwhile.
  const text = await openServicesText(folder.uri);
  const written = discovery.writeServices(textOf(text), accepted);
  if (!written.ok) {
    void vscode.window
      .showWarningMessage(written.why, t('Open Configuration'))
      .then((answer) => (answer === undefined ? undefined : openConfig(undefined, folder)));
    return;
  }
  if (!(await replaceServicesText(folder.uri, text, written.text))) {
    void vscode.window.showWarningMessage(
      t(
        'The services were not added because .vscode/services.json of {0} could not be written: look whether it is read-only.',
        folder.name,
      ),
    );
    return;
  }
  await parts.reread();
  await showServicesText(folder.uri, accepted[0]?.id);
  void offerStart(folder, accepted, parts);
}

async function offerStart(
  folder: vscode.WorkspaceFolder,
  accepted: readonly ProposedService[],
  parts: AddingParts,
): Promise<void> {
  if (!vscode.workspace.isTrusted) return;
  const start = accepted.length === 1 ? t('Start It') : t('Start Them');
  const names = accepted.map(({ id }) => id).join(', ');
  if ((await vscode.window.showInformationMessage(t('Added to services.json: {0}.', names), start)) !== start) return;
  const place = workspacePlaces().find((each) => each.folder === folder.uri.fsPath);
  if (place !== undefined) for (const { id } of accepted) parts.start(idOf(id, place));
}

const textOf = (text: ServicesText): string | undefined => (text.kind === 'open' ? text.document.getText() : undefined);
