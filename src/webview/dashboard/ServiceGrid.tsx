/** The list of services: one row each, sortable, with one row in the order of the Tab key. */
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { DashboardService } from '../../core/dashboard/messages';
import { columns, sorted, sortedBy } from '../../core/dashboard/sorting';
import type { Column, Sorting } from '../../core/dashboard/sorting';
import { visibleText } from '../../core/logs/invisible';
import { bytes, percent } from '../../core/wording/figures';
import { t } from '../../core/wording/l10n';
import { span, wholeSeconds } from '../../core/wording/span';
import { StateIcon } from './StateIcon';

interface Props {
  readonly services: readonly DashboardService[];
  /** Undefined for all. */
  readonly chosen: string | undefined;
  readonly sorting: Sorting | undefined;
  /** ms since the epoch */
  readonly now: number;
  readonly choose: (id: string) => void;
  readonly sort: (sorting: Sorting) => void;
}

export function ServiceGrid({ services, chosen, sorting, now, choose, sort }: Props) {
  const rows = sorted(services, sorting, now);
  const body = useRef<HTMLTableSectionElement>(null);
  const [entered, setEntered] = useState<string | undefined>(chosen);
  const stop = rows.some(({ id }) => id === entered) ? entered : rows[0]?.id;
  useKeptFocus(body);
  const move = (event: KeyboardEvent, id: string): void => {
    const to = target(
      event.key,
      rows.findIndex((row) => row.id === id),
      rows.length,
    );
    const next = to === undefined ? undefined : rows[to];
    if (next === undefined) return;
    event.preventDefault();
    rowOf(body.current, next.id)?.focus();
  };
  return (
    <div class="dash-grid">
      <table role="grid" aria-label={t('Services')}>
        <Head sorting={sorting} sort={sort} />
        <tbody ref={body}>
          {rows.map((service) => (
            <tr
              key={service.id}
              data-id={service.id}
              tabIndex={service.id === stop ? 0 : -1}
              aria-selected={service.id === chosen}
              onClick={() => choose(service.id)}
              onFocus={() => setEntered(service.id)}
              onKeyDown={(event) => {
                if (event.key === 'Enter' || event.key === ' ') {
                  event.preventDefault();
                  choose(service.id);
                } else move(event, service.id);
              }}
            >
              <Cells service={service} now={now} />
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Head({ sorting, sort }: Pick<Props, 'sorting' | 'sort'>) {
  return (
    <thead>
      <tr>
        {columns.map((column) => (
          <th
            key={column}
            scope="col"
            class={`dash-${column}`}
            aria-sort={sorting?.column === column ? sorting.direction : 'none'}
          >
            <button type="button" onClick={() => sort(sortedBy(sorting, column))}>
              {headings[column]}
              <span aria-hidden="true">{sorting?.column !== column ? '' : sorting.direction === 'ascending' ? ' ↑' : ' ↓'}</span>
            </button>
          </th>
        ))}
      </tr>
    </thead>
  );
}

function Cells({ service, now }: { readonly service: DashboardService; readonly now: number }) {
  const { id, state, severity, cause, cpu, memory, startedAt, restarts, port, latency } = service;
  return (
    <>
      <th scope="row" class="dash-service" title={id}>
        {visibleText(id)}
      </th>
      <td class="dash-state">
        <span>
          <StateIcon severity={severity} />
          <span>
            {visibleText(state)}
            {cause !== undefined && <span class="dash-cause">{visibleText(cause)}</span>}
          </span>
        </span>
      </td>
      <td class="dash-cpu">{cpu === undefined ? '' : percent(cpu)}</td>
      <td class="dash-memory">{memory === undefined ? '' : bytes(memory)}</td>
      <td class="dash-uptime">{startedAt === undefined ? '' : wholeSeconds(now - startedAt)}</td>
      <td class="dash-restarts">{restarts}</td>
      <td class="dash-port">{port ?? ''}</td>
      <td class="dash-latency">{latency === undefined ? '' : span(latency)}</td>
    </>
  );
}

const headings: Readonly<Record<Column, string>> = {
  service: t('Service'),
  state: t('State'),
  cpu: t('CPU'),
  memory: t('Memory'),
  uptime: t('Up for'),
  restarts: t('Restarts'),
  port: t('Port'),
  latency: t('Latency'),
};

function target(key: string, index: number, count: number): number | undefined {
  switch (key) {
    case 'ArrowDown':
      return Math.min(count - 1, index + 1);
    case 'ArrowUp':
      return Math.max(0, index - 1);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return undefined;
  }
}

const rowOf = (body: HTMLElement | null, id: string): HTMLElement | undefined =>
  [...(body?.querySelectorAll<HTMLElement>('tr[data-id]') ?? [])].find(({ dataset }) => dataset['id'] === id);

/** A row that is moved by a new order loses the focus in Chromium; it gets it again. */
function useKeptFocus(body: { readonly current: HTMLTableSectionElement | null }): void {
  const before = document.activeElement;
  const id = before instanceof HTMLElement && body.current?.contains(before) === true ? before.dataset['id'] : undefined;
  useLayoutEffect(() => {
    if (id !== undefined && document.activeElement === document.body) rowOf(body.current, id)?.focus();
  });
}
