/** Finds the health paths that Python sources serve, with the prefixes of their routers. In doubt there is none. */
import { isModule } from './sources';
import type { Pace } from '../read/pace';
import { findAllIn, findIn, oncePerSource } from '../read/source';
import type { Source } from '../read/source';
import { bestHealth, healthPattern } from '../read/health';
import type { Route } from '../read/health';
import { stemOf } from '../read/paths';
import { valueOf } from './modules';
import { djangoPrefix, isDjangoOpen } from './djangoRoutes';

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
  readonly isDjango: boolean;
  readonly source: Source;
}

const routesIn = oncePerSource((source): readonly WrittenRoute[] =>
  findAllIn(source, routes)
    .filter(({ index, length }) => !asksForLogin(source.text, index, length))
    .map(({ where, groups: [router = '', ...paths] }) => ({
      router,
      isDjango: paths[1] !== undefined && paths[1] !== '',
      path: (paths.find((path) => path !== '') ?? '').replace(/^\//, ''),
      where,
      source,
    })),
);

const login =
  /Depends\(\s*\w*(?:auth|user|token|login|admin|verify|permission|key|secur|jwt|role|session_required)|\bSecurity\(|Current\w*User|login_required|jwt_required|requires_auth|auth_required|@(?:protected|permission)|permission_classes|IsAuthenticated/i;

/** Whether the decorators above or below a route, or the arguments of its function, ask for a login. */
function asksForLogin(text: string, index: number, length: number): boolean {
  const after = text.slice(index, index + length + 600);
  const body = /\)[^\n]{0,100}:[ \t]*(?:\n|$)/.exec(after);
  const head = body === null ? after.slice(0, length + 200) : after.slice(0, body.index + body[0].length);
  const before = text.slice(Math.max(0, index - 300), index);
  const decorators = before.slice(before.lastIndexOf('\n\n') + 1);
  return login.test(head) || /(?:^|\n)[ \t]*@[^\n]*(?:login|auth|jwt|permission)[^\n]*\n[ \t]*$/i.test(decorators);
}

/** Searches all sources of one server. */
export async function pythonHealth(pace: Pace, sources: readonly Source[]): Promise<Route | undefined> {
  const written = (await pace.map(sources, routesIn)).flat();
  const prefixes = new Map<string, string | undefined>();
  const found = await pace.map(written, async ({ router, isDjango, path, where, source }): Promise<readonly Route[]> => {
    const key = `${router} ${source.file}`;
    if (isDjango && !isDjangoOpen(source, path, sources)) return [];
    if (!prefixes.has(key)) {
      const prefix =
        router === '' ? djangoPrefix(source, sources, pace) : prefixOf({ name: router, source, depth: 0 }, { sources, pace });
      prefixes.set(key, await prefix);
    }
    const prefix = prefixes.get(key);
    return prefix === undefined ? [] : [{ path: `${prefix}/${path}`, where }];
  });
  return bestHealth(found.flat());
}

interface Searched {
  readonly sources: readonly Source[];
  readonly pace: Pace;
}

interface Router {
  readonly name: string;
  readonly source: Source;
  readonly depth: number;
}

/** Routers that are written by hand are nested less deeply. */
const maxDepth = 5;

/** Returns the prefix of a router with those around it; undefined when one is computed or asks for a login. */
async function prefixOf({ name, source, depth }: Router, searched: Searched): Promise<string | undefined> {
  const { sources } = searched;
  const made = findIn(
    source,
    new RegExp(`^[ \\t]*${name}\\s*(?::[^=\\n]*)?=\\s*(?:\\w+\\.)?(APIRouter|Blueprint)\\(([^)]{0,1000})\\)`, 'm'),
  );
  if (made === undefined) return mountedAt(name, sources);
  const own = prefixIn(made.groups[1] ?? '', sources);
  if (own === undefined || depth >= maxDepth) return undefined;
  const included = await inclusionsOf(name, source, searched);
  const [outer] = included;
  if (included.length > 1) return undefined;
  if (outer === undefined) return own;
  const at = prefixIn(outer.args, sources);
  const around =
    outer.receiver === name && outer.source === source
      ? ''
      : await prefixOf({ name: outer.receiver, source: outer.source, depth: depth + 1 }, searched);
  if (at === undefined || around === undefined) return undefined;
  // The prefix at registration replaces the blueprint's own in Flask, and precedes the router's own in FastAPI.
  return made.groups[0] === 'Blueprint' ? `${around}${at || own}` : `${around}${at}${own}`;
}

/** An app that is part of another one: `app.mount("/api", api)`. */
function mountedAt(name: string, sources: readonly Source[]): string | undefined {
  const mounts = sources.flatMap((source) =>
    findAllIn(source, new RegExp(`\\.mount\\(\\s*([^,)\\n]{1,100}),\\s*(?:app\\s*=\\s*)?${name}\\b`, 'g')).map(
      ({ groups }) => groups[0] ?? '',
    ),
  );
  if (mounts.length === 0) return '';
  return mounts.length === 1 ? valueOf((mounts[0] ?? '').trim(), sources)?.replace(/\/$/, '') : undefined;
}

interface Inclusion {
  readonly receiver: string;
  readonly source: Source;
  readonly args: string;
}

/** Returns each `include_router(health.router, …)` that means this router. */
async function inclusionsOf(name: string, source: Source, { sources, pace }: Searched): Promise<readonly Inclusion[]> {
  const found = await pace.map(sources, (other): readonly Inclusion[] => {
    if (!/\.(?:include_router|register_blueprint)\(/.test(other.text)) return [];
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
    const call = new RegExp(
      `\\b(\\w+)\\.(?:include_router|register_blueprint)\\(\\s*(?:router\\s*=\\s*)?(?:${names.join('|')})\\b([^)]{0,1000})\\)`,
      'g',
    );
    return findAllIn(other, call).map(({ groups }) => ({ receiver: groups[0] ?? '', source: other, args: groups[1] ?? '' }));
  });
  return found.flat();
}

const trimDots = (written: string | undefined): string => (written ?? '').replace(/^\.+/, '');

/** Reads `prefix="/api"` from the arguments: "" without a prefix, undefined when it is not known or asks for a login. */
function prefixIn(args: string, sources: readonly Source[]): string | undefined {
  if (/dependencies\s*=/.test(args) && login.test(args)) return undefined;
  const prefix = /\b(?:url_)?prefix\s*=\s*([^,\n]{1,200})/.exec(args)?.[1];
  return prefix === undefined ? '' : valueOf(prefix.trim(), sources)?.replace(/\/$/, '');
}
