/** The order of the rows of the dashboard. */
import type { Severity } from '../views/icon';
import type { DashboardService } from './messages';

export const columns = ['service', 'state', 'cpu', 'memory', 'uptime', 'restarts', 'port', 'latency'] as const;
export type Column = (typeof columns)[number];

export interface Sorting {
  readonly column: Column;
  readonly direction: 'ascending' | 'descending';
}

/** A click on a heading: another column begins with what is most wanted of it. */
export const sortedBy = (before: Sorting | undefined, column: Column): Sorting => {
  if (before?.column === column) return { column, direction: before.direction === 'ascending' ? 'descending' : 'ascending' };
  return { column, direction: column === 'service' || column === 'port' ? 'ascending' : 'descending' };
};

/** Without a sorting, the order is kept. What has no figure comes last in either direction. `now` in ms since the epoch. */
export function sorted(
  services: readonly DashboardService[],
  sorting: Sorting | undefined,
  now: number,
): readonly DashboardService[] {
  if (sorting === undefined) return services;
  const { column, direction } = sorting;
  const sign = direction === 'ascending' ? 1 : -1;
  return [...services].sort((a, b) => {
    if (column === 'service') return sign * a.id.localeCompare(b.id);
    const [first, second] = [figure(a, column, now), figure(b, column, now)];
    if (first === undefined || second === undefined) return Number(first === undefined) - Number(second === undefined);
    return sign * (first - second);
  });
}

const ranks: Readonly<Record<Severity, number>> = { idle: 0, fine: 1, busy: 2, warning: 3, error: 4 };

function figure(service: DashboardService, column: Exclude<Column, 'service'>, now: number): number | undefined {
  switch (column) {
    case 'state':
      return ranks[service.severity];
    case 'uptime':
      return service.startedAt === undefined ? undefined : now - service.startedAt;
    default:
      return service[column];
  }
}
