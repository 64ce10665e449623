/** The start time of a process on Windows as its token: microseconds since 1601, which the system's own calls and CIM both show. */

/** From 1601 to 1970, in ms. */
const epochMs = 11_644_473_600_000;
/** From the year 1 to 1601, in 100 ns: .NET counts from there. */
const dotNetTicks = 504_911_232_000_000_000n;

/** `time` is a FILETIME: 100 ns since 1601. CIM shows no more than microseconds. */
export const bornOfFileTime = (time: bigint): string => String(time / 10n);

/** `ticks` of .NET: 100 ns since the year 1, as a decimal number. Undefined when it is none. */
export const bornOfTicks = (ticks: string): string | undefined =>
  /^\d{1,19}$/.test(ticks) ? bornOfFileTime(BigInt(ticks) - dotNetTicks) : undefined;

/** In ms since the epoch; undefined for a token of another kind. */
export const startOf = (born: string): number | undefined =>
  /^\d{10,18}$/.test(born) ? Number(BigInt(born) / 1000n) - epochMs : undefined;

/** The first of the ten .NET ticks that a token stands for. */
export const ticksOfBorn = (born: string): string => String(BigInt(born) * 10n + dotNetTicks);
