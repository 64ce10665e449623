/** What a run wrote, as far as it is kept. */
export interface RunOutput {
  /** The last lines, oldest first. */
  readonly lines: readonly string[];
  /** How many of them were written before the service was last found healthy; 0 when it never was. */
  readonly linesBeforeHealthy: number;
}

export const noOutput: RunOutput = { lines: [], linesBeforeHealthy: 0 };

/** Without the lines that do not satisfy the condition. */
export function filterOutput({ lines, linesBeforeHealthy }: RunOutput, keeps: (line: string) => boolean): RunOutput {
  return {
    lines: lines.filter(keeps),
    linesBeforeHealthy: lines.slice(0, linesBeforeHealthy).filter(keeps).length,
  };
}

/** Only the last lines, which have at most so many characters together as `costOf` counts them. */
export function lastOfOutput(
  { lines, linesBeforeHealthy }: RunOutput,
  budget: number,
  costOf: (line: string) => number,
): RunOutput {
  let left = budget;
  const dropped = lines.findLastIndex((line) => (left -= costOf(line)) < 0) + 1;
  return { lines: lines.slice(dropped), linesBeforeHealthy: Math.max(0, linesBeforeHealthy - dropped) };
}
