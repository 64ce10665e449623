/** Names the processes on a port that a service needs, and asks what to do. No process is ended without this consent. */
import { button } from '../../core/wording/button';
import { t } from '../../core/wording/l10n';
import { endableOwners, endAndStartTitle, listOwners } from '../../core/wording/owners';
import type { PortOwner } from '../../core/model/process';
import type { ServiceSpec } from '../../core/model/service';
import { showMessage } from '../../messages/showMessage';

export async function askAboutPort(spec: ServiceSpec, owners: readonly PortOwner[]): Promise<'stop' | 'adopt' | 'cancel'> {
  const endable = endableOwners(owners);
  const end = endable.length === owners.length ? endAndStartTitle(endable) : undefined;
  const isOtherProcess = owners.length === 1 && owners[0]?.origin.kind !== 'service';
  const adopt = button(t('Monitor Only'));
  const message = t('{0} needs port {1}, which is in use by {2}.', spec.key, spec.port ?? '', listOwners(owners));
  const buttons = [...(end === undefined ? [] : [end]), ...(isOtherProcess ? [adopt] : []), button(t('Cancel'))];
  const answer = await showMessage('warning', message, ...buttons);
  if (answer === undefined) return 'cancel';
  if (answer === end) return 'stop';
  return answer === adopt ? 'adopt' : 'cancel';
}
