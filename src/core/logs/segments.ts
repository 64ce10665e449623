/** A line in the pieces in which it is drawn: where the colour, a match or a link begins or ends. */
import { defined } from '../model/defined';
import { linksIn } from './links';
import type { LinkTarget } from './links';
import type { LogLine } from './logLine';
import { rangesOf } from './query';
import type { Query, Range } from './query';
import { piecesOf } from './styledText';
import type { Style } from './styledText';

export interface Segment {
  readonly text: string;
  readonly style: Style;
  readonly isMarked: boolean;
  readonly link?: LinkTarget;
}

/** `query` is that of the search, when the line matches it. */
export function segmentsOf(line: LogLine, query: Query): readonly Segment[] {
  const { text } = line;
  const marks = marksOf(line, query);
  const links = linksIn(text);
  const segments: Segment[] = [];
  let from = 0;
  const inner = [...marks, ...links.map((link): Range => [link.from, link.to])].flat();
  for (const piece of piecesOf(line.styled, line.before)) {
    const to = from + piece.text.length;
    const borders = [...new Set([from, ...inner.filter((border) => border > from && border < to), to])].sort((a, b) => a - b);
    for (const [index, start] of borders.slice(0, -1).entries()) {
      const end = borders[index + 1] ?? to;
      const link = links.find((each) => each.from <= start && each.to >= end)?.target;
      const isMarked = marks.some(([first, last]) => first <= start && last >= end);
      segments.push({ text: text.slice(start, end), style: piece.style, isMarked, ...defined({ link }) });
    }
    from = to;
  }
  return segments;
}

function marksOf(line: LogLine, query: Query): readonly Range[] {
  if (query.kind === 'text') return rangesOf(line.text, query.text);
  return query.kind === 'expression' ? (line.ranges ?? []) : [];
}
