/** The dashboard: what happened while the user was away, the list of services, and the tabs about one of them or all. */
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { DashboardToHost, DashboardUpdate, Tab } from '../../core/dashboard/messages';
import type { Sorting } from '../../core/dashboard/sorting';
import type { LogToHost, LogToPage } from '../../core/logs/logMessages';
import { t } from '../../core/wording/l10n';
import { LogView } from '../log/LogView';
import type { LogLink } from '../log/LogView';
import type { PageHost } from '../page/host';
import { useTheme } from '../page/theme';
import { ActionBar } from './ActionBar';
import { AwayLine } from './AwayLine';
import { ChartsTab } from './ChartsTab';
import { ChecksTab } from './ChecksTab';
import { DependencyGraph } from './DependencyGraph';
import { DetailsTab } from './DetailsTab';
import type { KeptDashboard } from './keptDashboard';
import { ServiceGrid } from './ServiceGrid';
import { TabList } from './TabList';
import { TimelineTab } from './TimelineTab';
import { servicesOf, useDashboard } from './useDashboard';
import type { Dashboard } from './useDashboard';

type Host = PageHost<DashboardToHost | LogToHost, DashboardUpdate | LogToPage>;

export function DashboardView({ host, kept }: { readonly host: Host; readonly kept: KeptDashboard }) {
  const dashboard = useDashboard((take) => host.onMessage((message) => message.kind === 'dashboard.update' && take(message)));
  const [tab, setTab] = useState<Tab>(kept.tab);
  const [wanted, setWanted] = useState(kept.service);
  const [sorting, setSorting] = useState<Sorting | undefined>(kept.sorting);
  const [log, setLog] = useState(kept.log);
  /** Of the log that is about to be shown; asked for once. */
  const moment = useRef<number>(undefined);
  const now = useNow();
  const services = servicesOf(dashboard);
  const chosen = services.some(({ id }) => id === wanted) ? wanted : undefined;
  const link = useLogLink(host, kept.log, setLog);
  const isConnected = dashboard.order !== undefined;
  useEffect(() => {
    if (!isConnected) return;
    const at = moment.current;
    moment.current = undefined;
    host.post({
      ...{ kind: 'dashboard.show', tab },
      ...(chosen !== undefined && { service: chosen }),
      ...(at !== undefined && { at }),
    });
  }, [isConnected, tab, chosen]);
  useEffect(
    () => host.keep({ tab, ...(wanted !== undefined && { service: wanted }), ...(sorting && { sorting }), ...(log && { log }) }),
    [tab, wanted, sorting, log],
  );
  const openLog = (service: string, at: number): void => {
    setWanted(service);
    moment.current = at;
    setTab('log');
  };
  return (
    <div class="dash">
      <h1 class="dash-title">{t('Services Dashboard')}</h1>
      <AwayLine text={dashboard.away} />
      <ActionBar
        service={services.find(({ id }) => id === chosen)}
        showAll={() => setWanted(undefined)}
        act={(action, service) => host.post({ kind: 'dashboard.act', action, service })}
        copyReport={() => host.post({ kind: 'dashboard.copyReport' })}
      />
      <DependencyGraph services={services} />
      <div class="dash-main">
        <ServiceGrid {...{ services, chosen, sorting, now }} choose={setWanted} sort={setSorting} />
        <div class="dash-side">
          <TabList tab={tab} choose={setTab}>
            <Content
              {...{ tab, dashboard, chosen, openLog, link }}
              check={(service) => host.post({ kind: 'dashboard.check', service })}
            />
          </TabList>
        </div>
      </div>
    </div>
  );
}

interface ContentProps {
  readonly tab: Tab;
  readonly dashboard: Dashboard;
  readonly chosen: string | undefined;
  readonly openLog: (service: string, at: number) => void;
  readonly link: LogLink;
  readonly check: (service: string) => void;
}

function Content({ tab, dashboard, chosen, openLog, link, check }: ContentProps) {
  const theme = useTheme();
  const { timeline, series, details, checks, order = [] } = dashboard;
  switch (tab) {
    case 'timeline':
      return <TimelineTab timeline={timeline} openLog={openLog} />;
    case 'charts':
      return <ChartsTab {...{ series, order, theme }} />;
    case 'log':
      return <LogView link={link} withServices={false} />;
    case 'details':
      return <DetailsTab details={details} chosen={chosen} />;
    case 'checks':
      return <ChecksTab checks={checks} chosen={chosen} run={check} />;
  }
}

/** ms since the epoch, once a second. */
function useNow(): number {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return now;
}

/** The log is drawn again each time its tab is chosen, and then has what was chosen in it last. */
function useLogLink(host: Host, kept: LogLink['kept'], keep: LogLink['keep']): LogLink {
  const last = useRef(kept);
  return useMemo(
    () => ({
      get kept() {
        return last.current;
      },
      keep(state) {
        last.current = state;
        keep(state);
      },
      post: (message: LogToHost) => host.post(message),
      onMessage: (listener: (message: LogToPage) => void) =>
        host.onMessage((message) => {
          if (message.kind !== 'dashboard.update') listener(message);
        }),
    }),
    [host],
  );
}
