/** A port is taken: tells by whom, and asks what to do. Nobody's process is ended without this consent, which names its pid. */
import * as vscode from 'vscode';
import { describeOwner } from '../../core/wording/owners';
import { t } from '../../core/wording/l10n';
import type { PortOwner } from '../../core/model/process';
import type { ServiceSpec } from '../../core/model/service';

export async function askAboutPort(spec: ServiceSpec, owners: readonly PortOwner[]): Promise<'stop' | 'adopt' | 'cancel'> {
  const stop = t('{0} and Start', stopTitle(owners));
  const adopt = t('Watch It');
  const message = t('{0} needs port {1}, which is taken by {2}.', spec.key, spec.port ?? '', listOwners(owners));
  const answer = await vscode.window.showWarningMessage(message, stop, ...(owners.length === 1 ? [adopt] : []), t('Leave It'));
  if (answer === stop) return 'stop';
  return answer === adopt ? 'adopt' : 'cancel';
}

export function stopTitle(owners: readonly PortOwner[]): string {
  const [first, ...others] = owners.map(({ process }) => process.pid);
  return others.length === 0
    ? t('Stop pid {0}', first ?? '')
    : t('Stop pid {0}, {1}', first ?? '', others.map((pid) => t('pid {0}', pid)).join(', '));
}

/** Each with its command, its folder, and since when it runs. */
export const listOwners = (owners: readonly PortOwner[]): string =>
  owners.map((owner) => t('{0}, started {1}', describeOwner(owner), new Date(owner.startedAt).toLocaleTimeString())).join('; ');
