/** Prints the rows for people. */
import { ratio } from './row';
import type { Compared, Figure, Row } from './row';

const heads = ['what', 'ours median / p90', 'peer', 'lowest sensible', 'goal', 'met'];

export function table(rows: readonly Row[]): string {
  const cells = [heads, ...rows.flatMap(linesOf)];
  const widths = heads.map((_, at) => Math.max(...cells.map((line) => line[at]?.length ?? 0)));
  const drawn = cells.map((line) =>
    line
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  const rule = widths.map((width) => '-'.repeat(width)).join('  ');
  return [drawn[0], rule, ...drawn.slice(1)].join('\n');
}

/** A row has as many lines as it has peers. */
function linesOf(row: Row): string[][] {
  const goal = [row.goal ?? '', row.met === undefined ? '' : row.met ? 'yes' : 'NO'];
  const first = [row.what, own(row), other(row, row.peers[0]), other(row, row.lowest), ...goal];
  const others = row.peers.slice(1).map((peer) => ['', '', other(row, peer), '', '', '']);
  const note = row.note === undefined ? [] : [[`  (${row.note})`, '', '', '', '', '']];
  return [first, ...others, ...note];
}

function own({ ours, unit }: Row): string {
  if (ours.median === undefined) return 'never';
  const spread = ours.count > 1 && ours.p90 !== undefined ? ` / ${digits(ours.p90)}` : '';
  return `${digits(ours.median)}${spread} ${unit}`;
}

function other(row: Row, value: Compared | undefined): string {
  if (value === undefined) return '';
  if (value.median === undefined) return `${value.who}: never`;
  const times = ratio(row.ours, value);
  return `${value.who}: ${digits(value.median)} ${row.unit}${times === undefined ? '' : ` (${digits(times)}x ours)`}`;
}

const digits = (value: number): string =>
  Math.abs(value) >= 100 ? value.toFixed(0) : Math.abs(value) >= 10 ? value.toFixed(1) : value.toFixed(2);

export const inWords = ({ median, p90, longest, count }: Figure): string =>
  median === undefined
    ? 'nothing'
    : `median ${digits(median)}, p90 ${digits(p90 ?? 0)}, longest ${digits(longest ?? 0)} of ${count}`;
