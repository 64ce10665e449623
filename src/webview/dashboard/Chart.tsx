/** One chart of the last hour, drawn by uPlot. The table beside it is its accessible alternative. */
import { useEffect, useRef } from 'preact/hooks';
import UPlot from 'uplot';
import { displayLanguage } from '../../core/wording/l10n';

export interface ChartLine {
  readonly name: string;
  readonly color: string;
}

interface Props {
  readonly title: string;
  /** Moments in s since the epoch, then a column for each line. */
  readonly data: readonly [at: readonly number[], ...columns: readonly (readonly (number | null)[])[]];
  readonly lines: readonly ChartLine[];
  readonly format: (value: number) => string;
  /** The axis reaches up to this at least. */
  readonly least: number;
  /** Distances of the lines of the grid; without, round decimal numbers. */
  readonly steps?: readonly number[];
}

const height = 140;
/** Lines differ by their dashes as well as by their colour. */
const dashes: readonly (readonly number[])[] = [[], [8, 4], [2, 3], [10, 3, 2, 3]];

export function Chart({ title, data, lines, format, least, steps }: Props) {
  const place = useRef<HTMLDivElement>(null);
  const look = JSON.stringify(lines);
  const chart = useRef<UPlot>(null);
  useEffect(() => {
    const element = place.current;
    if (element === null) return undefined;
    const style = getComputedStyle(element);
    const axis = { stroke: style.color, grid: { stroke: style.borderTopColor, width: 1 }, font: `11px ${style.fontFamily}` };
    const created = new UPlot(
      {
        ...{ width: Math.max(120, element.clientWidth), height, legend: { show: false }, cursor: { show: false } },
        scales: { y: { range: (_, __, max) => [0, Math.max(least, max * 1.1)] } },
        axes: [
          { ...axis, space: 90, values: (...[, moments, , , step]) => moments.map((at) => timeOf(at, step)) },
          { ...axis, size: 64, ...(steps && { incrs: [...steps] }), values: (_, values) => values.map(format) },
        ],
        series: [
          {},
          ...lines.map(({ name, color }, index) => ({
            ...{ label: name, stroke: color, width: 2, points: { show: false } },
            dash: [...(dashes[index % dashes.length] ?? [])],
          })),
        ],
      },
      data as UPlot.AlignedData,
      element,
    );
    chart.current = created;
    const observer = new ResizeObserver(() => created.setSize({ width: Math.max(120, element.clientWidth), height }));
    observer.observe(element);
    return () => {
      observer.disconnect();
      created.destroy();
    };
  }, [look]);
  useEffect(() => chart.current?.setData(data as UPlot.AlignedData), [data]);
  return <div class="dash-chart" role="img" aria-label={title} ref={place} />;
}

/** `step` is the distance of two moments, in s. */
const timeOf = (at: number, step: number): string =>
  new Date(at * 1000).toLocaleTimeString(displayLanguage(), {
    ...{ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
    ...(step < 60 && { second: '2-digit' }),
  });
