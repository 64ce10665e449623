/** A backend that admits an address where nobody is, and not the one that the frontend has. */
import { nameOf } from '../workspaceFiles/paths';
import { envReferences } from '../workspaceFiles/envFile';
import { isProxyFile } from '../workspaceFiles/files';
import { isEnvFile } from '../workspaceFiles/wiring';
import { notAdmitted } from '../workspaceFiles/words';
import { t } from '../wording/l10n';
import { movedTo } from './addresses';
import { isNobodys } from './known';
import { readOrigins } from './origins';
import type { Origin, OriginList } from './origins';
import type { WiringFix, WiringProblem } from './problem';
import { ownersOf, serversOf } from './scene';
import type { Scene, Server } from './scene';

export function corsProblems(scene: Scene): readonly WiringProblem[] {
  const servers = serversOf(scene.services);
  const backends = scene.services.filter(({ spec }) => spec.role === 'backend').length;
  const frontends = servers.filter(({ spec }) => spec.role === 'frontend');
  return servers
    .filter(({ spec }) => spec.role === 'backend')
    .flatMap((backend) => {
      const lists = listsOf(backend, scene);
      const callers = frontends.filter((frontend) => {
        const isOnlyPair = backends === 1 && scene.services.filter(({ spec }) => spec.role === 'frontend').length === 1;
        return !isProxied(frontend, scene) && (isOnlyPair || asks(frontend, backend.port, scene));
      });
      return callers.flatMap((frontend) => judge(lists, { backend, frontend }, scene));
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

/** Nothing when any file of the backend has more to say than can be read. */
function listsOf(backend: Server, scene: Scene): readonly WrittenList[] {
  const files = textsOf(backend, scene).map(([file, text]) => ({ file, text, read: readOrigins(file, text) }));
  if (files.some(({ read }) => read.kind === 'unclear')) return [];
  return files.flatMap(({ file, text, read }) =>
    read.kind === 'known' ? read.lists.map((list) => ({ ...list, file, text })) : [],
  );
}

function judge(lists: readonly WrittenList[], pair: Pair, scene: Scene): readonly WiringProblem[] {
  const { spec, port } = pair.frontend;
  const origin = originOf(pair.frontend);
  const isAdmitted = lists.some(({ origins }) => origins.some((each) => portOf(each) === port || each.origin === origin));
  if (origin === undefined || isAdmitted) return [];
  return lists.flatMap((list): readonly WiringProblem[] => {
    // What is meant for a deployed site, or for another service of this machine, says nothing about this frontend.
    const stale = list.origins.filter((each) => isStale(portOf(each), scene));
    const [first] = stale;
    if (first === undefined || list.origins.some((each) => portOf(each) === undefined && isLocal(each))) return [];
    return [
      {
        code: 'cors-origin',
        file: list.file,
        range: first.range,
        message: notAdmitted(pair.backend.spec.key, origin, spec.key),
        fixes: fixesFor(list, stale, { spec, origin }),
      },
    ];
  });
}

const isStale = (port: number | undefined, scene: Scene): boolean => port !== undefined && isNobodys(port, scene);

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
  return [...add, { kind: 'edit', title, range: only.range, text: quoted }, ...movedTo(portOf(only) ?? 0, spec)];
}

/** Behind the last literal, on a line of its own where the others are; before it, when a comment follows that belongs to it. */
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
/** Undefined for another machine, and where no port is written. */
function portOf({ origin }: Origin): number | undefined {
  const digits = local.exec(origin)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** Where the browser finds the frontend; undefined when that is not plainly its own port on this machine. */
function originOf({ spec, port }: Server): string | undefined {
  const url = (spec.url ?? `http://localhost:${port}`).replaceAll('${port}', String(port));
  const origin = /^https?:\/\/[^/?#]+/.exec(url)?.[0];
  return origin !== undefined && local.exec(origin)?.[1] === String(port) ? origin : undefined;
}

/** A frontend that sends its requests on needs no permission: for the browser all comes from one origin. */
const isProxied = (frontend: Server, scene: Scene): boolean =>
  textsOf(frontend, scene).some(([file, text]) =>
    nameOf(file) === 'package.json'
      ? /"proxy"\s*:/.test(text)
      : isProxyFile(nameOf(file)) && /proxy|rewrites/i.test(`${nameOf(file)} ${text}`),
  );

const asks = (frontend: Server, port: number, scene: Scene): boolean =>
  textsOf(frontend, scene)
    .filter(([file]) => isEnvFile(nameOf(file)))
    .some(([file, text]) => envReferences(file, text).some((reference) => reference.kind === 'env' && reference.port === port));

const textsOf = (party: Server, scene: Scene): readonly (readonly [string, string])[] =>
  [...scene.texts].filter(([file]) => ownersOf(file, scene).some(({ spec }) => spec.id === party.spec.id));
