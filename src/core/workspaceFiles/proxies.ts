/** Proxies of development servers: `proxy` of Vite, webpack and package.json, `rewrites` of Next. */
import { nameOf } from './paths';
import { isProxyFile } from './files';
import { localAddress, unnamedProxy, withoutComments } from './reference';
import type { Reference } from './reference';

/** Returns only literal addresses; computed ones are ignored. */
export function proxiesIn(file: string, text: string): readonly Reference[] {
  const name = nameOf(file);
  if (name === 'package.json') return packageProxy(file, text);
  return isProxyFile(name) ? scriptProxies(file, withoutComments(text)) : [];
}

/** react-scripts: https://create-react-app.dev/docs/proxying-api-requests-in-development */
function packageProxy(file: string, text: string): readonly Reference[] {
  const found = /"proxy"\s*:\s*("[^"\n]*")/.exec(text);
  const [whole, literal] = found ?? [];
  if (found === null || whole === undefined || literal === undefined) return [];
  const address = localAddress(literal, found.index + whole.length - literal.length);
  return address === undefined ? [] : [{ ...address, kind: 'proxy', file, name: unnamedProxy }];
}

/** `'/api': 'http://…'`, `target: 'http://…'`, `destination: 'http://…'`. */
const targets =
  /(?:\b(?<key>target|destination)|(?<path>"[/^][^"\n]*"|'[/^][^'\n]*'))\s*:\s*(?<value>"[^"\n]*"|'[^'\n]*'|`[^`\n]*`)/g;

function scriptProxies(file: string, text: string): readonly Reference[] {
  return [...text.matchAll(targets)].flatMap((found) => {
    const literal = found.groups?.['value'] ?? '';
    const address = localAddress(literal, found.index + found[0].length - literal.length);
    if (address === undefined) return [];
    const name = found.groups?.['path']?.slice(1, -1) ?? pathBefore(text, found.index);
    return [{ ...address, kind: 'proxy', file, name }];
  });
}

/** Returns the proxied path of a `target`: the last quoted path before it. */
const pathBefore = (text: string, at: number): string =>
  [...text.slice(Math.max(0, at - 400), at).matchAll(/["'`]([/^][^"'`\n]*)["'`]/g)].at(-1)?.[1] ?? unnamedProxy;
