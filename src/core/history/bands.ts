/** The states of a service over a span of time, as bands that follow each other without a gap. */
import type { HistoryEvent, HistoryWhat } from './record';

export type BandState = 'unknown' | 'starting' | 'up' | 'unhealthy' | 'failed' | 'stopped' | 'exited';

/** From `from` to `to`, in ms since the epoch. */
export interface Band {
  readonly from: number;
  readonly to: number;
  readonly state: BandState;
}

/** Returns the bands between two moments, which cover the whole span; what is not known is a band as well. */
export function bandsOf(events: readonly HistoryEvent[], from: number, to: number): readonly Band[] {
  const bands: Band[] = [];
  let [state, since]: [BandState, number] = ['unknown', from];
  for (const { at, what } of events) {
    if (at >= to) break;
    const next = stateAfter[what];
    if (next === state) continue;
    if (at > since) bands.push({ from: since, to: at, state });
    [state, since] = [next, Math.max(at, from)];
  }
  bands.push({ from: since, to, state });
  return bands;
}

const stateAfter: Readonly<Record<HistoryWhat, BandState>> = {
  started: 'starting',
  restarted: 'starting',
  ready: 'up',
  recovered: 'up',
  reloaded: 'up',
  unhealthy: 'unhealthy',
  failed: 'failed',
  stopped: 'stopped',
  exited: 'exited',
  lost: 'unknown',
};

/** Whether the service ran after the event. */
export const isUpAfter = (what: HistoryWhat): boolean => ['starting', 'up', 'unhealthy'].includes(stateAfter[what]);
