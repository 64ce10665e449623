/** Frees a port on demand: names the processes that use it, and ends them when the user agrees. */
import * as vscode from 'vscode';
import { endOwner } from '../../app/run/endOwner';
import type { Clock, PortOwners, ProcessTrees } from '../../app/ports';
import { button } from '../../core/wording/button';
import { t } from '../../core/wording/l10n';
import type { ServiceIdentity } from '../../core/model/identity';
import type { PortOwner } from '../../core/model/process';
import { endableOwners, endTitle, listOwners } from '../../core/wording/owners';
import { beforePick } from '../../messages/showPick';
import { showMessage } from '../../messages/showMessage';

export interface PortTools {
  readonly portOwners: PortOwners;
  readonly trees: ProcessTrees;
  readonly clock: Clock;
  /** Stops a service in the window that supervises it, so that its row says why; false when that window is not reached. */
  stopForPort(service: ServiceIdentity, request: { readonly port: number }): Promise<boolean>;
}

export async function freePort(port: number | undefined, tools: PortTools): Promise<void> {
  const wanted = port ?? (await askForPort());
  if (wanted === undefined) return;
  const look = await tools.portOwners.look(wanted);
  if (look.kind === 'free') void showMessage('information', t('Port {0} is free.', wanted));
  else if (look.kind === 'forbidden') void showMessage('warning', look.why);
  else if (look.kind === 'closing') {
    void showMessage(
      'information',
      t('Port {0} is still closing: nothing is listening there. Try again in a few seconds.', wanted),
    );
  } else if (look.owners.length === 0) {
    void showMessage(
      'warning',
      t(
        'Port {0} is in use by a process that is not visible here, for example of another user or in a container: stop it where it was started.',
        wanted,
      ),
    );
  } else await offerToEnd(wanted, look.owners, tools);
}

async function offerToEnd(port: number, owners: readonly PortOwner[], tools: PortTools): Promise<void> {
  const endable = endableOwners(owners);
  const end = endTitle(endable);
  const buttons = endable.length === 0 ? [] : [end, button(t('Leave It'))];
  const answer = await showMessage('warning', t('Port {0} is in use by {1}.', port, listOwners(owners)), ...buttons);
  if (answer !== end) return;
  for (const owner of endable) {
    const { origin } = owner;
    const isStopped = origin.kind === 'service' && (await tools.stopForPort(origin, { port }));
    if (!isStopped) await endOwner(owner, tools.trees, tools.clock);
  }
  const after = await tools.portOwners.look(port);
  if (after.kind === 'free') void showMessage('information', t('Port {0} is free.', port));
  else if (after.kind === 'taken') {
    void showMessage(
      'warning',
      t('Port {0} is in use again by {1}: something restarts that process.', port, listOwners(after.owners)),
    );
  }
}

async function askForPort(): Promise<number | undefined> {
  await beforePick();
  const typed = await vscode.window.showInputBox({
    title: t('Services: Free Port'),
    prompt: t('Port to free'),
    placeHolder: '8000',
    validateInput: (value) => (isPort(value) ? undefined : t('Enter a whole number from 1 to 65535.')),
  });
  return typed === undefined ? undefined : Number(typed);
}

const isPort = (value: string): boolean => /^\d{1,5}$/.test(value.trim()) && Number(value) >= 1 && Number(value) <= 65535;
