/** Samples as columns for charts, and as rows for their table. */
import type { HistorySample } from '../history/record';
import type { Series } from './messages';

/** Samples further apart are not connected, in ms. */
const gapMs = 60_000;

/** Those since `from` (ms since the epoch). A row without figures stands in each gap. */
export function seriesOf(service: string, samples: readonly HistorySample[], from: number): Series {
  const recent = samples.filter(({ at }) => at >= from);
  const rows = recent.flatMap((sample, index) => {
    const before = recent[index - 1];
    const isGap = before !== undefined && sample.at - before.at > gapMs;
    return isGap ? [{ kind: 'sample' as const, at: before.at + gapMs / 2 }, sample] : [sample];
  });
  return {
    service,
    at: rows.map(({ at }) => at / 1000),
    cpu: rows.map(({ cpu }) => cpu ?? null),
    memory: rows.map(({ memory }) => memory ?? null),
    latency: rows.map(({ latency }) => latency ?? null),
  };
}

/** Several series on one axis of time, as charts take them: all moments, then a column for each. */
export function aligned(
  series: readonly Series[],
  column: 'cpu' | 'memory' | 'latency',
): readonly [at: readonly number[], ...columns: readonly (readonly (number | null)[])[]] {
  const at = [...new Set(series.flatMap((each) => each.at))].sort((a, b) => a - b);
  const place = new Map(at.map((moment, index) => [moment, index]));
  const columns = series.map((each) => {
    // A moment of another service is no gap: charts connect over undefined, and not over null.
    const values: (number | null | undefined)[] = at.map(() => undefined);
    each.at.forEach((moment, index) => (values[place.get(moment) ?? 0] = each[column][index] ?? null));
    return values as (number | null)[];
  });
  return [at, ...columns];
}
