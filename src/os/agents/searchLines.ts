/** Searches lines for a text or a /regular expression/ that a program gives: it cannot hold the extension host. */
import { createContext, Script } from 'node:vm';

/** An expression that takes longer for all lines is refused. */
const timeoutMs = 100;

/** Which lines match; undefined for an expression that is invalid or takes too long. */
export function searchLines(lines: readonly string[], search: string): readonly boolean[] | undefined {
  const written = /^\/(.+)\/([a-z]*)$/s.exec(search);
  if (written === null) {
    const wanted = search.toLowerCase();
    return lines.map((line) => line.toLowerCase().includes(wanted));
  }
  const [, source = '', flags = ''] = written;
  try {
    const expression = new RegExp(source, flags.replace(/[gy]/g, ''));
    // V8 ends a match that backtracks without end only here: a script has a time limit, an expression has none.
    const context = createContext({ expression, lines });
    const matches: unknown = new Script('lines.map((line) => expression.test(line))').runInContext(context, {
      timeout: timeoutMs,
    });
    return Array.isArray(matches) ? matches.map((match) => match === true) : undefined;
  } catch {
    return undefined;
  }
}
