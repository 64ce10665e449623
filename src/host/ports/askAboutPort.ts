/** Names the processes on a port that a service needs, and asks what to do. No process is ended without this consent. */
import * as vscode from 'vscode';
import { describeOwner } from '../../core/wording/owners';
import { t } from '../../core/wording/l10n';
import { listOf } from '../../core/wording/listOf';
import type { PortOwner } from '../../core/model/process';
import type { ServiceSpec } from '../../core/model/service';

export async function askAboutPort(spec: ServiceSpec, owners: readonly PortOwner[]): Promise<'stop' | 'adopt' | 'cancel'> {
  const stop = endAndStartTitle(owners);
  const adopt = t('Monitor Only');
  const message = t('{0} needs port {1}, which is in use by {2}.', spec.key, spec.port ?? '', listOwners(owners));
  const answer = await vscode.window.showWarningMessage(message, stop, ...(owners.length === 1 ? [adopt] : []), t('Cancel'));
  if (answer === stop) return 'stop';
  return answer === adopt ? 'adopt' : 'cancel';
}

function endAndStartTitle(owners: readonly PortOwner[]): string {
  return owners.length === 1 ? t('End pid {0} and Start', listPids(owners)) : t('End pids {0}, then Start', listPids(owners));
}

/** The title of the button that ends these processes. */
export function endTitle(owners: readonly PortOwner[]): string {
  return owners.length === 1 ? t('End pid {0}', listPids(owners)) : t('End pids {0}', listPids(owners));
}

function listPids(owners: readonly PortOwner[]): string {
  const pids = owners.map(({ process }) => String(process.pid));
  return listOf(pids, 'and');
}

/** Names each owner with its command, its folder and the local time of its start. */
export function listOwners(owners: readonly PortOwner[]): string {
  const described = owners.map((owner) => {
    return t('{0}, started at {1}', describeOwner(owner), new Date(owner.startedAt).toLocaleTimeString());
  });
  return listOf(described, 'and');
}
