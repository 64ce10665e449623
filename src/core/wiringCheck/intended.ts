/** Finds the service that an address with an unclaimed port is meant for. Undefined unless exactly one is possible. */
import type { Reference } from '../workspaceFiles/reference';
import { belongsToService } from './portUse';
import { ownersOf, serversOf } from './context';
import type { WiringContext, Server } from './context';

/** `others` are all addresses in the same file. */
export function intendedServer(reference: Reference, others: readonly Reference[], context: WiringContext): Server | undefined {
  const candidate = candidateFor(reference, context);
  if (candidate === undefined) return undefined;
  // If another address of the file has its correct port, this one probably means another server.
  const isFound = others.some(({ kind, port }) => kind === reference.kind && port === candidate.port);
  const rivals = others.filter(({ port }) => port !== reference.port && !belongsToService(port, context));
  return isFound || rivals.some((rival) => candidateFor(rival, context)?.spec.id === candidate.spec.id) ? undefined : candidate;
}

/** Returns the service that the reference may mean by its name, without regard to the rest of the file. */
function candidateFor(reference: Reference, context: WiringContext): Server | undefined {
  if (reference.kind === 'database') return undefined;
  const candidates = candidatesFor(reference.file, context);
  const name = wordsIn(reference.name.replace(prefix, ''));
  if (reference.kind === 'env' && !namesBackend(name, candidates, context)) return undefined;
  const byName = named(name, candidates, isDistinctive);
  if (byName !== undefined || name.some((word) => systems.has(word))) return byName;
  return candidates.length === 1 ? candidates[0] : named(name, candidates, () => true);
}

/** Returns the backends; in a workspace without any, the servers without a role that have an HTTP probe. */
function candidatesFor(file: string, context: WiringContext): readonly Server[] {
  const owners = ownersOf(file, context);
  const [only] = owners.length === 1 ? owners : [];
  const servers = serversOf(context.services).filter(({ spec }) => spec.id !== only?.spec.id);
  const backends = servers.filter(({ spec }) => spec.role === 'backend');
  if (backends.length > 0 || context.services.some(({ spec }) => spec.role === 'backend')) return backends;
  return servers.filter(({ spec }) => spec.role === 'other' && spec.probe?.target.kind === 'http');
}

/** Returns the only candidate for which all words of its key that count occur in the name. */
function named(name: readonly string[], candidates: readonly Server[], counts: (word: string) => boolean): Server | undefined {
  const found = candidates.filter(({ spec }) => {
    const words = wordsIn(spec.key).filter(counts);
    return words.length > 0 && words.every((word) => name.includes(word));
  });
  return found.length === 1 ? found[0] : undefined;
}

/** A variable with another word, such as VITE_SUPABASE_URL, means another server; VITE_SITE_URL means the frontend itself. */
function namesBackend(name: readonly string[], candidates: readonly Server[], { services }: WiringContext): boolean {
  const own = [...candidates.map(({ spec }) => spec.key), ...services.map(({ spec }) => spec.folderName)].flatMap(wordsIn);
  const isForeign = (word: string): boolean =>
    !backends.has(word) && !filler.has(word) && !own.includes(word) && !/^v?\d+$/.test(word);
  const keys = candidates.flatMap(({ spec }) => wordsIn(spec.key));
  const isDevServer = name.includes('dev') && name.includes('server');
  return !isDevServer && !name.some(isForeign) && name.some((word) => backends.has(word) || keys.includes(word));
}

/** In "auth-api" only "auth" is distinctive. */
const isDistinctive = (word: string): boolean => !backends.has(word) && !filler.has(word);

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
/** Systems beside an application that have their own port. */
const systems: ReadonlySet<string> = new Set(
  (
    'minio s3 storage bucket supabase firebase firestore emulator keycloak oidc sso hasura strapi elastic elasticsearch kibana grafana ' +
    'prometheus jaeger otel sentry mailhog mailpit mailcatcher storybook adminer pgadmin imgproxy meilisearch typesense algolia stripe ' +
    'livekit ollama qdrant temporal unleash posthog plausible matomo centrifugo mercure mock mocks msw'
  ).split(' '),
);
