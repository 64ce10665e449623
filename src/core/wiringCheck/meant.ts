/** Which service an address means that leads to nobody. Undefined unless there is exactly one that it can be. */
import type { Reference } from '../workspaceFiles/reference';
import { isServices } from './known';
import { ownersOf, serversOf } from './scene';
import type { Scene, Server } from './scene';

/** `others` are all addresses of the same file. */
export function meantBy(reference: Reference, others: readonly Reference[], scene: Scene): Server | undefined {
  const meant = claimOf(reference, scene);
  if (meant === undefined) return undefined;
  // Who is already found by another address of the file is hardly looked for a second time, at another port.
  const isFound = others.some(({ kind, port }) => kind === reference.kind && port === meant.port);
  const rivals = others.filter(({ port }) => port !== reference.port && !isServices(port, scene));
  return isFound || rivals.some((rival) => claimOf(rival, scene)?.spec.id === meant.spec.id) ? undefined : meant;
}

/** The service that a reference can mean by its name, whatever the rest of the file says. */
function claimOf(reference: Reference, scene: Scene): Server | undefined {
  if (reference.kind === 'database') return undefined;
  const candidates = candidatesFor(reference.file, scene);
  const name = wordsIn(reference.name.replace(prefix, ''));
  if (reference.kind === 'env' && !isBackends(name, candidates, scene)) return undefined;
  const byName = named(name, candidates, isTelling);
  if (byName !== undefined || name.some((word) => systems.has(word))) return byName;
  return candidates.length === 1 ? candidates[0] : named(name, candidates, () => true);
}

/** Backends; where nobody is called so, servers of no role that are probed by HTTP. */
function candidatesFor(file: string, scene: Scene): readonly Server[] {
  const owners = ownersOf(file, scene);
  const [only] = owners.length === 1 ? owners : [];
  const servers = serversOf(scene.services).filter(({ spec }) => spec.id !== only?.spec.id);
  const backends = servers.filter(({ spec }) => spec.role === 'backend');
  if (backends.length > 0 || scene.services.some(({ spec }) => spec.role === 'backend')) return backends;
  return servers.filter(({ spec }) => spec.role === 'other' && spec.probe?.target.kind === 'http');
}

/** The one candidate whose key, as far as its words count, stands in the name. */
function named(name: readonly string[], candidates: readonly Server[], counts: (word: string) => boolean): Server | undefined {
  const found = candidates.filter(({ spec }) => {
    const words = wordsIn(spec.key).filter(counts);
    return words.length > 0 && words.every((word) => name.includes(word));
  });
  return found.length === 1 ? found[0] : undefined;
}

/** A variable with a word of its own, such as VITE_SUPABASE_URL, means somebody else; VITE_SITE_URL means the frontend itself. */
function isBackends(name: readonly string[], candidates: readonly Server[], { services }: Scene): boolean {
  const own = [...candidates.map(({ spec }) => spec.key), ...services.map(({ spec }) => spec.folderName)].flatMap(wordsIn);
  const isForeign = (word: string): boolean =>
    !backends.has(word) && !filler.has(word) && !own.includes(word) && !/^v?\d+$/.test(word);
  const keys = candidates.flatMap(({ spec }) => wordsIn(spec.key));
  const isDevServer = name.includes('dev') && name.includes('server');
  return !isDevServer && !name.some(isForeign) && name.some((word) => backends.has(word) || keys.includes(word));
}

/** Of "auth-api" only "auth" tells it from others. */
const isTelling = (word: string): boolean => !backends.has(word) && !filler.has(word);

const wordsIn = (name: string): readonly string[] =>
  name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z\d]+/)
    .filter((word) => word !== '');

const prefix = /^(?:VITE|REACT_APP|NEXT_PUBLIC|VUE_APP|NUXT_PUBLIC|PUBLIC)_/;

const backends: ReadonlySet<string> = new Set(
  'api apis backend backends server graphql gql ws wss websocket websockets socket sockets rest rpc trpc bff'.split(' '),
);
const filler: ReadonlySet<string> = new Set(
  'url uri base host endpoint root app address http https local dev development path prefix target proxy service io web default'.split(
    ' ',
  ),
);
/** Systems beside an application that have a port of their own. */
const systems: ReadonlySet<string> = new Set(
  (
    'minio s3 storage bucket supabase firebase firestore emulator keycloak oidc sso hasura strapi elastic elasticsearch kibana grafana ' +
    'prometheus jaeger otel sentry mailhog mailpit mailcatcher storybook adminer pgadmin imgproxy meilisearch typesense algolia stripe ' +
    'livekit ollama qdrant temporal unleash posthog plausible matomo centrifugo mercure mock mocks msw'
  ).split(' '),
);
