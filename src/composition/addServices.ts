/** Connects discovery with what asks for it: the API, the command that adds services, and the offer to do so. */
import * as vscode from 'vscode';
import type { Discovery } from '../app/addServices/discovery';
import { endLeftOverTrials, Trials } from '../app/addServices/trials';
import type { ProposedService } from '../core/addServices/proposal';
import { addServices } from '../host/addServices/addServices';
import { folderReader } from '../host/addServices/folderReader';
import { FileLedger } from '../os/storage/ledger';
import { offerServices } from '../host/addServices/offerServices';
import type { Own, Parts } from './parts';

export interface Adding {
  /** What servers a folder holds, or every folder of the workspace. Nothing is written or run. */
  discover(folder?: vscode.Uri): Promise<readonly ProposedService[]>;
  /** Lets the person choose of what was found, and writes it down. */
  addServices(): Promise<void>;
}

export function connectAdding(parts: Parts, own: Own): Adding {
  const { world, supervisor, terminals, files, context, ready, log, shared } = parts;
  // In a place of its own, and of this workspace: nothing takes a try for a service, and no other window ends it.
  const ledger = new FileLedger(vscode.Uri.joinPath(context.storageUri ?? context.globalStorageUri, 'tries').fsPath, log);
  const trialWorld = { ...world, ledger: shared.signed(ledger) };
  void endLeftOverTrials(ledger.entries(), trialWorld);
  const adding = {
    ...{ discovery, trials: new Trials(trialWorld) },
    terminals: {
      // What failed may be a setup step, which has a terminal of its own.
      show: (id: string, focus: 'keepFocus') => terminals.show(id, focus) || world.steps.show(id, focus),
      close: (id: string) => terminals.close(id),
    },
    reread: () => files.read(),
    start: (id: string) => supervisor.start(id),
  };
  const add = (): Promise<void> => addServices(adding);
  const offer = (): void => void ready.then(() => offerServices({ memory: context.workspaceState, discover, addServices: add }));
  offer();
  own(vscode.workspace.onDidGrantWorkspaceTrust(offer));
  return { discover, addServices: add };
}

/** A bundle of its own, with readers of YAML and TOML that nothing else needs. */
const discovery = (): Promise<Discovery> => import('./discovery');

async function discover(folder?: vscode.Uri): Promise<readonly ProposedService[]> {
  const folders = folder === undefined ? (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri) : [folder];
  const loaded = await discovery();
  return (await Promise.all(folders.map((uri) => loaded.discover(folderReader(uri))))).flat();
}
