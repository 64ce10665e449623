/** Why a server refuses a plain GET of a health check, by the status, the headers and the beginning of the body of its response. */

/**
 * `host`: it accepts only certain Host headers. `webSocket`: it accepts only WebSocket connections. `https`: it says in plain HTTP that
 * the port uses HTTPS. `airplay`: it is the AirPlay receiver of macOS.
 */
export type Refusal = 'host' | 'webSocket' | 'https' | 'airplay';

/** Names are in lower case. */
export type ResponseHeaders = Readonly<Record<string, unknown>>;

/** The statuses that servers use for these refusals: only their bodies are needed. */
export const mayExplain = (status: number): boolean => status === 400 || status === 403 || status === 421 || status === 426;

/** Returns undefined when the response gives no such reason. */
export function refusalOf(status: number, headers: ResponseHeaders, bodyStart: string): Refusal | undefined {
  if (!mayExplain(status)) return undefined;
  const { server } = headers;
  if (status === 403 && typeof server === 'string' && airplay.test(server)) return 'airplay';
  if (status === 400 && https.test(bodyStart)) return 'https';
  if (status === 426 || 'sec-websocket-version' in headers || (status === 400 && webSocket.test(bodyStart))) return 'webSocket';
  return host.test(bodyStart) ? 'host' : undefined;
}

/** macOS 12 and later answers so on the ports 5000 and 7000. */
const airplay = /^AirTunes\//i;

/** nginx, Go (net/http, Caddy, Traefik), Apache, Tomcat. */
const https =
  /plain HTTP request was sent to HTTPS port|HTTP request to an HTTPS server|speaking plain HTTP to an SSL-enabled|combination of host and port requires TLS/i;

/** Tornado, aiohttp, websockets for Python, ws for Node. */
const webSocket = /\bWebSocket\b/i;

/**
 * Django with and without DEBUG (its short page has no other usual cause), Starlette and Werkzeug, Rails, webpack-dev-server and Angular,
 * Vite, ASP.NET.
 */
const host =
  /\bDisallowedHost\b|Invalid HTTP_HOST header|<h1>Bad Request \(400\)<\/h1>|\bInvalid host(?:name)?\b|\bis not trusted\b|\bBlocked hosts?:|Blocked request\. This host/i;
