/** The log of services: the component of Show Logs, and of the dashboard's tab. */
import { useEffect, useMemo, useReducer, useRef, useState } from 'preact/hooks';
import type { LogService, LogToHost, LogToPage } from '../../core/logs/logMessages';
import type { LinkTarget } from '../../core/logs/links';
import type { LogLine } from '../../core/logs/logLine';
import { asText } from '../../core/logs/lineText';
import { LogScreen } from '../../core/logs/logScreen';
import type { ScreenOptions } from '../../core/logs/logScreen';
import { chosenByUser, chosenInSnapshot } from '../../core/logs/serviceChoice';
import type { ServiceChoice } from '../../core/logs/serviceChoice';
import { unpackLines } from '../../core/logs/packedLines';
import { useTheme } from '../page/theme';
import { ExpressionWorker } from './expressionWorker';
import type { LineLook } from './LineRow';
import { LeftOut } from './LeftOut';
import { Lines } from './Lines';
import type { LinesHandle } from './Lines';
import { Services } from './Services';
import { Toolbar } from './Toolbar';
import type { LogLayout } from './Toolbar';

/** The way to the extension, on whichever page the log is. */
export interface LogLink {
  post(message: LogToHost): void;
  /** Calls with each message for the log; returns what ends that. */
  onMessage(listener: (message: LogToPage) => void): () => void;
  readonly kept: KeptLog | undefined;
  keep(state: KeptLog): void;
}

/** What is kept while the page is not loaded. */
export interface KeptLog {
  /** Ids of services; none means all. */
  readonly chosen: readonly string[];
  readonly options: ScreenOptions;
  readonly layout: LogLayout;
}

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

const initialLayout: LogLayout = { follow: true, wrap: false, times: true };

export function LogView({ link, withServices = true }: { readonly link: LogLink; readonly withServices?: boolean }) {
  const [layout, setLayout] = useState(link.kept?.layout ?? initialLayout);
  const lines = useRef<LinesHandle>(null);
  const searchBox = useRef<HTMLInputElement>(null);
  const theme = useTheme();
  const showMoment = (at: number, screenNow: LogScreen): void => {
    setLayout((present) => ({ ...present, follow: false }));
    const line = screenNow.firstFrom(at);
    if (line !== undefined) requestAnimationFrame(() => lines.current?.reveal(line));
  };
  const { screen, services, chosen, choose } = useLog(link, showMoment);
  useEffect(() => link.keep({ chosen, options: screen.options, layout }), [link, chosen, screen.options, layout]);
  useSearchKey(searchBox);

  const lay = (change: Partial<LogLayout>): void =>
    setLayout((present) =>
      Object.entries(change).every(([key, value]) => present[key as keyof LogLayout] === value)
        ? present
        : { ...present, ...change },
    );
  const names = chosen.length !== 1 && services.length > 1;
  const text = (): string => asText(screen.shown, { times: layout.times, names });
  const step = (by: 1 | -1): void => {
    const line = screen.step(by, lines.current?.firstVisible());
    if (line === undefined) return;
    lay({ follow: false });
    requestAnimationFrame(() => lines.current?.reveal(line));
  };
  const look = useMemo<LineLook>(
    () => ({
      ...{ theme, names, times: layout.times, query: screen.query },
      indexOf: (id) => services.findIndex((service) => service.id === id),
      open: (line, target) => link.post(openMessage(line, target)),
      fold: (line, isFolded) => {
        setLayout((present) => ({ ...present, follow: false }));
        screen.fold(line, isFolded);
      },
    }),
    [theme, names, layout.times, screen, screen.query, services, link],
  );
  return (
    <div class="log" style={{ '--row-height': `${theme.rowHeight}px` }}>
      {withServices && (
        <Services
          {...{ services, chosen, theme, choose }}
          act={(action, service) => link.post({ kind: 'log.act', action, service })}
        />
      )}
      <Toolbar
        {...{ screen, layout, searchBox, lay, step }}
        copy={() => link.post({ kind: 'log.copy', text: text() })}
        openText={() => link.post({ kind: 'log.openText', text: text() })}
      />
      <LeftOut screen={screen} />
      <Lines ref={lines} {...{ screen, look }} wrap={layout.wrap} follow={layout.follow} followed={(follow) => lay({ follow })} />
    </div>
  );
}

interface Log {
  readonly screen: LogScreen;
  readonly services: readonly LogService[];
  /** Ids; none means all. */
  readonly chosen: readonly string[];
  readonly choose: (ids: readonly string[]) => void;
}

/** What the extension sends, as a screen that draws the component again after each change. */
function useLog(link: LogLink, showMoment: (at: number, screen: LogScreen) => void): Log {
  const [, draw] = useReducer<number, undefined>((drawn) => drawn + 1, 0);
  const [services, setServices] = useState<readonly LogService[]>([]);
  const [choice, setChoice] = useState<ServiceChoice>({ ids: link.kept?.chosen ?? [], count: 0 });
  const screen = useMemo(() => {
    const worker = new ExpressionWorker();
    const created = new LogScreen({ match: worker.match, pause }, () => draw(undefined));
    if (link.kept !== undefined) created.choose(link.kept.options);
    return created;
  }, [link]);
  useEffect(
    () =>
      link.onMessage((message) => {
        if (message.kind === 'log.moment') {
          showMoment(message.at, screen);
          return;
        }
        if (message.services !== undefined) setServices(message.services);
        if (message.kind === 'log.snapshot') {
          setChoice((present) => chosenInSnapshot(present, message));
          screen.replace(unpackLines(message.lines));
        } else if (message.lines !== undefined) screen.append(unpackLines(message.lines), message.skipped);
      }),
    [link, screen],
  );
  const choose = (ids: readonly string[]): void => {
    const next = chosenByUser(choice, ids);
    setChoice(next);
    link.post({ kind: 'log.choose', services: next.ids, count: next.count });
  };
  return { screen, services, chosen: choice.ids, choose };
}

const openMessage = (line: LogLine, target: LinkTarget): LogToHost =>
  target.kind === 'url'
    ? { kind: 'log.openUrl', url: target.url }
    : {
        ...{ kind: 'log.openFile', service: line.service, path: target.path },
        ...(target.line !== undefined && { line: target.line }),
        ...(target.column !== undefined && { column: target.column }),
      };

/** Ctrl+F, and Command+F on macOS, as in an editor. */
function useSearchKey(searchBox: { readonly current: HTMLInputElement | null }): void {
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      if (event.key !== 'f' || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return;
      event.preventDefault();
      event.stopPropagation();
      searchBox.current?.select();
    };
    window.addEventListener('keydown', pressed, true);
    return () => window.removeEventListener('keydown', pressed, true);
  }, [searchBox]);
}
