/** Continues a history in another window: what goes on is no new event, and what is gone gets one. */
import { isUpAfter } from './bands';
import type { HistoryEvent, ServiceHistory } from './record';

/** Returns what to add for an event: nothing for what is known, more for what was missed. */
export function continued(history: ServiceHistory, event: HistoryEvent): readonly HistoryEvent[] {
  const last = history.events.at(-1);
  if (last === undefined) return [event];
  if (last.run === undefined || last.run !== event.run) {
    const begins = event.what === 'started' || event.what === 'restarted';
    return begins && isUpAfter(last.what) && event.what === 'started' ? [lost(history, last), event] : [event];
  }
  switch (event.what) {
    case 'started':
    case 'restarted':
      // The window that opened found it running.
      return [];
    case 'ready':
      if (last.what === 'unhealthy') return [{ ...event, what: 'recovered' }];
      return last.what === 'started' || last.what === 'restarted' ? [event] : [];
    default:
      return event.what === last.what && event.what !== 'reloaded' ? [] : [event];
  }
}

/** The end of a service that was up and is not, when nothing reported it; undefined when there is none. */
export function lostEnd(history: ServiceHistory): HistoryEvent | undefined {
  const last = history.events.at(-1);
  return last !== undefined && isUpAfter(last.what) ? lost(history, last) : undefined;
}

/** It was seen last at that time. */
const lost = ({ samples }: ServiceHistory, last: HistoryEvent): HistoryEvent => ({
  ...{ kind: 'event', what: 'lost', at: Math.max(last.at, samples.at(-1)?.at ?? 0) },
  ...(last.run === undefined ? {} : { run: last.run }),
});
