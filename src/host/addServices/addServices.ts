/** Shows what discovery found in a folder, and writes the accepted proposals into services.json. */
import * as vscode from 'vscode';
import { idOf } from '../../core/model/identity';
import { workspacePlaces } from '../config/configFiles';
import type { Discovery, TestRunTerminals } from '../../app/addServices/ports';
import { testRunsOf } from '../../app/addServices/proposalTestRuns';
import type { TestRuns } from '../../app/addServices/testRuns';
import type { ComparedProposal, Discovered, ProposedService } from '../../core/addServices/proposal';
import { t } from '../../core/wording/l10n';
import { listOf } from '../../core/wording/listOf';
import { chooseFolder, openConfig } from '../config/openConfig';
import { folderReader } from './folderReader';
import { pickProposals } from './pickProposals';
import { openServicesText, replaceServicesText, showServicesText } from './servicesText';
import type { ServicesText } from './servicesText';
import { showMessage } from '../../messages/showMessage';

export interface AddServicesParts {
  /** Loads the discovery bundle on the first call. */
  readonly discovery: () => Promise<Discovery>;
  /** Reads the configuration again; settles when its services are known. */
  readonly reread: () => Promise<void>;
  readonly start: (id: string) => void;
  readonly testRuns: TestRuns;
  readonly terminals: TestRunTerminals;
}

export async function addServices(parts: AddServicesParts): Promise<void> {
  const folder = await chooseFolder(t('Add services from which folder?'));
  if (folder === undefined) return;
  const discovery = await parts.discovery();
  const text = await openServicesText(folder.uri);
  const { proposals: discovered, ended } = await vscode.window.withProgress(
    { location: { viewId: 'serviceLifecycle.services' } },
    () => discovery.search(folderReader(folder.uri)),
  );
  const found = discovery.compare(textOf(text), discovered);
  if (found.every(({ presentAs }) => presentAs !== undefined)) {
    await showNothingNew(folder, found, ended);
    return;
  }
  const proposals = found.map(({ proposal }) => proposal);
  const testRuns = testRunsOf(proposals, { folder: folder.uri.fsPath, folderName: folder.name }, { ...parts, discovery });
  try {
    const accepted = await pickProposals(titleOf(folder, found, ended), found, testRuns);
    if (accepted.length > 0) await write(folder, accepted, parts);
  } finally {
    testRuns.dispose();
  }
}

function titleOf({ name }: vscode.WorkspaceFolder, found: readonly ComparedProposal[], ended: Discovered['ended']): string {
  switch (ended) {
    case 'complete':
      return t('Services Found in {0}', name);
    case 'outOfTime':
      return t('Search Stopped After 2 s; Services Found in {0} So Far', name);
    case 'tooMany':
      return t('First {0} Services Found in {1}', found.length, name);
  }
}

async function showNothingNew(
  folder: vscode.WorkspaceFolder,
  found: readonly ComparedProposal[],
  ended: Discovered['ended'],
): Promise<void> {
  const present = found.flatMap(({ presentAs }) => presentAs ?? []);
  const [message, action] =
    present.length === 0
      ? [
          ended === 'outOfTime'
            ? t(
                'The search for services in {0} stopped after 2 s and found none so far: add them to services.json, where every key has completion.',
                folder.name,
              )
            : t('No services found in {0}: add them to services.json, where every key has completion.', folder.name),
          t('Create services.json'),
        ]
      : [
          ended === 'outOfTime'
            ? t(
                'The search for services in {0} stopped after 2 s. All services found so far are already in services.json: {1}.',
                folder.name,
                listOf(present, 'and'),
              )
            : t('All services found in {0} are already in services.json: {1}.', folder.name, listOf(present, 'and')),
          t('Open Configuration'),
        ];
  if ((await showMessage('information', message, action)) !== undefined) await openConfig(undefined, folder);
}

async function write(
  folder: vscode.WorkspaceFolder,
  accepted: readonly ProposedService[],
  parts: AddServicesParts,
): Promise<void> {
  const discovery = await parts.discovery();
  // The user may have edited the file while the pick was open.
  const text = await openServicesText(folder.uri);
  const written = discovery.writeServices(textOf(text), accepted);
  if (!written.ok) {
    void showMessage('warning', written.why, t('Open Configuration')).then((answer) =>
      answer === undefined ? undefined : openConfig(undefined, folder),
    );
    return;
  }
  if (!(await replaceServicesText(folder.uri, text, written.text))) {
    void showMessage(
      'warning',
      t(
        'The services were not added because .vscode/services.json in {0} could not be written: check whether it is read-only.',
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
  parts: AddServicesParts,
): Promise<void> {
  if (!vscode.workspace.isTrusted) return;
  const start = accepted.length === 1 ? t('Start Service') : t('Start Services');
  const ids = accepted.map(({ id }) => id);
  const message = t('Added to services.json: {0}.', listOf(ids, 'and'));
  if ((await showMessage('information', message, start)) !== start) return;
  const place = workspacePlaces().find((each) => each.folder === folder.uri.fsPath);
  if (place !== undefined) for (const id of ids) parts.start(idOf(id, place));
}

const textOf = (text: ServicesText): string | undefined => (text.kind === 'open' ? text.document.getText() : undefined);
