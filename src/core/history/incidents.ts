/** Events of one service to incidents: what happened, why, who did it, and until when it lasted. */
import { defined } from '../model/defined';
import type { Actor } from '../model/actor';
import { isUpAfter } from './bands';
import type { HistoryEvent, ServiceHistory } from './record';

/** Times are ms since the epoch. */
export interface Incident {
  readonly kind: 'failed' | 'unreachable' | 'unhealthy' | 'lost' | 'exited' | 'stopped' | 'started' | 'restarted';
  readonly service: string;
  readonly from: number;
  /** When the service was up again or at rest; absent while it lasts, and where nothing lasts. */
  readonly to?: number;
  /** Why, in a few words. */
  readonly cause?: string;
  /** Why, in whole sentences. */
  readonly reason?: string;
  /** What a diagnosis found first. */
  readonly verdict?: { readonly code: string; readonly title: string };
  /** Who requested it. */
  readonly by?: Actor;
  /** What ended it; absent while it lasts. */
  readonly end?: IncidentEnd;
}

export interface IncidentEnd {
  readonly kind: 'recovered' | 'started' | 'stopped' | 'failed' | 'lost' | 'exited';
  readonly by?: Actor;
}

/** Codes of a service that could not be reached at all, rather than responded with something unexpected. */
const unreachableCodes: ReadonlySet<string> = new Set(['not-listening', 'hung', 'reloader-alone', 'waits-for-debugger']);

/** Returns the incidents of one service, oldest first. Starts and stops that the user requested are among them. */
export function incidentsOf(service: string, { events, verdicts }: ServiceHistory): readonly Incident[] {
  return events.flatMap((event, index) => {
    const before = events[index - 1];
    const kind = kindOf(event, before);
    if (kind === undefined) return [];
    const end = isLasting(kind) ? endOf(event, events.slice(index + 1)) : undefined;
    const verdict = isLasting(kind)
      ? verdicts.findLast((each) => each.run === event.run && belongs(each.at, event, end))
      : undefined;
    return [
      {
        ...{ kind, service, from: event.at },
        ...defined({ to: end?.at, end: end?.how, by: event.by, reason: event.reason }),
        ...defined({ cause: verdict?.short ?? event.cause }),
        ...(verdict === undefined ? {} : { verdict: { code: verdict.code, title: verdict.title } }),
      },
    ];
  });
}

/** A diagnosis comes some seconds after what it explains. */
const diagnosisMs = 30_000;

const belongs = (at: number, event: HistoryEvent, end: { readonly at: number } | undefined): boolean =>
  at >= event.at && at <= Math.max(end?.at ?? Infinity, event.at + diagnosisMs);

const isLasting = (kind: Incident['kind']): boolean => kind === 'failed' || kind === 'unreachable' || kind === 'unhealthy';

/** Undefined for what only ends another incident. */
function kindOf({ what, code, by }: HistoryEvent, before: HistoryEvent | undefined): Incident['kind'] | undefined {
  switch (what) {
    case 'failed':
    case 'lost':
    case 'exited':
    case 'stopped':
      return what;
    case 'unhealthy':
      return code !== undefined && unreachableCodes.has(code) ? 'unreachable' : 'unhealthy';
    case 'started':
    case 'restarted':
      // The end of a failure, whose sentence holds it.
      return before !== undefined && (before.what === 'failed' || before.what === 'unhealthy')
        ? undefined
        : by === undefined
          ? undefined
          : what;
    default:
      return undefined;
  }
}

interface End {
  readonly at: number;
  readonly how: IncidentEnd;
}

/** A failure lasts until the service is up again: a run that fails before it is ready is part of the next failure. */
function endOf(event: HistoryEvent, later: readonly HistoryEvent[]): End | undefined {
  const next = later.find(({ what }) => what !== 'reloaded');
  if (next === undefined) return undefined;
  const { at, what, by } = next;
  switch (what) {
    case 'started':
    case 'restarted':
      return { at: readyAt(later.slice(later.indexOf(next) + 1)) ?? at, how: { kind: 'started', ...defined({ by }) } };
    case 'ready':
    case 'recovered':
      return { at, how: { kind: 'recovered' } };
    case 'stopped':
      return { at, how: { kind: 'stopped', ...defined({ by }) } };
    case 'failed':
      return { at, how: { kind: 'failed' } };
    case 'lost':
    case 'exited':
      return { at, how: { kind: what } };
    default:
      return event.what === what ? undefined : { at, how: { kind: 'failed' } };
  }
}

function readyAt(later: readonly HistoryEvent[]): number | undefined {
  const next = later[0];
  return next !== undefined && isUpAfter(next.what) && next.what === 'ready' ? next.at : undefined;
}
