/** The services that a command of the palette offers: only those that it applies to, the most likely one first. */
import { isDebuggable } from '../debug/debuggable';
import type { Service } from '../lifecycle/state';
import { t } from '../wording/l10n';
import { escapeIcons } from '../wording/markdown';
import { actionsOf } from './actions';
import type { Action } from './actions';
import { rowText } from './rowText';
import { stateIcon } from './icon';
import { sickFirst } from './pick';

/** What a command does with the service. */
export type Purpose = Action | 'runChecks' | 'runCommand' | 'debug';

export interface Candidate {
  readonly id: string;
  /** Begins with the icon of the state, as `$(icon)`. */
  readonly label: string;
  /** The cause, the port or the state. */
  readonly description: string;
}

/** `recent` are ids of services that the user had in mind last, the latest first: they come first. */
export function candidates(services: readonly Service[], purpose: Purpose, recent: readonly string[]): readonly Candidate[] {
  const rank = ({ spec }: Service): number => (recent.includes(spec.id) ? recent.indexOf(spec.id) : recent.length);
  return sickFirst(services.filter((service) => appliesTo(purpose, service)))
    .sort((a, b) => rank(a) - rank(b))
    .map((service) => ({
      id: service.spec.id,
      label: `$(${stateIcon(service).id}) ${escapeIcons(service.spec.id)}`,
      description: escapeIcons(rowText(service)),
    }));
}

/** A healthy service can be diagnosed as well, and what runs can be checked in any state. */
function appliesTo(purpose: Purpose, service: Service): boolean {
  if (purpose === 'runCommand') return Object.keys(service.spec.commands).length > 0;
  if (purpose === 'debug') return isDebuggable(service.spec);
  return purpose === 'diagnose' || purpose === 'runChecks' || actionsOf(service).includes(purpose);
}

/** Why there is nothing to choose from, although there are services. */
export function noCandidate(purpose: Purpose): string {
  switch (purpose) {
    case 'start':
      return t('All services are started.');
    case 'showTerminal':
      return t('No service has a terminal in this window.');
    case 'open':
      return t('No running service has an address to open.');
    case 'runCommand':
      return t('No service has commands: add "commands" to a service in services.json.');
    case 'debug':
      return t('No service can be debugged: add "debug" to a service in services.json.');
    default:
      return t('No service is running.');
  }
}
