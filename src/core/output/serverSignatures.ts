/** Messages of servers that the lifecycle depends on. Seen in the output of the tools unless a comment says otherwise. */

/** A reloader restarts its worker. */
const reloads: readonly RegExp[] = [
  /(?:WatchFiles|StatReload|WatchGodReload) detected (?:file )?changes? in .*Reloading/i, // uvicorn
  /^\s*\* Detected change in .*reloading/i, // Flask
  /changed, reloading\.$/, // Django
  /^\[nodemon\] restarting due to changes/,
  /^\[?tsx\]? .*(?:[Rr]estarting|[Rr]erunning)|\[tsx\] change in/,
  /^Restarting '.*'$/, // node --watch
  /changed, restarting server\.\.\.|server restarted\.$/, // Vite
  /Found a change in .* Restarting the server/, // Next
];

/** A reloader reports that its worker has exited. */
const deadWorkers: readonly RegExp[] = [
  /^\[nodemon\] app crashed/,
  /^Failed running '.*'/, // node --watch
  /^Completed running '.*'/, // node --watch, whose server ended with code 0
  /^\[nodemon\] clean exit/,
  /Worker failed to boot\./, // gunicorn
];

/** The last line of a traceback, or the message of a tool that replaces it. */
const errors: readonly RegExp[] = [
  // Errors of open connections while the old worker stops are not errors of the new one.
  /^(?:[\w.]+\.)?(?!CancelledError|BrokenPipeError|Connection\w*Error)(?:\w+Error|\w+Exception)(?::|$)/,
  /^ERROR:\s+Error loading ASGI app/,
  /^(?:Uncaught )?(?:SyntaxError|ReferenceError|TypeError|Error):/,
  /Transform failed with|\[PARSE_ERROR\]/,
];

const maxLineCharacters = 500;

export type Sign =
  | { readonly kind: 'reload' }
  | { readonly kind: 'error'; readonly final: boolean }
  | { readonly kind: 'address'; readonly port: number };

/** A cheap first test, which nearly every line of a flood fails. */
const mayBeSign = /reload|restart|crash|Completed|clean exit|Error|Exception|Failed|boot|https?:|PARSE|Transform|tsx\]/i;

/** Reads a line of output without terminal codes; undefined for nearly all lines. */
export function readSign(line: string): Sign | undefined {
  if (line.length > maxLineCharacters || !mayBeSign.test(line)) return undefined;
  if (reloads.some((pattern) => pattern.test(line))) return { kind: 'reload' };
  if (deadWorkers.some((pattern) => pattern.test(line))) return { kind: 'error', final: true };
  if (errors.some((pattern) => pattern.test(line))) return { kind: 'error', final: false };
  return readAddress(line);
}

/** Words before an address which mean that the server itself is listening there; other URLs in a log may belong to any server. */
const announced =
  /(?:(?:Local|Loopback):|(?:Uvicorn running on|Running on|Listening (?:at|on)|Server running (?:at|on)|development server at|started server on)\b).*?https?:\/\/(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1?\]):(\d{1,5})\b/i;

function readAddress(line: string): Sign | undefined {
  const found = announced.exec(line)?.[1];
  return found === undefined ? undefined : { kind: 'address', port: Number(found) };
}
