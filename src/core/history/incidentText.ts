/** An incident as one sentence: what happened, why, who did it, how long it lasted. */
import { actorWords } from '../wording/actor';
import { t } from '../wording/l10n';
import { span } from '../wording/span';
import type { Incident, IncidentEnd } from './incidents';

/** `now` in ms since the epoch: what an incident that lasts is measured to. */
export function incidentText(incident: Incident, now: number): string {
  switch (incident.kind) {
    case 'failed':
      return failedText(incident, now);
    case 'unreachable':
      return unreachableText(incident, now);
    case 'unhealthy':
      return unhealthyText(incident, now);
    case 'lost':
      return t('{0} ended while no window was open.', incident.service);
    case 'exited':
      return incident.reason === undefined
        ? t('{0} ran to its end.', incident.service)
        : t('{0} ran to its end. {1}', incident.service, incident.reason);
    case 'stopped':
      return stoppedText(incident);
    case 'started':
      return t('{0} was started by {1}.', incident.service, actorOf(incident.by));
    case 'restarted':
      if (incident.reason !== undefined) return t('{0} was restarted: {1}.', incident.service, incident.reason);
      return t('{0} was restarted by {1}.', incident.service, actorOf(incident.by));
  }
}

/** In a few words; a longer sentence of the state is cut by who shows it. */
export const causeOf = ({ cause, reason }: Incident): string => cause ?? reason ?? t('cause unknown');

const actorOf = (by: IncidentEnd['by']): string => (by === undefined ? t('another program') : actorWords(by));

const lasted = ({ from, to }: Incident, now: number): string => span(Math.max(0, (to ?? now) - from));

function failedText(incident: Incident, now: number): string {
  const [name, cause, time] = [incident.service, causeOf(incident), lasted(incident, now)];
  const { end } = incident;
  switch (end?.kind) {
    case 'started':
      return end.by === undefined || end.by.kind === 'auto'
        ? t('{0} failed ({1}) and was restarted automatically; it was down for {2}.', name, cause, time)
        : t('{0} failed ({1}) and was started again by {2}; it was down for {3}.', name, cause, actorWords(end.by), time);
    case undefined:
      return t('{0} failed ({1}) and has been down for {2}.', name, cause, time);
    default:
      return t('{0} failed ({1}).', name, cause);
  }
}

function unreachableText(incident: Incident, now: number): string {
  const [name, cause, time] = [incident.service, causeOf(incident), lasted(incident, now)];
  const { end } = incident;
  switch (end?.kind) {
    case undefined:
      return t('{0} has been unreachable for {1} ({2}).', name, time, cause);
    case 'failed':
      return t('{0} was unreachable for {1} ({2}), then failed.', name, time, cause);
    case 'stopped':
      return t('{0} was unreachable for {1} ({2}), then was stopped by {3}.', name, time, cause, actorOf(end.by));
    case 'started':
      return t('{0} was unreachable for {1} ({2}) and was restarted by {3}.', name, time, cause, actorOf(end.by));
    default:
      return t('{0} was unreachable for {1} ({2}).', name, time, cause);
  }
}

function unhealthyText(incident: Incident, now: number): string {
  const [name, cause, time] = [incident.service, causeOf(incident), lasted(incident, now)];
  const { end } = incident;
  switch (end?.kind) {
    case undefined:
      return t('{0} has been unhealthy for {1} ({2}).', name, time, cause);
    case 'failed':
      return t('{0} was unhealthy for {1} ({2}), then failed.', name, time, cause);
    case 'stopped':
      return t('{0} was unhealthy for {1} ({2}), then was stopped by {3}.', name, time, cause, actorOf(end.by));
    case 'started':
      return t('{0} was unhealthy for {1} ({2}) and was restarted by {3}.', name, time, cause, actorOf(end.by));
    default:
      return t('{0} was unhealthy for {1} ({2}).', name, time, cause);
  }
}

const stoppedText = ({ service, by, cause }: Incident): string =>
  by !== undefined
    ? t('{0} was stopped by {1}.', service, actorWords(by))
    : cause === undefined
      ? t('{0} was stopped.', service)
      : t('{0} was stopped ({1}).', service, cause);
