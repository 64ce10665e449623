/** What the wiring of a workspace is told with, in a diagnosis and in Problems alike. */
import { t } from '../wording/l10n';
import type { Reference } from './reference';

/** `meant` tells where the services are that may be meant; empty when nobody knows. */
export function leadsNowhere({ kind, name, port }: Pick<Reference, 'kind' | 'name' | 'port'>, meant: string): string {
  if (kind === 'proxy') {
    return meant === ''
      ? t('The proxy of {0} leads to port {1}, where nobody listens.', name, port)
      : t('The proxy of {0} leads to port {1}, where nobody listens; {2}.', name, port, meant);
  }
  return meant === ''
    ? t('{0} leads to port {1}, where nobody listens.', name, port)
    : t('{0} leads to port {1}, where nobody listens; {2}.', name, port, meant);
}

export const isOnPort = (service: string, port: number | undefined): string => t('{0} is on port {1}', service, port ?? '');

export const notAdmitted = (backend: string, origin: string, frontend: string): string =>
  t('{0} does not admit {1}, where {2} is.', backend, origin, frontend);

/** `published` names each container with its port. */
export const notPublished = (service: string, port: number, published: string): string =>
  t('{0} is expected on port {1}, but Compose publishes {2}.', service, port, published);

export const asksInside = (variable: string, port: number, container: string, published: number): string =>
  t('{0} asks port {1}, but Compose publishes {2} on port {3}.', variable, port, container, published);
