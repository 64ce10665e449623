/** Finds the health paths that Python sources serve, with the prefixes of their routers. */
import { isModule } from './sources';
import type { Pace } from '../read/pace';
import { findAllIn, findIn, oncePerSource } from '../read/source';
import type { Source } from '../read/source';
import { bestHealth, healthPattern } from '../read/health';
import type { Route } from '../read/health';
import { stemOf } from '../read/paths';

const routes = new RegExp(
  `^[ \\t]*@(\\w+)\\.(?:get|route|api_route|head)\\(\\s*(?:path\\s*=\\s*)?["'](${healthPattern})["']|` +
    `^[ \\t]*(?:re_)?path\\(\\s*r?["']\\^?(${healthPattern})\\$?["']|` +
    `\\b(?:Route|add_api_route|add_url_rule|add_get)\\(\\s*["'](${healthPattern})["']|` +
    `\\bself\\.path\\s*(?:==|\\.startswith\\()\\s*["'](${healthPattern})["']`,
  'gm',
);

interface WrittenRoute extends Route {
  /** "" when the route has none. */
  readonly router: string;
  readonly source: Source;
}

const routesIn = oncePerSource((source): readonly WrittenRoute[] =>
  findAllIn(source, routes).map(({ where, groups: [router = '', ...paths] }) => ({
    router,
    path: (paths.find((path) => path !== '') ?? '').replace(/^\//, ''),
    where,
    source,
  })),
);

/** Searches all sources of one server. */
export async function pythonHealth(pace: Pace, sources: readonly Source[]): Promise<Route | undefined> {
  const written = (await pace.map(sources, routesIn)).flat();
  const prefixes = new Map<string, string | undefined>();
  const found = await pace.map(written, async ({ router, path, where, source }): Promise<readonly Route[]> => {
    const key = `${router} ${source.file}`;
    if (!prefixes.has(key))
      prefixes.set(
        key,
        await (router === '' ? prefixOfUrls(source, sources, pace) : prefixOf(router, source, { sources, pace })),
      );
    const prefix = prefixes.get(key);
    return prefix === undefined ? [] : [{ path: `${prefix}/${path}`, where }];
  });
  return bestHealth(found.flat());
}

interface Searched {
  readonly sources: readonly Source[];
  readonly pace: Pace;
}

/** Returns the prefix of a router; undefined when it is computed, because a wrong path is worse than none. */
async function prefixOf(name: string, source: Source, searched: Searched): Promise<string | undefined> {
  const made = findIn(
    source,
    new RegExp(`^[ \\t]*${name}\\s*(?::[^=\\n]*)?=\\s*(?:\\w+\\.)?(APIRouter|Blueprint)\\(([^)]{0,1000})\\)`, 'm'),
  );
  if (made === undefined) return '';
  const own = literal(made.groups[1] ?? '');
  const included = await inclusionsOf(name, source, searched);
  if (own === undefined || included.length > 1) return undefined;
  const outer = included.length === 0 ? '' : literal(included[0] ?? '');
  // The prefix at registration replaces the blueprint's own in Flask, and precedes the router's own in FastAPI.
  return outer === undefined ? undefined : made.groups[0] === 'Blueprint' ? outer || own : `${outer}${own}`;
}

/** Returns the arguments of each `include_router(health.router, …)` that means this router. */
async function inclusionsOf(name: string, source: Source, { sources, pace }: Searched): Promise<readonly string[]> {
  const found = await pace.map(sources, (other) => {
    const alias = findIn(
      other,
      new RegExp(`from[ \\t]+([\\w.]*)[ \\t]+import[ \\t]+(?:[^\\n]*\\b)?${name}[ \\t]+as[ \\t]+(\\w+)`),
    );
    const plain = findIn(
      other,
      new RegExp(`from[ \\t]+([\\w.]*)[ \\t]+import[ \\t]+\\(?(?:[\\w, ]*\\b)?${name}\\b(?![ \\t]+as)`),
    );
    const names = [`\\w*${stemOf(source.file)}\\w*\\.${name}`];
    if (alias !== undefined && isModule(trimDots(alias.groups[0]), source.file)) names.push(alias.groups[1] ?? '');
    if (other.file === source.file || (plain !== undefined && isModule(trimDots(plain.groups[0]), source.file))) names.push(name);
    const call = new RegExp(`\\.(?:include_router|register_blueprint)\\(\\s*(?:${names.join('|')})\\b([^)]{0,1000})\\)`, 'g');
    return findAllIn(other, call).map(({ groups }) => groups[0] ?? '');
  });
  return found.flat();
}

const trimDots = (written: string | undefined): string => (written ?? '').replace(/^\.+/, '');

/** Reads `prefix="/api"` from the arguments: "" without a prefix, undefined when it is not a string literal. */
function literal(args: string): string | undefined {
  const prefix = /\b(?:url_)?prefix\s*=\s*(?:["']([^"'{]*)["']|(\S))/.exec(args);
  if (prefix === null) return '';
  return prefix[2] === undefined ? (prefix[1] ?? '').replace(/\/$/, '') : undefined;
}

/** Another urls.py of Django may include this one under a prefix. */
async function prefixOfUrls(source: Source, all: readonly Source[], pace: Pace): Promise<string | undefined> {
  if (stemOf(source.file) !== 'urls') return '';
  const dotted = source.file.replace(/\.py$/, '').split('/').slice(-2).join('.');
  const found = await pace.map(all, (other) =>
    findAllIn(other, new RegExp(`path\\(\\s*r?["']([^"'<\\n]*)["']\\s*,\\s*include\\(\\s*\\(?["'][\\w.]*${dotted}["']`, 'g')),
  );
  const included = found.flat();
  if (included.length > 1) return undefined;
  const prefix = included[0]?.groups[0] ?? '';
  return prefix === '' ? '' : `/${prefix.replace(/^\/|\/$/g, '')}`;
}
