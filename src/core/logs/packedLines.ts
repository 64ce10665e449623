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
  /** What `owners` and `runs` count in. */
  readonly names: readonly string[];
  /** One line after the other, each ended by a line feed. */
  readonly text: string;
  readonly at: readonly number[];
  readonly owners: readonly number[];
  readonly runs: readonly number[];
}

export function packLines(lines: readonly SentLine[]): PackedLines {
  const numbers = new Map<string, number>();
  const numberOf = (name: string): number => {
    const known = numbers.get(name);
    if (known !== undefined) return known;
    numbers.set(name, numbers.size);
    return numbers.size - 1;
  };
  const owners = lines.map(({ service }) => numberOf(service));
  const runs = lines.map(({ run }) => numberOf(run));
  return {
    names: [...numbers.keys()],
    text: lines.map(({ text }) => `${text}\n`).join(''),
    at: lines.map(({ at }) => at),
    owners,
    runs,
  };
}

export function unpackLines({ names, text, at, owners, runs }: PackedLines): readonly SentLine[] {
  const texts = text.split('\n');
  const name = (number: number | undefined): string => names[number ?? -1] ?? '';
  return at.map((each, index) => ({
    at: each,
    service: name(owners[index]),
    run: name(runs[index]),
    text: texts[index] ?? '',
  }));
}
