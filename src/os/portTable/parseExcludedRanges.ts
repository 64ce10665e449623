/** `netsh interface ipv4 show excludedportrange protocol=tcp`: pairs of numbers below a heading in the system's language. */
export interface PortRange {
  readonly first: number;
  readonly last: number;
}

export function parseExcludedRanges(text: string): readonly PortRange[] {
  // A star marks ranges that an administrator set; other lines are words.
  return [...text.matchAll(/^[ \t]*(\d+)[ \t]+(\d+)(?:[ \t]*\*)?[ \t]*$/gm)].map(([, first, last]) => ({
    first: Number(first),
    last: Number(last),
  }));
}
