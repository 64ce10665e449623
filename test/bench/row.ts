/** One line of the table, and the figures that make it. */

export interface Row {
  readonly what: string;
  /** Of the figures below. */
  readonly unit: 'ms' | 'MB' | 'KB' | '%' | 'x' | 'orphans';
  readonly ours: Figure;
  /** A package that does the like, measured in the same run. */
  readonly peers: readonly Compared[];
  /** What could be had at best, measured in the same run. */
  readonly lowest?: Compared;
  /** In words, as issued. */
  readonly goal?: string;
  readonly met?: boolean;
  /** What else a reader must know, in a few words. */
  readonly note?: string;
}

/** Of `count` measurements; `undefined` where nothing was ever noticed. */
export interface Figure {
  readonly median: number | undefined;
  readonly p90: number | undefined;
  readonly longest: number | undefined;
  readonly count: number;
}

export interface Compared extends Figure {
  readonly who: string;
}

/** The p-th part (0 to 1) of the sorted values, nearest rank. */
export function quantile(values: readonly number[], part: number): number | undefined {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(sorted.length * part) - 1))];
}

export const figure = (values: readonly number[]): Figure => ({
  median: quantile(values, 0.5),
  p90: quantile(values, 0.9),
  longest: quantile(values, 1),
  count: values.length,
});

export const compared = (who: string, values: readonly number[]): Compared => ({ who, ...figure(values) });

/** How many times ours the other's median is. */
export function ratio(ours: Figure, other: Figure): number | undefined {
  return ours.median === undefined || other.median === undefined || ours.median === 0 ? undefined : other.median / ours.median;
}

/** True only for what was measured. */
export const atMost = (value: number | undefined, limit: number): boolean => value !== undefined && value <= limit;
