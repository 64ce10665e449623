/** Finds backends that allow the origin of an unclaimed port, but not that of the frontend. */
import { nameOf } from '../workspaceFiles/paths';
import { envReferences } from '../workspaceFiles/envFile';
import { isProxyFile } from '../workspaceFiles/files';
import { isEnvFile } from '../workspaceFiles/wiring';
import { originNotAllowed } from '../workspaceFiles/messages';
import { t } from '../wording/l10n';
import { moveServiceTo } from './addresses';
import { isUnclaimed } from './portUse';
import { readOrigins } from './origins';
import type { Origin, OriginList } from './origins';
import type { WiringFix, WiringProblem } from './problem';
import { ownersOf, serversOf } from './context';
import type { WiringContext, Server } from './context';

export function corsProblems(context: WiringContext): readonly WiringProblem[] {
  const servers = serversOf(context.services);
  const backends = context.services.filter(({ spec }) => spec.role === 'backend').length;
  const frontends = servers.filter(({ spec }) => spec.role === 'frontend');
  return servers
    .filter(({ spec }) => spec.role === 'backend')
    .flatMap((backend) => {
      const lists = listsOf(backend, context);
      const callers = frontends.filter((frontend) => {
        const isOnlyPair = backends === 1 && context.services.filter(({ spec }) => spec.role === 'frontend').length === 1;
        return !isProxied(frontend, context) && (isOnlyPair || pointsTo(frontend, backend.port, context));
      });
      return callers.flatMap((frontend) => judge(lists, { backend, frontend }, context));
    });
}

interface WrittenList extends OriginList {
  readonly file: string;
  readonly text: string;
}

interface Pair {
  readonly backend: Server;
  readonly frontend: Server;
}

/** Returns no list when any file of the backend allows origins in a way that cannot be read. */
function listsOf(backend: Server, context: WiringContext): readonly WrittenList[] {
  const files = textsOf(backend, context).map(([file, text]) => ({ file, text, read: readOrigins(file, text) }));
  if (files.some(({ read }) => read.kind === 'unclear')) return [];
  return files.flatMap(({ file, text, read }) =>
    read.kind === 'known' ? read.lists.map((list) => ({ ...list, file, text })) : [],
  );
}

function judge(lists: readonly WrittenList[], pair: Pair, context: WiringContext): readonly WiringProblem[] {
  const { spec, port } = pair.frontend;
  const origin = originOf(pair.frontend);
  const isAllowed = lists.some(({ origins }) => origins.some((each) => portOf(each) === port || each.origin === origin));
  if (origin === undefined || isAllowed) return [];
  return lists.flatMap((list): readonly WiringProblem[] => {
    // Origins of a deployed site, or of another service of this machine, say nothing about this frontend.
    const stale = list.origins.filter((each) => isStale(portOf(each), context));
    const [first] = stale;
    if (first === undefined || list.origins.some((each) => portOf(each) === undefined && isLocal(each))) return [];
    return [
      {
        code: 'cors-origin',
        file: list.file,
        range: first.range,
        message: originNotAllowed(pair.backend.spec.key, origin, spec.key),
        fixes: fixesFor(list, stale, { spec, origin }),
      },
    ];
  });
}

const isStale = (port: number | undefined, context: WiringContext): boolean => port !== undefined && isUnclaimed(port, context);

interface Caller {
  readonly spec: Server['spec'];
  readonly origin: string;
}

function fixesFor(list: WrittenList, stale: readonly Origin[], { spec, origin }: Caller): readonly WiringFix[] {
  const [only, another] = stale;
  const quoted = `${list.text[only?.range.offset ?? 0] ?? '"'}${origin}${list.text[only?.range.offset ?? 0] ?? '"'}`;
  const add = list.isList ? [{ kind: 'edit' as const, title: t('Add {0}', origin), ...additionTo(list, quoted) }] : [];
  if (only === undefined || another !== undefined) return add;
  const title = t('Replace {0} with {1}', only.origin, origin);
  return [...add, { kind: 'edit', title, range: only.range, text: quoted }, ...moveServiceTo(portOf(only) ?? 0, spec)];
}

/** Inserts after the last literal, with the same indentation; before it, when a comment that belongs to it follows. */
function additionTo(
  { origins, text }: WrittenList,
  quoted: string,
): Pick<Extract<WiringFix, { kind: 'edit' }>, 'range' | 'text'> {
  const { offset, length } = origins.at(-1)?.range ?? { offset: 0, length: 0 };
  const indent = /(\r?\n[ \t]*)$/.exec(text.slice(0, offset))?.[1] ?? ' ';
  const rest = /^[^\n\]]*/.exec(text.slice(offset + length))?.[0] ?? '';
  if (/#|\/[/*]/.test(rest)) return { range: { offset, length: 0 }, text: `${quoted},${indent}` };
  return { range: { offset: offset + length, length: 0 }, text: `,${indent}${quoted}` };
}

const local = /^https?:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?::(\d{1,5}))?$/;
const isLocal = ({ origin }: Origin): boolean => local.test(origin);
/** Returns undefined for an origin of another machine, or without a port. */
function portOf({ origin }: Origin): number | undefined {
  const digits = local.exec(origin)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** Returns the origin of the frontend in the browser; undefined when that is not certainly its own port on this machine. */
function originOf({ spec, port }: Server): string | undefined {
  const url = (spec.url ?? `http://localhost:${port}`).replaceAll('${port}', String(port));
  const origin = /^https?:\/\/[^/?#]+/.exec(url)?.[0];
  return origin !== undefined && local.exec(origin)?.[1] === String(port) ? origin : undefined;
}

/** A frontend that proxies its requests needs no CORS: for the browser everything has the same origin. */
const isProxied = (frontend: Server, context: WiringContext): boolean =>
  textsOf(frontend, context).some(([file, text]) =>
    nameOf(file) === 'package.json'
      ? /"proxy"\s*:/.test(text)
      : isProxyFile(nameOf(file)) && /proxy|rewrites/i.test(`${nameOf(file)} ${text}`),
  );

const pointsTo = (frontend: Server, port: number, context: WiringContext): boolean =>
  textsOf(frontend, context)
    .filter(([file]) => isEnvFile(nameOf(file)))
    .some(([file, text]) => envReferences(file, text).some((reference) => reference.kind === 'env' && reference.port === port));

const textsOf = (service: Server, context: WiringContext): readonly (readonly [string, string])[] =>
  [...context.texts].filter(([file]) => ownersOf(file, context).some(({ spec }) => spec.id === service.spec.id));
