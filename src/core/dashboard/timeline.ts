/** Histories as bands of states and incidents in sentences. */
import { bandsOf } from '../history/bands';
import { incidentText } from '../history/incidentText';
import { incidentsOf } from '../history/incidents';
import type { Incident } from '../history/incidents';
import type { ServiceHistory } from '../history/record';
import type { ShownIncident, Timeline } from './messages';

/** Length of the bands, in ms. */
export const bandsMs = 3_600_000;
/** More than anyone reads; the report has all. */
const maxIncidents = 200;

/** By id. */
export type Histories = ReadonlyMap<string, ServiceHistory>;

/** `now` in ms since the epoch. */
export function timelineOf(histories: Histories, now: number): Timeline {
  const [from, to] = [now - bandsMs, now];
  return {
    ...{ from, to },
    bands: [...histories].map(([service, { events }]) => ({ service, bands: bandsOf(events, from, to) })),
    incidents: allIncidents(histories)
      .slice(-maxIncidents)
      .reverse()
      .map((incident) => shown(incident, now)),
  };
}

/** Oldest first. */
export const allIncidents = (histories: Histories): readonly Incident[] =>
  [...histories].flatMap(([service, history]) => incidentsOf(service, history)).sort((a, b) => a.from - b.from);

const shown = (incident: Incident, now: number): ShownIncident => ({
  ...{ service: incident.service, at: incident.from, kind: incident.kind, text: incidentText(incident, now) },
  ...(incident.verdict !== undefined && { verdict: incident.verdict.title }),
});
