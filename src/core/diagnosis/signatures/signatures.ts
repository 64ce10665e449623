/**
 * The messages of tools for problems, as data: one row per wording, each with an example line that the tests match. Reloads,
 * dead workers and announced addresses are read by `core/output/serverSignatures.ts`, because the lifecycle depends on them.
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
  /** Groups `file`, and `pid` where the line names it. */
  | 'pidFile'
  | 'nativeModule'
  /** Group `module`, where the line names it: its build for this platform is missing. */
  | 'foreignModule'
  /** Another copy of the server has the lock of the folder. */
  | 'alreadyRunning'
  /** Group `host`: what the request asked for. */
  | 'hostRefused'
  /** Group `script`, where the line names it. */
  | 'scriptPolicy'
  /** Group `port`. */
  | 'portAllocated'
  /** Groups `port` and `name`. */
  | 'portPublishedBy'
  | 'containerOom'
  /** Group `image`. */
  | 'imageMissing'
  /** Group `registry`. */
  | 'registryUnreached'
  /** Groups `file`, `line` and `detail`, where the line names them. */
  | 'composeInvalid'
  | 'composeMissing'
  /** Group `service`. */
  | 'composeService'
  | 'dockerNotRunning'
  | 'dockerDenied'
  /** Group `name`: of the database, the user or the table, where the line names it. */
  | 'databaseMissing'
  | 'databaseLogin'
  | 'migrations'
  /** Groups `wanted` and `used`, where the line names them. */
  | 'runtimeRefused'
  | 'runtimeFeature'
  /** Groups `port` and `address`: a debugger may attach there. */
  | 'debugger';

export interface Signature {
  readonly kind: SignatureKind;
  readonly tool: string;
  readonly pattern: RegExp;
  /** A line as the tool writes it. */
  readonly example: string;
}

/** One row of the table. */
export const sign = (kind: SignatureKind, tool: string, pattern: RegExp, example: string): Signature => ({
  kind,
  tool,
  pattern,
  example,
});

export interface SignatureMatch {
  readonly kind: SignatureKind;
  readonly tool: string;
  readonly line: string;
  /** Index of the line. */
  readonly at: number;
  /** Named groups of the pattern. */
  readonly groups: Readonly<Record<string, string | undefined>>;
}

/** Returns the signatures in the lines, in their order: at most one per line, of the first row that matches. */
export function matchLines(lines: readonly string[], table: readonly Signature[]): readonly SignatureMatch[] {
  return lines.flatMap((line, at) => {
    if (line.length > maxLineCharacters) return [];
    for (const { kind, tool, pattern } of table) {
      const found = pattern.exec(line);
      if (found !== null) return [{ kind, tool, line: line.trim(), at, groups: { ...found.groups } }];
    }
    return [];
  });
}

/** The time of some patterns grows faster than the line. No tool's message is longer than this. */
const maxLineCharacters = 1000;

/** The server of MySQL and MariaDB listens on this port beside its socket. */
const mySqlPort = 3306;

/** Returns the server that a `database` or `refused` line could not reach. */
export function unreachedServer({ groups }: SignatureMatch): { readonly host: string; readonly port: number } {
  const { host, port, socket } = groups;
  return socket === undefined ? { host: host ?? '', port: Number(port) } : { host: 'localhost', port: mySqlPort };
}
