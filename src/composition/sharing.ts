/** Makes what windows of one folder work together by. */
import { randomUUID } from 'node:crypto';
import { realpathSync } from 'node:fs';
import * as vscode from 'vscode';
import type { Clock, Ledger, Log, ProcessTable, Terminals } from '../app/ports';
import { launchesIn, SharedTerminals } from '../app/sharing/sharedTerminals';
import { Sharing } from '../app/sharing/sharing';
import type { SharingParts } from '../app/sharing/sharing';
import { signedLedger } from '../app/sharing/windows';
import type { ProcessIdentity } from '../core/model/process';
import { windowResponds } from '../host/sharing/ownWindow';
import { reportRefusal } from '../host/sharing/refusal';
import { FileLeases } from '../os/sharing/leaseFile';
import { SocketChannel } from '../os/sharing/socketChannel';
import { FileLedger } from '../os/storage/ledger';

/** What is there before the world is, because the world is made of it. */
export interface Shared {
  /** The extension host of this window; undefined until it is known. */
  readonly window: () => ProcessIdentity | undefined;
  readonly ledger: Ledger;
  readonly terminals: SharedTerminals;
  /** A ledger in another place, whose notes name this window as well. */
  signed(ledger: Ledger): Ledger;
  share(parts: ShareParts): Sharing;
}

type ShareParts = Pick<SharingParts, 'trees' | 'store' | 'askAboutPort' | 'placeOf' | 'led' | 'openForAgent'>;

interface Given {
  readonly context: Pick<vscode.ExtensionContext, 'globalStorageUri'>;
  readonly processes: ProcessTable;
  readonly terminals: Terminals;
  readonly clock: Clock;
  readonly log: Log;
}

export function createShared(
  { context, processes, terminals, clock, log }: Given,
  own: <T extends vscode.Disposable>(disposable: T) => T,
): Shared {
  const folder = (name: string): string => vscode.Uri.joinPath(context.globalStorageUri, name).fsPath;
  let me: ProcessIdentity | undefined;
  const identified = processes.identify(process.pid).then((found) => {
    if (found.kind === 'known') me = found.value;
    return me ?? { pid: process.pid };
  });
  const window = (): ProcessIdentity | undefined => me;
  const signed = (ledger: Ledger): Ledger => signedLedger({ ledger, window, realPath, folders });
  const ledger = signed(own(new FileLedger(folder('runs'), { log, clock })));
  const launches = launchesIn(signed(own(new FileLedger(folder('launches'), { log, clock }))), window, () => clock.now());
  const shared = own(new SharedTerminals(terminals, clock, launches));
  const share = (more: ShareParts): Sharing =>
    own(
      new Sharing({
        ...more,
        ...{ processes, clock, log, ledger, launches, realPath },
        leases: new FileLeases(folder('leases'), log),
        channel: own(new SocketChannel()),
        window: { isTrusted: () => vscode.workspace.isTrusted, responds: windowResponds },
        windowId: randomUUID(),
        identity: () => identified,
        terminals: { own: terminals, shared },
        refused: reportRefusal,
      }),
    );
  return { window, ledger, terminals: shared, signed, share };
}

const folders = (): readonly string[] => (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri.fsPath);

/** A folder is the same by whatever path it was opened. */
function realPath(folder: string): string {
  try {
    return realpathSync.native(folder);
  } catch {
    return folder;
  }
}
