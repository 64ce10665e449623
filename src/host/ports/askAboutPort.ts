/** A port is in use: shows by what, and asks what to do. No process is ended without this consent, which names it. */
import * as vscode from 'vscode';
import { t } from '../../core/wording/l10n';
import { endableOwners, endTitle, listOwners } from '../../core/wording/owners';
import type { PortOwner } from '../../core/model/process';
import type { ServiceSpec } from '../../core/model/service';

export async function askAboutPort(spec: ServiceSpec, owners: readonly PortOwner[]): Promise<'stop' | 'adopt' | 'cancel'> {
  const endable = endableOwners(owners);
  const stop = endable.length === owners.length ? t('{0} and Start', endTitle(endable)) : undefined;
  const isWatchable = owners.length === 1 && owners[0]?.origin.kind !== 'service';
  const adopt = t('Watch It');
  const message = t('{0} needs port {1}, which is used by {2}.', spec.key, spec.port ?? '', listOwners(owners));
  const buttons = [...(stop === undefined ? [] : [stop]), ...(isWatchable ? [adopt] : []), t('Leave It')];
  const answer = await vscode.window.showWarningMessage(message, ...buttons);
  if (answer === undefined) return 'cancel';
  if (answer === stop) return 'stop';
  return answer === adopt ? 'adopt' : 'cancel';
}
