/** Messages on the wiring of a workspace, for a diagnosis and for Problems. */
import { t } from '../wording/l10n';
import { listOf } from '../wording/listOf';
import { unnamedProxy } from './reference';
import type { Reference } from './reference';

type Address = Pick<Reference, 'kind' | 'name' | 'port'>;

/** `candidates` are sentences of {@link serviceOnPort} for the services that may be meant; empty when none is known. */
export function nothingListening(reference: Address, candidates: readonly string[]): string {
  return candidates.length === 0 ? withoutCandidates(reference) : withCandidates(reference, listOf(candidates, 'and'));
}

function withoutCandidates({ kind, name, port }: Address): string {
  if (kind !== 'proxy') return t('{0} points to port {1}, but nothing is listening there.', name, port);
  return name === unnamedProxy
    ? t('The proxy points to port {0}, but nothing is listening there.', port)
    : t('The proxy for {0} points to port {1}, but nothing is listening there.', name, port);
}

function withCandidates({ kind, name, port }: Address, candidates: string): string {
  if (kind !== 'proxy') return t('{0} points to port {1}, but nothing is listening there ({2}).', name, port, candidates);
  return name === unnamedProxy
    ? t('The proxy points to port {0}, but nothing is listening there ({1}).', port, candidates)
    : t('The proxy for {0} points to port {1}, but nothing is listening there ({2}).', name, port, candidates);
}

export const serviceOnPort = (service: string, port: number): string => t('{0} is on port {1}', service, port);

export const originNotAllowed = (backend: string, origin: string, frontend: string): string =>
  t('{0} does not allow the CORS origin {1} used by {2}.', backend, origin, frontend);

/** `published` names each container with its port. */
export const notPublished = (service: string, port: number, published: string): string =>
  t('{0} is expected on port {1}, but Compose publishes {2}.', service, port, published);

export const usesContainerPort = (variable: string, port: number, container: string, published: number): string =>
  t('{0} points to port {1}, but Compose publishes {2} on port {3}.', variable, port, container, published);
