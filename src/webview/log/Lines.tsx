/** The lines, of which only the visible ones are drawn, however many there are. */
import type { Ref, RefObject } from 'preact';
import { forwardRef } from 'preact/compat';
import { useEffect, useImperativeHandle, useLayoutEffect, useRef } from 'preact/hooks';
import type { LogLine } from '../../core/logs/logLine';
import type { LogScreen } from '../../core/logs/logScreen';
import { t } from '../../core/wording/l10n';
import { LineRow } from './LineRow';
import type { LineLook } from './LineRow';
import { useVirtualRows } from './useVirtualRows';

interface Props {
  readonly screen: LogScreen;
  readonly look: LineLook;
  readonly wrap: boolean;
  readonly follow: boolean;
  /** The user has scrolled up, or to the end. */
  readonly followed: (follow: boolean) => void;
}

/** What others can do with the lines. */
export interface LinesHandle {
  /** Makes a line visible. */
  reveal(line: LogLine): void;
  /** The first line that is visible. */
  firstVisible(): LogLine | undefined;
}

/** Nearer to the end than this (px) counts as being there. */
const nearEndPx = 4;

export const Lines = forwardRef((props: Props, handle: Ref<LinesHandle>) => {
  const { screen, look, wrap, follow, followed } = props;
  const { rowHeight } = look.theme;
  const scroller = useRef<HTMLDivElement>(null);
  const { shown } = screen;
  const { rows, height, top, reveal } = useVirtualRows({
    ...{ count: shown.length, rowHeight, scroller },
    keyOf: (index) => shown[index]?.number ?? -index,
  });
  useEffect(() => rows.measure(), [rows, wrap, rowHeight]);
  useImperativeHandle(
    handle,
    () => ({
      reveal: (line) => reveal(indexIn(screen.shown, line)),
      firstVisible: () => screen.shown[rows.range?.startIndex ?? 0],
    }),
    [rows, screen, reveal],
  );
  const scrolled = useFollow(scroller, follow, followed);
  const items = rows.getVirtualItems();
  return (
    <div
      ref={scroller}
      class={wrap ? 'lines wrap' : 'lines'}
      role="log"
      aria-label={t('Log')}
      aria-live="off"
      tabIndex={0}
      onScroll={scrolled}
      // New lines may move the view to the end again before it has scrolled.
      onWheel={({ deltaY }) => deltaY < 0 && followed(false)}
    >
      {shown.length === 0 && <p class="empty">{screen.count === 0 ? t('No output yet.') : t('No line passes the filters.')}</p>}
      <div class="all" style={{ height: `${height}px` }}>
        <div class="visible" style={{ transform: `translateY(${top}px)` }}>
          {items.map(({ index }) => {
            const line = shown[index];
            return line === undefined ? null : (
              <LineRow
                key={line.number}
                {...{ line, look, index }}
                frames={line.frames}
                isFolded={line.isFolded}
                isMatch={screen.isMatch(line)}
                isCurrent={screen.current === line}
                measure={wrap ? rows.measureElement : undefined}
              />
            );
          })}
        </div>
      </div>
    </div>
  );
});

/** Keeps the end visible while the log is followed. Returns what notices that the user has scrolled away from it, or back. */
function useFollow(
  scroller: RefObject<HTMLElement | null>,
  follow: boolean,
  followed: Props['followed'],
): (event: { readonly currentTarget: HTMLElement }) => void {
  const last = useRef({ top: 0, height: 0 });
  useLayoutEffect(() => {
    const element = scroller.current;
    if (follow && element !== null) element.scrollTop = element.scrollHeight;
  });
  return ({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) => {
    const { top, height } = last.current;
    last.current = { top: scrollTop, height: scrollHeight };
    const isAtEnd = scrollTop + clientHeight >= scrollHeight - nearEndPx;
    // Fewer lines, or lines at the end that are measured now, move the view as well.
    if (isAtEnd) followed(true);
    else if (scrollTop < top && scrollHeight >= height) followed(false);
  };
}

/** Lines are in order of their numbers, but for those of traces. */
const indexIn = (lines: readonly LogLine[], line: LogLine): number => Math.max(0, lines.indexOf(line));
