/** What is certain of a mean of few measurements: single windows of a machine with other work differ by a factor of two. */

export interface Interval {
  readonly mean: number;
  /** Half the width of the 95 % confidence interval; NaN for fewer than two values. */
  readonly margin: number;
  readonly count: number;
}

/** Two-sided 95 % quantiles of Student's t for 1 to 10 degrees of freedom; beyond, the last is on the safe side. */
const quantiles = [12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228];

const quantileFor = (freedom: number): number =>
  quantiles[Math.min(quantiles.length, Math.max(1, Math.floor(freedom))) - 1] ?? Number.NaN;

const meanOf = (values: readonly number[]): number => values.reduce((sum, each) => sum + each, 0) / values.length;

/** Variance of the mean. */
function spreadOf(values: readonly number[]): number {
  const mean = meanOf(values);
  return values.reduce((sum, each) => sum + (each - mean) ** 2, 0) / (values.length - 1) / values.length;
}

export function intervalOf(values: readonly number[]): Interval {
  const margin = quantileFor(values.length - 1) * Math.sqrt(spreadOf(values));
  return { mean: meanOf(values), margin: values.length < 2 ? Number.NaN : margin, count: values.length };
}

/** Of the difference of two means whose values vary differently (Welch). */
export function differenceOf(ours: readonly number[], other: readonly number[]): Interval {
  const [a, b] = [spreadOf(ours), spreadOf(other)];
  const freedom = (a + b) ** 2 / (a ** 2 / (ours.length - 1) + b ** 2 / (other.length - 1));
  const margin = a + b === 0 ? 0 : quantileFor(freedom) * Math.sqrt(a + b);
  return { mean: meanOf(ours) - meanOf(other), margin, count: Math.min(ours.length, other.length) };
}

export const inWords = ({ mean, margin }: Interval): string => `${mean.toFixed(2)} ± ${margin.toFixed(2)}`;
