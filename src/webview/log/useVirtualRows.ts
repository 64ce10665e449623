/** Only the rows that are visible are drawn: TanStack Virtual, as a hook of Preact. */
import { elementScroll, observeElementOffset, observeElementRect, Virtualizer } from '@tanstack/virtual-core';
import type { RefObject } from 'preact';
import { useLayoutEffect, useReducer, useRef } from 'preact/hooks';

export interface VirtualRowsOptions {
  readonly count: number;
  /** Height of a row (px) that is not measured. */
  readonly rowHeight: number;
  readonly keyOf: (index: number) => number;
  readonly scroller: RefObject<HTMLElement | null>;
}

export function useVirtualRows({ count, rowHeight, keyOf, scroller }: VirtualRowsOptions): Virtualizer<HTMLElement, HTMLElement> {
  const [, draw] = useReducer<number, undefined>((drawn) => drawn + 1, 0);
  const held = useRef<Virtualizer<HTMLElement, HTMLElement>>(undefined);
  const options = {
    count,
    overscan: 10,
    estimateSize: () => rowHeight,
    getItemKey: keyOf,
    getScrollElement: () => scroller.current,
    observeElementRect,
    observeElementOffset,
    scrollToFn: elementScroll,
    onChange: () => draw(undefined),
  };
  held.current ??= new Virtualizer<HTMLElement, HTMLElement>(options);
  const rows = held.current;
  rows.setOptions(options);
  useLayoutEffect(() => rows._didMount(), [rows]);
  useLayoutEffect(() => rows._willUpdate());
  return rows;
}
