/** Connects discovery with its users: the API, the Add Services command, and the offer in a workspace without services.json. */
import * as vscode from 'vscode';
import type { Discovery } from '../app/addServices/ports';
import { endLeftOverTestRuns, TestRuns } from '../app/addServices/testRuns';
import type { DiagnoseRun } from '../app/addServices/trial';
import type { ProposedService } from '../core/addServices/proposal';
import { addServices } from '../host/addServices/addServices';
import { folderReader } from '../host/addServices/folderReader';
import { FileLedger } from '../os/storage/ledger';
import { offerServices } from '../host/addServices/offerServices';
import { FoundServices } from '../views/foundServices';
import type { Own, Parts } from './parts';

/** What is known of the Services view. */
export interface AddServicesContext {
  /** Whether it is visible. */
  isViewVisible(): boolean;
  /** Fires when the view becomes visible. */
  readonly onDidShowView: vscode.Event<unknown>;
}

export interface AddServices {
  /** Finds the services in a folder, or in every folder of the workspace. Nothing is written or run. */
  discover(folder?: vscode.Uri): Promise<readonly ProposedService[]>;
  /** Lets the user choose among the proposals, and writes these into services.json. */
  addServices(): Promise<void>;
}

export function connectAddServices(
  parts: Parts,
  own: Own,
  context: AddServicesContext & { readonly diagnoseRun: DiagnoseRun },
): AddServices {
  const { world, supervisor, terminals, files, ready, log, shared } = parts;
  const { storageUri, globalStorageUri, workspaceState } = parts.context;
  // A ledger for test runs in this workspace: no test run is adopted as a service, and no other window ends it.
  const { clock } = world;
  const ledger = own(new FileLedger(vscode.Uri.joinPath(storageUri ?? globalStorageUri, 'testRuns').fsPath, { log, clock }));
  const testRunWorld = { ...world, ledger: shared.signed(ledger), diagnose: context.diagnoseRun };
  void endLeftOverTestRuns(ledger.entries(), testRunWorld);
  const addServicesParts = {
    discovery,
    testRuns: new TestRuns(testRunWorld),
    terminals: {
      // What failed may be a setup step, which has its own terminal.
      show: (id: string, focus: 'keepFocus') => terminals.show(id, focus) || world.steps.show(id, focus),
      close: (id: string) => terminals.close(id),
    },
    reread: () => files.read(),
    start: (id: string) => supervisor.start(id),
  };
  const add = (): Promise<void> => addServices(addServicesParts);
  const found = own(new FoundServices());
  const showFound = async (): Promise<void> => {
    await ready;
    const isWanted = context.isViewVisible() && files.latest.length === 0 && vscode.workspace.isTrusted;
    if (isWanted) found.show(await discover());
  };
  const offer = async (): Promise<void> => {
    await ready;
    // The view names what was found itself.
    if (!context.isViewVisible()) await offerServices({ memory: workspaceState, discover, addServices: add });
  };
  const look = (): void => void Promise.all([showFound(), offer()]);
  look();
  own(vscode.workspace.onDidGrantWorkspaceTrust(look));
  own(context.onDidShowView(() => void showFound()));
  return { discover, addServices: add };
}

/** A separate bundle, because nothing else needs its YAML and TOML parsers. */
const discovery = (): Promise<Discovery> => import('./discovery');

async function discover(folder?: vscode.Uri): Promise<readonly ProposedService[]> {
  const folders = folder === undefined ? (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri) : [folder];
  const loaded = await discovery();
  return (await Promise.all(folders.map((uri) => loaded.discover(folderReader(uri))))).flat();
}
