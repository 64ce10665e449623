/** What the page keeps while it is not loaded; it may be of an earlier version of the extension. */
import { isTab } from '../../core/dashboard/messages';
import type { Tab } from '../../core/dashboard/messages';
import { columns } from '../../core/dashboard/sorting';
import type { Sorting } from '../../core/dashboard/sorting';
import { keptLog } from '../log/keptLog';
import type { KeptLog } from '../log/LogView';

export interface KeptDashboard {
  readonly tab: Tab;
  /** Absent for all services. */
  readonly service?: string;
  readonly sorting?: Sorting;
  readonly log?: KeptLog;
}

export function keptDashboard(value: unknown): KeptDashboard {
  const { tab, service, sorting, log } = isFields(value) ? value : {};
  const [order, search] = [sortingIn(sorting), keptLog(log)];
  return {
    tab: isTab(tab) ? tab : 'timeline',
    ...(typeof service === 'string' && { service }),
    ...(order !== undefined && { sorting: order }),
    ...(search !== undefined && { log: search }),
  };
}

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null;

function sortingIn(value: unknown): Sorting | undefined {
  if (!isFields(value)) return undefined;
  const column = columns.find((each) => each === value['column']);
  const { direction } = value;
  return column !== undefined && (direction === 'ascending' || direction === 'descending') ? { column, direction } : undefined;
}
