/**
 * What tools write when something is wrong, as data: one row a wording, each with a line that it is tested against. Reloads,
 * dead workers and announced addresses are read by `core/signatures.ts`, since the lifecycle depends on them.
 */

export type SignatureKind =
  /** Group `port`, where the line names it. */
  | 'addressInUse'
  /** Group `module`. */
  | 'pythonModule'
  | 'nodeModule'
  /** Group `command`. */
  | 'command'
  | 'script'
  | 'syntax'
  /** Groups `host` and `port`, where the line names them. */
  | 'database'
  | 'refused'
  | 'portForbidden'
  | 'memory'
  | 'watchers'
  /** Group `name`. */
  | 'variable'
  | 'forced'
  /** All was built and started anew: what was said before is over. */
  | 'fresh';

export interface Signature {
  readonly kind: SignatureKind;
  readonly tool: string;
  readonly pattern: RegExp;
  /** A line as the tool writes it. */
  readonly example: string;
}

/** A row of the table. */
export const sign = (kind: SignatureKind, tool: string, pattern: RegExp, example: string): Signature => ({
  kind,
  tool,
  pattern,
  example,
});

export interface Told {
  readonly kind: SignatureKind;
  readonly tool: string;
  readonly line: string;
  /** Its place in the lines that were read. */
  readonly at: number;
  /** Named groups of the pattern. */
  readonly groups: Readonly<Record<string, string | undefined>>;
}

/** Every signature that the lines show, in their order; one a line, the first of the table that matches. */
export function read(lines: readonly string[], table: readonly Signature[]): readonly Told[] {
  return lines.flatMap((line, at) => {
    if (line.length > longest) return [];
    for (const { kind, tool, pattern } of table) {
      const found = pattern.exec(line);
      if (found !== null) return [{ kind, tool, line: line.trim(), at, groups: { ...found.groups } }];
    }
    return [];
  });
}

/** Some patterns cost more than the length of a line: no tool's message is longer. */
const longest = 1000;
