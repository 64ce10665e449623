/** The size of a page of memory under Linux, which /proc counts in: 4 KiB on x64, up to 64 KiB on ARM64. */
import { readFileSync } from 'node:fs';

const usual = 4096;

/** a_type of the page size in the auxiliary vector, see getauxval(3). */
const atPagesz = 6n;

let known: number | undefined;

/** In bytes. */
export const pageSize = (): number => (known ??= readPageSize('/proc/self/auxv'));

/** `file` holds pairs of 64-bit numbers in the order of the machine, which is little-endian wherever VS Code runs. */
export function readPageSize(file: string): number {
  try {
    const pairs = readFileSync(file);
    for (let at = 0; at + 16 <= pairs.length; at += 16)
      if (pairs.readBigUInt64LE(at) === atPagesz) return Number(pairs.readBigUInt64LE(at + 8));
  } catch {
    // A container may hide it.
  }
  return usual;
}
