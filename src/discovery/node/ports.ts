/** Finds the port in the source of a Node server. */
import { defined } from '../../core/model/defined';
import { findIn, portOf, whereIs } from '../read/source';
import type { Source } from '../read/source';

export interface NodePort {
  readonly number: number;
  readonly where: string;
  /** The environment variable that overrides the port in the source. */
  readonly variable?: string;
}

/** Names of variables for the server's own port. DB_PORT and similar names are for other servers. */
const variable = String.raw`((?:(?:SERVER|API|APP|HTTP|BACKEND|NODE|WEB|SERVICE)_)?PORT)\b`;
const env = String.raw`(?:(?:process|Bun|import\.meta|Deno)\.env(?:\.|\.get\(['"]|\[['"])|\.get(?:OrThrow)?(?:<\w{1,20}>)?\(\s*['"])${variable}`;

/** The most reliable first. The first group is the name of the variable, the second the number. */
const patterns = [
  // process.env.PORT || 3001, Number(process.env.PORT ?? "3001"), process.env.PORT ? … : 3001
  new RegExp(`${env}[^\\n;]{0,60}?(?:\\|\\||\\?\\?|:)\\s*(?:Number\\(|parseInt\\()?['"]?(\\d{3,5})\\b`),
  // configService.get('PORT', 3001)
  new RegExp(`\\.get(?:<\\w{1,20}>)?\\(\\s*['"]${variable}['"]\\s*,\\s*['"]?(\\d{3,5})\\b`),
  // const { PORT = 3001 } = process.env
  new RegExp(`\\{[^}\\n]*\\b${variable}\\s*=\\s*['"]?(\\d{3,5})\\b[^}\\n]*\\}\\s*=\\s*process\\.env`),
  // [args.port, process.env.PORT, 3001].map(…)
  new RegExp(`${env}['"\\])]{0,3}\\s*,\\s*['"]?(\\d{3,5})['"]?\\s*\\]`),
  // PORT: z.coerce.number().default(3001)
  new RegExp(`\\b${variable}['"]?\\s*:[^\\n]*?default\\w*\\(\\s*['"]?(\\d{3,5})\\b`),
  /()\.listen\s*\(\s*(?:\{[^}]*?\bport\s*:\s*)?['"]?(\d{3,5})\b/,
  /()\b(?:const|let|var)\s+(?:\w+_)?(?:port|Port|PORT)\b\s*(?::\s*\w+\s*)?=\s*['"]?(\d{3,5})\b/,
  /()\b(?:serve|createServer|Elysia|WebSocketServer|Server)\s*\(\s*\{[^}]*?\bport\s*:\s*['"]?(\d{3,5})\b/,
  /()^[ \t]*port\s*:\s*['"]?(\d{3,5})\b/m,
];

/** Searches the entry first, then the files next to it. */
export function portInSources(sources: readonly Source[]): NodePort | undefined {
  for (const source of sources) {
    for (const pattern of patterns) {
      const found = findIn(source, pattern);
      const number = portOf(found?.groups[1]);
      if (found === undefined || number === undefined) continue;
      const name = found.groups[0] ?? '';
      return {
        number,
        where: whereIs(source, found.index + found.length - 1),
        ...defined({ variable: name === '' ? undefined : name }),
      };
    }
  }
  return undefined;
}

/** Returns the environment variable that the source reads its port from. */
export function portVariableIn(sources: readonly Source[]): string | undefined {
  for (const source of sources) {
    const found = findIn(source, new RegExp(env));
    if (found !== undefined) return found.groups[0];
  }
  return undefined;
}
