/** Lines in few large values, which cross to a page quickly. */

export interface SentLine {
  /** ms since the epoch */
  readonly at: number;
  /** Id of the service. */
  readonly service: string;
  readonly run: string;
  /** One line, with codes of colours. */
  readonly text: string;
}

export interface PackedLines {
  /** Id of the service, and run. */
  readonly sources: readonly (readonly [service: string, run: string])[];
  /** Which source each line has. */
  readonly of: readonly number[];
  /** How many ms each line was written after the one before; the first one after the epoch. Small numbers are read quickly. */
  readonly steps: readonly number[];
  /** One line after the other, each ended by a line feed. */
  readonly text: string;
}

export function packLines(lines: readonly SentLine[]): PackedLines {
  const sources: (readonly [string, string])[] = [];
  const numbers = new Map<string, number>();
  const numberOf = ({ service, run }: SentLine): number => {
    const key = `${service}\0${run}`;
    const known = numbers.get(key);
    if (known !== undefined) return known;
    numbers.set(key, sources.length);
    return sources.push([service, run]) - 1;
  };
  return {
    of: lines.map(numberOf),
    sources,
    steps: lines.map(({ at }, index) => at - (lines[index - 1]?.at ?? 0)),
    text: lines.map((line) => `${line.text}\n`).join(''),
  };
}

export function unpackLines({ sources, of, steps, text }: PackedLines): readonly SentLine[] {
  const texts = text.split('\n');
  let at = 0;
  return steps.map((step, index) => {
    at += step;
    const [service, run] = sources[of[index] ?? -1] ?? ['', ''];
    return { at, service, run, text: texts[index] ?? '' };
  });
}
