/** Offers to write the port that the output shows into services.json, when the file has another one. */
import { button } from '../../core/wording/button';
import { t } from '../../core/wording/l10n';
import type { ServiceSpec } from '../../core/model/service';
import { changeConfig } from '../config/changeConfig';
import { openConfig } from '../config/openConfig';
import { showMessage } from '../../messages/showMessage';

/** The port that the output of a service showed before, by its id. */
const shown = new Map<string, number>();

export async function offerPort(spec: ServiceSpec, port: number): Promise<void> {
  const before = shown.get(spec.id);
  shown.set(spec.id, port);
  // To write down a port that changes with each start is no help.
  const isChosen = spec.portChoice !== undefined;
  const changes = isChosen || (before !== undefined && before !== port);
  const use = button(t('Use Port {0}', port), t('Use It'));
  const open = button(t('Open File'));
  const answer = await showMessage('warning', messageFor(spec, port, changes), ...(changes ? [] : [use]), open);
  if (answer === open) await openConfig(spec);
  if (answer === use) await writePort(spec, port);
}

function messageFor(spec: ServiceSpec, port: number, changes: boolean): string {
  if (spec.portChoice !== undefined)
    return t(
      '{0} shows port {1}, not {2}, which it got as PORT. Pass ${port} to it in "command".',
      spec.key,
      port,
      spec.port ?? '',
    );
  if (changes) return t('{0} shows another port at each start (now {1}). Pass ${port} to it in "command".', spec.key, port);
  return spec.port === undefined
    ? t('The output of {0} shows port {1}, but services.json has no port for it.', spec.key, port)
    : t('The output of {0} shows port {1}, but services.json has port {2}.', spec.key, port, spec.port);
}

export const writePort = (spec: ServiceSpec, port: number): Promise<void> =>
  changeConfig(spec, [{ path: ['port'], value: port }]);
