/** One line: time, service, text with its colours, matches and links. Text from outside is only ever text. */
import type { ComponentChildren } from 'preact';
import { memo } from 'preact/compat';
import { visibleText } from '../../core/logs/invisible';
import type { LogLine } from '../../core/logs/logLine';
import type { LinkTarget } from '../../core/logs/links';
import { segmentsOf } from '../../core/logs/segments';
import type { Query } from '../../core/logs/query';
import { timeText } from '../../core/logs/lineText';
import { t } from '../../core/wording/l10n';
import type { Theme } from '../page/theme';

export interface LineLook {
  readonly theme: Theme;
  readonly times: boolean;
  /** Names are shown before the lines of several services. */
  readonly names: boolean;
  /** Number of a service, by its id. */
  readonly indexOf: (service: string) => number;
  readonly query: Query;
  readonly open: (line: LogLine, target: LinkTarget) => void;
  readonly fold: (line: LogLine, isFolded: boolean) => void;
}

interface Props {
  readonly line: LogLine;
  readonly look: LineLook;
  readonly isMatch: boolean;
  readonly isCurrent: boolean;
  readonly index: number;
  readonly frames: number;
  readonly isFolded: boolean;
  readonly measure: ((element: HTMLElement | null) => void) | undefined;
}

/** Drawn again only when something in it has changed: `frames` and `isFolded` are those of the line. */
export const LineRow = memo(({ line, look, isMatch, isCurrent, index, measure, frames, isFolded }: Props) => {
  const { theme, names, times } = look;
  const classes = ['line', line.level ?? '', isCurrent ? 'current' : '', line.part === 'frame' ? 'frame' : ''];
  return (
    <div class={classes.join(' ')} data-index={index} data-service={line.service} ref={measure ?? null}>
      {times && <span class="time">{timeText(line.at)}</span>}
      {names && (
        <span class="name" style={{ color: theme.serviceColor(look.indexOf(line.service)) }}>
          {visibleText(line.service)}
        </span>
      )}
      <span class="text">
        {frames > 0 && <Fold frames={frames} isFolded={isFolded} fold={(fold) => look.fold(line, fold)} />}
        <Text line={line} look={look} isMatch={isMatch} />
      </span>
    </div>
  );
});

interface FoldProps {
  readonly frames: number;
  readonly isFolded: boolean;
  readonly fold: (isFolded: boolean) => void;
}

function Fold({ frames, isFolded, fold }: FoldProps) {
  const title = frames === 1 ? t('Stack trace, 1 line') : t('Stack trace, {0} lines', frames);
  return (
    <button type="button" class="fold" aria-expanded={!isFolded} aria-label={title} title={title} onClick={() => fold(!isFolded)}>
      {isFolded ? '\u25b8' : '\u25be'}
    </button>
  );
}

function Text({ line, look, isMatch }: { readonly line: LogLine; readonly look: LineLook; readonly isMatch: boolean }) {
  const segments = segmentsOf(line, isMatch ? look.query : { kind: 'none' });
  return (
    <>
      {segments.map(({ text, style, isMarked, link }, at) => {
        const piece = (
          <span key={at} style={{ ...look.theme.lookOf(style) }}>
            {isMarked ? <mark>{visibleText(text)}</mark> : visibleText(text)}
          </span>
        );
        return link === undefined ? (
          piece
        ) : (
          <PieceLink key={at} open={() => look.open(line, link)}>
            {piece}
          </PieceLink>
        );
      })}
    </>
  );
}

function PieceLink({ open, children }: { readonly open: () => void; readonly children: ComponentChildren }) {
  return (
    <a
      href="#"
      draggable={false}
      onClick={(event) => {
        event.preventDefault();
        // A part of it is being selected.
        if (getSelection()?.isCollapsed !== false) open();
      }}
    >
      {children}
    </a>
  );
}
