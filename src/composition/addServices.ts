/** Connects discovery with its users: the API, the Add Services command, and the offer in a workspace without services.json. */
import * as vscode from 'vscode';
import type { Discovery } from '../app/addServices/ports';
import { endLeftOverTestRuns, TestRuns } from '../app/addServices/testRuns';
import type { ProposedService } from '../core/addServices/proposal';
import { addServices } from '../host/addServices/addServices';
import { folderReader } from '../host/addServices/folderReader';
import { FileLedger } from '../os/storage/ledger';
import { offerServices } from '../host/addServices/offerServices';
import type { Own, Parts } from './parts';

export interface AddServices {
  /** Finds the services in a folder, or in every folder of the workspace. Nothing is written or run. */
  discover(folder?: vscode.Uri): Promise<readonly ProposedService[]>;
  /** Lets the user choose among the proposals, and writes these into services.json. */
  addServices(): Promise<void>;
}

export function connectAddServices(parts: Parts, own: Own): AddServices {
  const { world, supervisor, terminals, files, context, ready, log, shared } = parts;
  // A ledger for test runs in this workspace: no test run is adopted as a service, and no other window ends it.
  const { clock } = world;
  const ledger = own(
    new FileLedger(vscode.Uri.joinPath(context.storageUri ?? context.globalStorageUri, 'testRuns').fsPath, { log, clock }),
  );
  const testRunWorld = { ...world, ledger: shared.signed(ledger) };
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
  const offer = (): void => void ready.then(() => offerServices({ memory: context.workspaceState, discover, addServices: add }));
  offer();
  own(vscode.workspace.onDidGrantWorkspaceTrust(offer));
  return { discover, addServices: add };
}

/** A separate bundle, because nothing else needs its YAML and TOML parsers. */
const discovery = (): Promise<Discovery> => import('./discovery');

async function discover(folder?: vscode.Uri): Promise<readonly ProposedService[]> {
  const folders = folder === undefined ? (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri) : [folder];
  const loaded = await discovery();
  return (await Promise.all(folders.map((uri) => loaded.discover(folderReader(uri))))).flat();
}
