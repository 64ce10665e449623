/** How serious a line is, where that can be recognized. */
export type Level = 'error' | 'warning' | 'info' | 'debug';

export const levels: readonly Level[] = ['error', 'warning', 'info', 'debug'];

/** Loggers write the level near the beginning, after the time and their name. */
const readCharacters = 200;

/** An exception that ends a program, or is logged without a level. */
const exception =
  /^(?:Traceback \(most recent call last\)|Uncaught |Unhandled |panic: |goroutine \d+ \[|[\w.$]*(?:Error|Exception)(?::|$))/;

/** In capitals; in brackets; as a field of a structured log; at the beginning. The first one that matches counts. */
const written: readonly RegExp[] = [
  /\b(FATAL|CRITICAL|PANIC|ERROR|ERR|SEVERE|WARN|WARNING|INFO|NOTICE|DEBUG|TRACE|VERBOSE)\b/,
  /[[(<](fatal|critical|panic|error|err|warn|warning|info|notice|debug|trace|verbose)[\])>]/i,
  /\blevel"?[=:] ?"?(fatal|critical|panic|error|err|warn|warning|info|notice|debug|trace|[1-6]0)\b/i,
  /^ ?(fatal|critical|panic|error|warn|warning|info|debug)(?: ?:| -)/i,
];

const ranks: Readonly<Record<string, Level>> = {
  ...{
    fatal: 'error',
    critical: 'error',
    panic: 'error',
    error: 'error',
    err: 'error',
    severe: 'error',
    50: 'error',
    60: 'error',
  },
  ...{ warn: 'warning', warning: 'warning', 40: 'warning' },
  ...{ info: 'info', notice: 'info', 30: 'info' },
  ...{ debug: 'debug', trace: 'debug', verbose: 'debug', 10: 'debug', 20: 'debug' },
};

export function levelOf(text: string): Level | undefined {
  const start = text.slice(0, readCharacters);
  if (exception.test(start)) return 'error';
  for (const expression of written) {
    const word = expression.exec(start)?.[1];
    if (word !== undefined) return ranks[word.toLowerCase()];
  }
  return undefined;
}
