/** Frees a port on demand: shows which processes hold it, and ends them with the user's consent. */
import * as vscode from 'vscode';
import { endOwner } from '../../app/run/endOwner';
import type { Clock, PortOwners, ProcessTrees } from '../../app/ports';
import { t } from '../../core/wording/l10n';
import type { ServiceIdentity } from '../../core/model/identity';
import type { PortOwner } from '../../core/model/process';
import { endableOwners, endTitle, listOwners } from '../../core/wording/owners';

export interface PortTools {
  readonly portOwners: PortOwners;
  readonly trees: ProcessTrees;
  readonly clock: Clock;
  /** Stops a service of this window, so that its row says why. */
  stopForPort(service: ServiceIdentity, request: { readonly port: number }): Promise<void>;
}

export async function freePort(port: number | undefined, tools: PortTools): Promise<void> {
  const wanted = port ?? (await askForPort());
  if (wanted === undefined) return;
  const look = await tools.portOwners.look(wanted);
  if (look.kind === 'free') void vscode.window.showInformationMessage(t('Port {0} is free.', wanted));
  else if (look.kind === 'forbidden') void vscode.window.showWarningMessage(look.why);
  else if (look.owners.length === 0) {
    void vscode.window.showWarningMessage(
      t(
        "Port {0} is taken by a process that cannot be seen from here, such as another user's or a container's: stop it where it was started.",
        wanted,
      ),
    );
  } else await offerToStop(wanted, look.owners, tools);
}

async function offerToStop(port: number, owners: readonly PortOwner[], tools: PortTools): Promise<void> {
  const endable = endableOwners(owners);
  const stop = endTitle(endable);
  const buttons = endable.length === 0 ? [] : [stop, t('Leave It')];
  const answer = await vscode.window.showWarningMessage(t('Port {0} is used by {1}.', port, listOwners(owners)), ...buttons);
  if (answer !== stop) return;
  for (const owner of endable) {
    const { origin } = owner;
    if (origin.kind === 'service' && origin.id !== undefined) await tools.stopForPort(origin, { port });
    else await endOwner(owner, tools.trees, tools.clock);
  }
  const after = await tools.portOwners.look(port);
  if (after.kind === 'free') void vscode.window.showInformationMessage(t('Port {0} is free.', port));
  else if (after.kind === 'taken') {
    void vscode.window.showWarningMessage(
      t('Port {0} is in use again, by {1}: something starts it again.', port, listOwners(after.owners)),
    );
  }
}

async function askForPort(): Promise<number | undefined> {
  const typed = await vscode.window.showInputBox({
    title: t('Services: Free Port'),
    prompt: t('Which port?'),
    placeHolder: '8000',
    validateInput: (value) => (isPort(value) ? undefined : t('A port is a whole number from 1 to 65535.')),
  });
  return typed === undefined ? undefined : Number(typed);
}

const isPort = (value: string): boolean => /^\d{1,5}$/.test(value.trim()) && Number(value) >= 1 && Number(value) <= 65535;
