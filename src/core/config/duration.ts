/** Durations in services.json: a number of seconds, or a string as in Compose ("500ms", "1m30s"). */

export type Duration = { readonly ok: true; readonly ms: number } | { readonly ok: false };

/** One or more numbers, each with a unit (https://docs.docker.com/reference/compose-file/extension/#specifying-durations). */
export const durationPattern = /^(?:\d+(?:\.\d+)?(?:us|ms|s|m|h))+$/;

/** Reads a duration into whole ms. Negative, infinite or malformed input is not ok. */
export function parseDuration(input: number | string): Duration {
  if (typeof input === 'number')
    return Number.isFinite(input) && input >= 0 ? { ok: true, ms: Math.round(input * 1000) } : { ok: false };
  if (!durationPattern.test(input)) return { ok: false };
  let ms = 0;
  for (const [, amount, unit] of input.matchAll(/(?<![\d.])([\d.]+)(us|ms|s|m|h)/g)) ms += Number(amount) * msPerUnit(unit);
  return Number.isFinite(ms) ? { ok: true, ms: Math.round(ms) } : { ok: false };
}

function msPerUnit(unit: string | undefined): number {
  switch (unit) {
    case 'us':
      return 0.001;
    case 'ms':
      return 1;
    case 'm':
      return 60_000;
    case 'h':
      return 3_600_000;
    default:
      return 1000;
  }
}

/** Formats whole ms in the form that `parseDuration` reads, largest units first: 90000 is "1m30s", 0 is "0s". */
export function formatDuration(ms: number): string {
  let rest = Math.round(ms);
  let text = '';
  for (const [unit, size] of [
    ['h', 3_600_000],
    ['m', 60_000],
    ['s', 1000],
    ['ms', 1],
  ] as const) {
    const amount = Math.floor(rest / size);
    rest -= amount * size;
    if (amount > 0) text += `${String(amount)}${unit}`;
  }
  return text === '' ? '0s' : text;
}
