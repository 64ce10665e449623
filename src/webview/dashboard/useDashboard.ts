/** What the extension has sent, put together: a snapshot and the updates since. */
import { useEffect, useReducer } from 'preact/hooks';
import type { DashboardService, DashboardUpdate } from '../../core/dashboard/messages';

export interface Dashboard extends Pick<DashboardUpdate, 'away' | 'timeline' | 'series' | 'details' | 'checks'> {
  /** Undefined until the first message. */
  readonly order?: readonly string[];
  readonly rows: ReadonlyMap<string, DashboardService>;
}

/** `subscribe` calls with each message; returns what ends that. */
export function useDashboard(subscribe: (take: (message: DashboardUpdate) => void) => () => void): Dashboard {
  const [dashboard, take] = useReducer(updated, { rows: new Map() });
  useEffect(() => subscribe(take), []);
  return dashboard;
}

function updated(before: Dashboard, { kind: _, services = [], order = before.order, ...rest }: DashboardUpdate): Dashboard {
  const rows = new Map([...before.rows, ...services.map((row) => [row.id, row] as const)]);
  for (const id of rows.keys()) if (order?.includes(id) === false) rows.delete(id);
  return { ...before, ...rest, rows, ...(order !== undefined && { order }) };
}

/** In the order of the files. */
export const servicesOf = ({ rows, order = [] }: Dashboard): readonly DashboardService[] =>
  order.flatMap((id) => rows.get(id) ?? []);
