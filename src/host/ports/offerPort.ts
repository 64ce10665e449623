/** Offers to write the port that the output shows into services.json, when the file has another one. */
import { t } from '../../core/wording/l10n';
import type { ServiceSpec } from '../../core/model/service';
import { changeConfig } from '../config/changeConfig';
import { openConfig } from '../config/openConfig';
import { showMessage } from '../../messages/showMessage';

export async function offerPort(spec: ServiceSpec, port: number): Promise<void> {
  const use = t('Use Port {0}', port);
  const open = t('Open Configuration');
  const message =
    spec.port === undefined
      ? t('The output of {0} shows port {1}, but services.json has no port for it.', spec.key, port)
      : t(
          'The output of {0} shows port {1}, but services.json has port {2}: another process may be using port {2}.',
          spec.key,
          port,
          spec.port,
        );
  const answer = await showMessage('warning', message, use, open);
  if (answer === open) await openConfig(spec);
  if (answer === use) await writePort(spec, port);
}

export const writePort = (spec: ServiceSpec, port: number): Promise<void> =>
  changeConfig(spec, [{ path: ['port'], value: port }]);
