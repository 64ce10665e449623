/** Finds the health paths that Node sources serve, with the prefixes of their routers. */
import { bestHealth, healthPattern } from '../read/health';
import type { Route } from '../read/health';
import { stemOf } from '../read/paths';
import type { Pace } from '../read/pace';
import { findAllIn, findIn, findInAny, oncePerSource } from '../read/source';
import type { Source } from '../read/source';

const routes = new RegExp(
  `\\b(\\w+)\\.(?:get|all|use|head|route)\\(\\s*['"\`](${healthPattern})['"\`]|` +
    `\\b(?:url|pathname|path)\\s*===?\\s*['"\`](${healthPattern})['"\`]|` +
    `\\burl\\s*:\\s*['"\`](${healthPattern})['"\`]`,
  'g',
);

interface WrittenRoute extends Route {
  /** "" when the path is compared in code. */
  readonly receiver: string;
  readonly source: Source;
}

/** A name of a middleware that asks for a login. */
const login = /auth|protect|guard|jwt|verify|session|login|passport|permission|require[A-Z]|isLogged|isAdmin|apiKey/i;
const open = /noAuth|public|optionalAuth|skipAuth/i;

const asksForLogin = (args: string): boolean => login.test(args) && !open.test(args);

/** The words between the path of a route and its handler. */
const middlewares = (text: string, end: number): string =>
  /^[^\n]{0,200}?(?=\(|=>|\bfunction\b|\n|$)/.exec(text.slice(end, end + 220))?.[0] ?? '';

const routesIn = oncePerSource((source): readonly WrittenRoute[] =>
  findAllIn(source, routes)
    .filter(({ index, length }) => !asksForLogin(middlewares(source.text, index + length)))
    .map(({ where, groups: [receiver = '', ...paths] }) => ({
      receiver,
      path: (paths.find((path) => path !== '') ?? '').replace(/^\//, ''),
      where,
      source,
    })),
);

export async function nodeHealth(pace: Pace, sources: readonly Source[]): Promise<Route | undefined> {
  const written = (await pace.map(sources, routesIn)).flat();
  const prefixes = new Map<string, string | undefined>();
  const found = await pace.map(written, async ({ receiver, path, where, source }): Promise<readonly Route[]> => {
    const key = `${receiver} ${source.file}`;
    if (!prefixes.has(key)) prefixes.set(key, receiver === '' ? '' : await prefixOf(receiver, source, { sources, pace }));
    const prefix = prefixes.get(key);
    return prefix === undefined ? [] : [{ path: `${prefix}/${path}`, where }];
  });
  return bestHealth([...found.flat(), ...nestRoutes(sources)]);
}

interface Searched {
  readonly sources: readonly Source[];
  readonly pace: Pace;
}

/** Routers that are written by hand are nested less deeply. */
const maxDepth = 4;

/** Returns the path at which a router is mounted; undefined when it is not clear. */
async function prefixOf(receiver: string, source: Source, { sources, pace }: Searched, depth = 0): Promise<string | undefined> {
  if (isClient(receiver, source)) return undefined;
  const isRouter =
    findIn(source, new RegExp(`\\b${receiver}\\s*(?::[^=\\n]*)?=\\s*(?:new\\s+)?(?:\\w+\\.)?Router\\b`)) !== undefined;
  if (!isRouter) return makesApp(receiver, source) || /^(?:app|server|fastify|web)$/.test(receiver) ? '' : undefined;
  if (needsLogin(receiver, source)) return undefined;
  const own = inclusions(receiver, source, source);
  const byOthers = await pace.map(own.length > 0 ? [] : sources, (other) =>
    namesOf(source, other).flatMap((name) => inclusions(name, other, source)),
  );
  const [used, ...more] = own.length > 0 ? own : byOthers.flat();
  if (used === undefined || more.length > 0 || used.needsLogin || depth >= maxDepth) return undefined;
  const around = await prefixOf(used.receiver, used.source, { sources, pace }, depth + 1);
  return around === undefined ? undefined : `${around}${used.path.replace(/\/$/, '')}`;
}

/** `client.get('/health')` asks for a path instead of serving it. */
const isClient = (receiver: string, source: Source): boolean =>
  /axios|http|client|api(?:Client)?$|fetch|request|supertest|agent/i.test(receiver) && !makesApp(receiver, source);

/** A router that asks for a login does so for all of its routes. */
const needsLogin = (receiver: string, source: Source): boolean =>
  findIn(source, new RegExp(`\\b${receiver}\\.use\\(\\s*(?!['"\`])[^)\\n]{0,100}(?:auth|protect|guard|jwt|verify)`, 'i')) !==
  undefined;

const makesApp = (name: string, source: Source): boolean =>
  findIn(
    source,
    new RegExp(
      `\\b${name}\\s*(?::[^=\\n]*)?=\\s*(?:await\\s+)?(?:express|[fF]astify|new\\s+(?:Hono|Elysia|Koa)|polka|restify\\.createServer|jsonServer\\.create|NestFactory)\\b`,
    ),
  ) !== undefined;

/** Returns the names that another file has for this one: `import health from './routes/health'`, or an inline require. */
function namesOf(source: Source, other: Source): readonly string[] {
  const stem = stemOf(source.file) === 'index' ? (source.file.split('/').at(-2) ?? 'index') : stemOf(source.file);
  const path = `['"][^'"\\n]*\\b${stem.replace(/[^\w-]/g, '.')}(?:\\.[cm]?[jt]s)?['"]`;
  const imported = findAllIn(other, new RegExp(`import\\s+(?:\\*\\s+as\\s+|\\{\\s*)?(\\w+)[^;'"\\n]*from\\s+${path}`, 'g'));
  const required = findAllIn(
    other,
    new RegExp(`(?:const|let|var)\\s+(?:\\{\\s*)?(\\w+)\\s*\\}?\\s*=\\s*require\\(\\s*${path}`, 'g'),
  );
  const inPlace =
    findIn(other, new RegExp(`\\.use\\([^)\\n]*require\\(\\s*${path}`)) === undefined ? [] : [`require\\(\\s*${path}`];
  return [...[...imported, ...required].map(({ groups }) => groups[0] ?? ''), ...inPlace];
}

interface Inclusion {
  readonly receiver: string;
  readonly source: Source;
  readonly path: string;
  readonly needsLogin: boolean;
}

/** Returns the places at which a router of this name is mounted. */
function inclusions(name: string, source: Source, of: Source): readonly Inclusion[] {
  const call = new RegExp(
    `\\b(\\w+)\\.(?:use|route)\\(\\s*(?:['"\`]([^'"\`$\\n]*)['"\`]\\s*,\\s*)?((?:[\\w.()]{1,100}\\s*,\\s*){0,20})${name}(?!\\w)`,
    'g',
  );
  return findAllIn(source, call)
    .filter(({ groups }) => source !== of || groups[0] !== name)
    .map(({ groups: [receiver = '', path = '', before = ''] }) => ({ receiver, source, path, needsLogin: asksForLogin(before) }));
}

/** Nest: `@Controller('health')` with `@Get()`, below the global prefix. */
function nestRoutes(sources: readonly Source[]): readonly Route[] {
  const global = findInAny(sources, /setGlobalPrefix\(\s*['"]\/?([^'"]*?)\/?['"](\s*,)?/);
  // The prefix may have exceptions, and paths may have versions; neither is detected.
  if (global?.groups[1] !== undefined && global.groups[1] !== '') return [];
  if (findInAny(sources, /enableVersioning\(|\bAPP_GUARD\b|useGlobalGuards\(/) !== undefined) return [];
  const prefix = global === undefined ? '' : `/${global.groups[0] ?? ''}`;
  return sources.flatMap((source) => {
    const controller = findIn(source, /@Controller\(\s*(?:['"]\/?([^'"]*)['"])?\s*\)/);
    if (controller === undefined) return [];
    if (source.text.includes('@UseGuards(') && !/@Public\(|@SkipAuth\(/.test(source.text)) return [];
    return findAllIn(source, /@Get\(\s*(?:['"]\/?([^'"]*)['"])?\s*\)/g).map(({ where, groups }) => {
      const parts = [controller.groups[0] ?? '', groups[0] ?? ''].filter((part) => part !== '');
      return { path: `${prefix}/${parts.join('/')}`, where };
    });
  });
}
