/** Finds the local ports that a text refers to. */
import { serverOfScheme } from '../../core/model/knownServers';
import type { Ask } from '../candidate';
import type { Source } from './source';
import type { Pace } from './pace';
import { asksInParts } from './askParts';
import { findAllIn, oncePerSource, portOf } from './source';

const address =
  /\b(?:(https?|wss?|postgres(?:ql)?|mysql|mariadb|mongodb|redis|rediss|amqp|amqps|nats|mssql)(?:\+\w+)?):\/\/(?:[^\s/@'"`]*@)?(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1\]|host\.docker\.internal)(?::(?:\$\{\w+:-)?(\d{2,5}))?/g;

/** An address in such a line belongs to a client that may call this server, not to a server that it calls. */
const aboutCallers = /origin|cors|allow|trusted|callback|redirect|referer|csrf/i;

export const asksOf = oncePerSource((source): readonly Ask[] => [
  ...findAllIn(source, address).flatMap(({ index, where, groups: [scheme = '', written] }): Ask[] => {
    const port = portOf(written) ?? serverOfScheme(scheme)?.port;
    if (port === undefined || speaksOfCallers(source.text, index)) return [];
    return [{ port, where, what: isProxied(source, index) ? 'proxy' : 'url' }];
  }),
  ...asksInParts(source),
]);

/** Checks the line of the address, and in a list also the line that opens it: `allow_origins=[` may be above. */
function speaksOfCallers(text: string, index: number): boolean {
  const before = text.slice(Math.max(0, index - 400), index);
  const line = before.slice(before.lastIndexOf('\n') + 1) + (/^[^\n]*/.exec(text.slice(index))?.[0] ?? '');
  // Vite's `changeOrigin` belongs to a proxy.
  if (aboutCallers.test(line.replaceAll('changeOrigin', ''))) return true;
  const opened = before.lastIndexOf('[');
  if (opened < 0 || before.includes(']', opened)) return false;
  return aboutCallers.test(before.slice(before.lastIndexOf('\n', opened) + 1, opened));
}

const isProxied = ({ file, text }: Source, index: number): boolean =>
  /proxy/i.test(file) || /proxy|rewrites|target\s*:/i.test(text.slice(Math.max(0, index - 300), index));

export const asksOfAll = async (pace: Pace, sources: readonly Source[]): Promise<readonly Ask[]> =>
  (await pace.map(sources, asksOf)).flat();
