/** Only the rows that are visible are drawn: TanStack Virtual, as a hook of Preact. */
import { elementScroll, observeElementOffset, observeElementRect, Virtualizer } from '@tanstack/virtual-core';
import type { VirtualizerOptions } from '@tanstack/virtual-core';
import type { RefObject } from 'preact';
import { useLayoutEffect, useReducer, useRef } from 'preact/hooks';

export interface VirtualRowsOptions {
  readonly count: number;
  /** Height of a row (px) that is not measured. */
  readonly rowHeight: number;
  readonly keyOf: (index: number) => number;
  readonly scroller: RefObject<HTMLElement | null>;
}

export interface VirtualRows {
  readonly rows: Virtualizer<HTMLElement, HTMLElement>;
  /** Of the whole, as it is scrolled through (px). */
  readonly height: number;
  /** Where the first row that is drawn begins in the whole (px). */
  readonly top: number;
  /** Makes a row visible. */
  readonly reveal: (index: number) => void;
}

/**
 * Chromium lays out no more than 2^25 pixels of the screen, which a million rows exceed on a screen with two pixels for one: then the
 * whole is drawn less high, and scrolled through in larger steps.
 */
const maxScreenPx = 2 ** 25 - 1_000_000;

export function useVirtualRows({ count, rowHeight, keyOf, scroller }: VirtualRowsOptions): VirtualRows {
  const [, draw] = useReducer<number, undefined>((drawn) => drawn + 1, 0);
  const held = useRef<Virtualizer<HTMLElement, HTMLElement>>(undefined);
  /** How many pixels of the rows one pixel of the scroll bar is. */
  const ratio = useRef(1);
  const options: VirtualizerOptions<HTMLElement, HTMLElement> = {
    count,
    overscan: 10,
    estimateSize: () => rowHeight,
    getItemKey: keyOf,
    getScrollElement: () => scroller.current,
    observeElementRect,
    observeElementOffset: (instance, call) =>
      observeElementOffset(instance, (offset, isScrolling) => call(offset * ratio.current, isScrolling)),
    scrollToFn: (offset, more, instance) => elementScroll(offset / ratio.current, more, instance),
    onChange: () => draw(undefined),
  };
  held.current ??= new Virtualizer<HTMLElement, HTMLElement>(options);
  const rows = held.current;
  rows.setOptions(options);
  useLayoutEffect(() => rows._didMount(), [rows]);
  useLayoutEffect(() => rows._willUpdate());
  const total = rows.getTotalSize();
  const height = Math.min(total, Math.floor(maxScreenPx / window.devicePixelRatio));
  const view = scroller.current?.clientHeight ?? 0;
  ratio.current = height < total ? (total - view) / (height - view) : 1;
  const start = rows.getVirtualItems()[0]?.start ?? 0;
  const offset = rows.scrollOffset ?? 0;
  return {
    ...{ rows, height, top: start - offset + offset / ratio.current },
    reveal: (index) => {
      const at = rows.measurementsCache[index]?.start;
      if (ratio.current === 1) rows.scrollToIndex(index, { align: 'center' });
      else if (at !== undefined && scroller.current !== null) scroller.current.scrollTop = (at - view / 2) / ratio.current;
    },
  };
}
