/** Finds the health paths that Node sources serve, with the prefixes of their routers. */
import { bestHealth, healthPattern } from '../read/health';
import type { Route } from '../read/health';
import { stemOf } from '../read/paths';
import { findAllIn, findIn, findInAny } from '../read/source';
import type { Source } from '../read/source';

const routes = new RegExp(
  `\\b(\\w+)\\.(?:get|all|use|head|route)\\(\\s*['"\`](${healthPattern})['"\`]|` +
    `\\b(?:url|pathname|path)\\s*===?\\s*['"\`](${healthPattern})['"\`]|` +
    `\\burl\\s*:\\s*['"\`](${healthPattern})['"\`]`,
  'g',
);

export function nodeHealth(sources: readonly Source[]): Route | undefined {
  const found = sources.flatMap((source) =>
    findAllIn(source, routes).flatMap(({ where, groups: [receiver = '', ...paths] }): Route[] => {
      const path = paths.find((group) => group !== '') ?? '';
      const prefix = receiver === '' ? '' : prefixOf(receiver, source, sources);
      return prefix === undefined ? [] : [{ path: `${prefix}/${path.replace(/^\//, '')}`, where }];
    }),
  );
  return bestHealth([...found, ...nestRoutes(sources)]);
}

/** Returns the path at which a router is mounted; undefined when it is not clear. */
function prefixOf(receiver: string, source: Source, all: readonly Source[]): string | undefined {
  if (/axios|http|client|api(?:Client)?$|fetch|request|supertest|agent/i.test(receiver) && !makesApp(receiver, source))
    return undefined;
  const isRouter =
    findIn(source, new RegExp(`\\b${receiver}\\s*(?::[^=\\n]*)?=\\s*(?:new\\s+)?(?:\\w+\\.)?Router\\b`)) !== undefined;
  if (!isRouter) return makesApp(receiver, source) || /^(?:app|server|fastify|web)$/.test(receiver) ? '' : undefined;
  const own = inclusions(receiver, source);
  const used = own.length > 0 ? own : all.flatMap((other) => namesOf(source, other).flatMap((name) => inclusions(name, other)));
  return used.length === 1 ? used[0]?.replace(/\/$/, '') : undefined;
}

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

/** Returns the paths at which a router of this name is mounted. */
function inclusions(name: string, source: Source): readonly string[] {
  const call = new RegExp(
    `\\.(?:use|route)\\(\\s*(?:['"\`]([^'"\`$]*)['"\`]\\s*,\\s*)?(?:[\\w.()]+\\s*,\\s*)*${name}(?!\\w)`,
    'g',
  );
  return findAllIn(source, call).map(({ groups }) => groups[0] ?? '');
}

/** Nest: `@Controller('health')` with `@Get()`, below the global prefix. */
function nestRoutes(sources: readonly Source[]): readonly Route[] {
  const global = findInAny(sources, /setGlobalPrefix\(\s*['"]\/?([^'"]*?)\/?['"](\s*,)?/);
  // The prefix may have exceptions, and paths may have versions; neither is detected.
  if (global?.groups[1] !== undefined && global.groups[1] !== '') return [];
  if (findInAny(sources, /enableVersioning\(/) !== undefined) return [];
  const prefix = global === undefined ? '' : `/${global.groups[0] ?? ''}`;
  return sources.flatMap((source) => {
    const controller = findIn(source, /@Controller\(\s*(?:['"]\/?([^'"]*)['"])?\s*\)/);
    if (controller === undefined) return [];
    return findAllIn(source, /@Get\(\s*(?:['"]\/?([^'"]*)['"])?\s*\)/g).map(({ where, groups }) => {
      const parts = [controller.groups[0] ?? '', groups[0] ?? ''].filter((part) => part !== '');
      return { path: `${prefix}/${parts.join('/')}`, where };
    });
  });
}
