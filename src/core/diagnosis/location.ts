/** Where in a file an error is, by the words of compilers and tracebacks. */

export interface FileLocation {
  /** As printed: absolute or relative to where the tool ran. */
  readonly path: string;
  /** From 1. */
  readonly line: number;
  readonly column?: number;
}

/** The place of the error that stands at `lines[at]`: on that line, else the nearest before, else shortly after. Code of packages is skipped. */
export function locationNear(lines: readonly string[], at: number): FileLocation | undefined {
  const before = lines.slice(Math.max(0, at - 30), at + 1).reverse();
  const after = lines.slice(at + 1, at + 12);
  for (const line of [...before.slice(0, 1), ...before.slice(1), ...after]) {
    const found = locationIn(line);
    if (found !== undefined && !isForeign(found.path)) return found;
  }
  return undefined;
}

const shapes: readonly RegExp[] = [
  /File "(?<path>[^"<>]+)", line (?<line>\d+)/, // Python
  /(?<path>[^\s()'"]+\.(?:cs|fs|vb))\((?<line>\d+),(?<column>\d+)\)/, // .NET
  /\[(?:\s*[╭╰]─\[)?\s*(?<path>[^\s[\]()'"]+\.\w{1,5}):(?<line>\d+):(?<column>\d+)\s*\]/, // oxc, in Vite 8
  /-->\s+(?<path>\S+):(?<line>\d+):(?<column>\d+)/, // Rust
  /(?:file:\/\/)?(?<path>(?:[A-Za-z]:)?[^\s:()'"[\]]+\.[A-Za-z]{1,5}):(?<line>\d+)(?::(?<column>\d+))?/, // Node, esbuild, Go, TypeScript
];

function locationIn(line: string): FileLocation | undefined {
  for (const shape of shapes) {
    const groups = shape.exec(line.slice(0, 1000))?.groups;
    const path = groups?.['path'];
    if (path === undefined || /^\d+(?:\.\d+)+$|^\/\//.test(path)) continue;
    const column = groups?.['column'];
    return { path, line: Number(groups?.['line']), ...(column === undefined ? {} : { column: Number(column) }) };
  }
  return undefined;
}

const isForeign = (path: string): boolean =>
  /node_modules|site-packages|dist-packages|[\\/]lib[\\/]python\d|^node:|<frozen|^https?:/.test(path);
