/** Moments that other processes can be compared with. */

/** Milliseconds of the system's monotonic clock, which all processes share on Linux and macOS. */
export const now = (): number => Number(process.hrtime.bigint()) / 1e6;

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** The value, or a rejection that names what was awaited. */
export function within<T>(what: string, ms: number, value: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`Waited ${ms} ms in vain for ${what}.`)), ms);
  });
  return Promise.race([value, late]).finally(() => clearTimeout(timer));
}
