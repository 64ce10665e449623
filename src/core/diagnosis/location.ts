/** Finds the file and line of an error in the output of compilers and in tracebacks. */
import { defined } from '../model/defined';

export interface FileLocation {
  /** As printed: absolute, or relative to the folder in which the tool ran. */
  readonly path: string;
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column?: number;
}

/**
 * Returns the location of the error in `lines[at]`: on that line, else the nearest one before, else shortly after. Skips the code of
 * packages.
 */
export function locationNear(lines: readonly string[], at: number): FileLocation | undefined {
  const before = lines.slice(Math.max(0, at - 30), at + 1).reverse();
  const after = lines.slice(at + 1, at + 12);
  for (const line of [...before, ...after]) {
    const found = locationIn(line);
    if (found !== undefined && !isForeign(found.path)) return found;
  }
  return undefined;
}

// A path begins where a separator ends: tried at each of its characters, a long word would take the square of its length.
const shapes: readonly RegExp[] = [
  /File "(?<path>[^"<>]+)", line (?<line>\d+)/, // Python
  /(?<![^\s()'"])(?<path>[^\s()'"]+\.(?:cs|fs|vb))\((?<line>\d+),(?<column>\d+)\)/, // .NET
  /\[(?:\s*[╭╰]─\[)?\s*(?<path>[^\s[\]()'"]+\.\w{1,5}):(?<line>\d+):(?<column>\d+)\s*\]/, // oxc, in Vite 8
  /-->\s+(?<path>\S+):(?<line>\d+):(?<column>\d+)/, // Rust
  /(?:file:\/\/|(?<![^\s:()'"[\]])|(?=[A-Za-z]:))(?<path>(?:[A-Za-z]:)?[^\s:()'"[\]]+\.[A-Za-z]{1,5}):(?<line>\d+)(?::(?<column>\d+))?/, // Node, esbuild, Go, TypeScript
];

function locationIn(line: string): FileLocation | undefined {
  for (const shape of shapes) {
    const groups = shape.exec(line.slice(0, 1000))?.groups;
    const path = groups?.['path'];
    if (path === undefined || /^\d+(?:\.\d+)+$|^\/\//.test(path)) continue;
    const column = groups?.['column'];
    return { path, line: Number(groups?.['line']), ...defined({ column: column === undefined ? undefined : Number(column) }) };
  }
  return undefined;
}

const isForeign = (path: string): boolean =>
  /node_modules|site-packages|dist-packages|[\\/]lib[\\/]python\d|^node:|<frozen|^https?:/.test(path);
