/** What happened while the user did not look, in one line. What the user did is not part of it. */
import { actorWords } from '../wording/actor';
import { t } from '../wording/l10n';
import { span } from '../wording/span';
import type { Incident } from './incidents';
import { causeOf } from './incidentText';

/** `since` and `now` in ms since the epoch. Returns undefined when nothing worth a line happened. */
export function awayLine(incidents: readonly Incident[], since: number, now: number): string | undefined {
  const recent = incidents.filter(({ from, to }) => from >= since || (to !== undefined && to >= since));
  const services = [...new Set(recent.map(({ service }) => service))];
  const parts = services.flatMap((service) =>
    partsOf(
      service,
      recent.filter((each) => each.service === service),
      { since, now },
    ),
  );
  return parts.length === 0 ? undefined : t('While you were away: {0}', parts.join(', '));
}

interface Span {
  readonly since: number;
  readonly now: number;
}

function partsOf(service: string, incidents: readonly Incident[], { since, now }: Span): readonly string[] {
  const failed = incidents.filter(({ kind }) => kind === 'failed');
  const restarted = failed.filter(({ end }) => end?.kind === 'started' && end.by?.kind !== 'user');
  const down = failed.findLast(({ end }) => end === undefined);
  const unreachable = incidents.filter(({ kind }) => kind === 'unreachable');
  const unhealthy = incidents.filter(({ kind }) => kind === 'unhealthy');
  const total = (list: readonly Incident[]): number =>
    list.reduce((sum, { from, to }) => sum + Math.max(0, (to ?? now) - Math.max(from, since)), 0);
  const delegated = incidents.findLast(({ kind, by }) => kind === 'stopped' && (by?.kind === 'agent' || by?.kind === 'cli'));
  return [
    restarted.length === 0 ? undefined : restartedText(service, restarted),
    down === undefined ? undefined : t('{0} failed and is down ({1})', service, causeOf(down)),
    unreachable.length === 0 ? undefined : t('{0} was unreachable for {1}', service, span(total(unreachable))),
    unhealthy.length === 0 ? undefined : t('{0} was unhealthy for {1}', service, span(total(unhealthy))),
    incidents.some(({ kind }) => kind === 'lost') ? t('{0} ended', service) : undefined,
    delegated?.by === undefined ? undefined : t('{0} was stopped by {1}', service, actorWords(delegated.by)),
  ].filter((part) => part !== undefined);
}

/** The cause is that of the last one. */
function restartedText(service: string, restarted: readonly Incident[]): string {
  const last = restarted.at(-1);
  const cause = last === undefined ? '' : causeOf(last);
  if (restarted.length === 1) return t('{0} restarted once ({1})', service, cause);
  return restarted.length === 2
    ? t('{0} restarted twice ({1})', service, cause)
    : t('{0} restarted {1} times ({2})', service, restarted.length, cause);
}
