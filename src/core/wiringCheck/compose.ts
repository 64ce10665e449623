/** Compose publishes another port than the one that services.json or a .env file names. */
import { joinPath, nameOf, parentOf, upTo } from '../workspaceFiles/paths';
import { composePorts, isComposeFile } from '../workspaceFiles/compose';
import type { PublishedPort } from '../workspaceFiles/compose';
import { envReferences } from '../workspaceFiles/envFile';
import type { Reference } from '../workspaceFiles/reference';
import { isEnvFile } from '../workspaceFiles/wiring';
import { asksInside, notPublished } from '../workspaceFiles/words';
import { t } from '../wording/l10n';
import { isGivenIn, isServices, isSilent } from './known';
import { mayBeOverridden } from './overrides';
import type { WiringProblem } from './problem';
import { serversOf } from './scene';
import type { Scene, Server } from './scene';

export const composeProblems = (scene: Scene): readonly WiringProblem[] => [
  ...serversOf(scene.services).flatMap((server) => expectedElsewhere(server, scene)),
  ...[...scene.texts]
    .filter(([file]) => isEnvFile(nameOf(file)))
    .flatMap(([file, text]) => envReferences(file, text))
    .flatMap((reference) => askedInside(reference, scene)),
];

/** The service runs Compose, and its port is none of those that Compose publishes for it. */
function expectedElsewhere(server: Server, scene: Scene): readonly WiringProblem[] {
  const { spec, port } = server;
  const names = upNames(spec.command);
  const file = names === undefined || server.isHealthy ? undefined : composeFileOf(server, scene);
  if (names === undefined || file === undefined || 'COMPOSE_FILE' in spec.env) return [];
  const isMeant = (name: string): boolean => names.length === 0 || names.includes(name);
  const read = [file, ...overridesOf(file, scene)].map((each) => portsIn(each, scene));
  const ports = read.flatMap((each) => each.ports).filter(({ service }) => isMeant(service));
  if (read.some(({ unread }) => [...unread].some(isMeant)) || ports.some(({ published }) => published === port)) return [];
  const place = meantPort(ports, port);
  const range = place?.file === file ? rangeOf(place, scene) : undefined;
  if (place === undefined || range === undefined || !isSilent(port, scene)) return [];
  const { published, service } = place;
  return [
    {
      code: 'compose-port',
      file,
      range,
      message: notPublished(spec.key, port, `${service}: ${published}`),
      fixes: [
        {
          kind: 'setPort',
          title: t('Set the port of {0} to {1} in services.json', spec.key, published),
          service: spec.id,
          port: published,
        },
        { kind: 'edit', title: t('Publish port {0}', port), range, text: String(port) },
      ],
    },
  ];
}

/** The services that `docker compose up` is told, none for all; undefined when it is not run, or with files of its own. */
function upNames(command: Server['spec']['command']): readonly string[] | undefined {
  const run = /\bdocker(?:\.exe)?[ -]compose\b(.*?)\bup\b([^;&|]*)/.exec([command].flat().join(' '));
  if (run === null || /\s-\w|--(?:file|project-directory|env-file)\b/.test(run[1] ?? '')) return undefined;
  return (run[2] ?? '').split(/\s+/).filter((word) => /^[\w.-]+$/.test(word) && !word.startsWith('-'));
}

interface Published extends PublishedPort {
  readonly file: string;
}

/** The one whose port in the container is expected outside; else the only one. */
function meantPort(ports: readonly Published[], port: number): Published | undefined {
  const inside = ports.filter(({ target }) => target === port);
  const found = inside.length > 0 ? inside : ports;
  return found.length === 1 ? found[0] : undefined;
}

/** Compose takes the first of these names in its folder, else in the nearest folder above. */
const names = ['compose.yaml', 'compose.yml', 'docker-compose.yaml', 'docker-compose.yml'];

const composeFileOf = ({ cwd, spec }: Server, { texts }: Scene): string | undefined =>
  upTo(cwd, spec.folder)
    .flatMap((folder) => names.map((name) => joinPath(folder, name)))
    .find((path) => texts.has(path));

const overridesOf = (file: string, { texts }: Scene): readonly string[] =>
  [...texts.keys()].filter((other) => parentOf(other) === parentOf(file) && /compose\.override\.ya?ml$/.test(other));

/** What is computed, taken over or not published at all is not read: nothing is claimed of its services. */
function portsIn(file: string, { texts }: Scene): { readonly ports: readonly Published[]; readonly unread: ReadonlySet<string> } {
  const text = texts.get(file) ?? '';
  const lines = text.split(/\r?\n/);
  const { ports, unread } = composePorts(text);
  const isComputed = ({ line }: PublishedPort): boolean => (lines[line - 1] ?? '').includes('$');
  const isMore = /^include\s*:|^[ \t]*(?:extends|network_mode|<<)\s*:|!(?:reset|override)\b/m.test(text);
  const all = isMore ? ports.map(({ service }) => service) : ports.filter(isComputed).map(({ service }) => service);
  return { ports: ports.map((port) => ({ ...port, file })), unread: new Set([...unread, ...all]) };
}

function rangeOf({ file, line, published, target }: Published, { texts }: Scene): WiringProblem['range'] | undefined {
  const lines = (texts.get(file) ?? '').split('\n');
  const at = (lines[line - 1] ?? '').search(new RegExp(`(?<!\\d)${published}:${target}(?!\\d)`));
  const start = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0);
  return at < 0 ? undefined : { offset: start + at, length: String(published).length };
}

/** An address of a database names the port inside the container, while another is published, where somebody is or is meant to be. */
function askedInside(reference: Reference, scene: Scene): readonly WiringProblem[] {
  const { kind, port, file, offset, length, name } = reference;
  if (kind !== 'database' || isServices(port, scene) || mayBeOverridden(reference, scene)) return [];
  const isCompose = (path: string): boolean => isComposeFile(nameOf(path));
  const read = [...scene.texts.keys()].filter(isCompose).map((each) => portsIn(each, scene));
  const ports = read.flatMap((each) => each.ports);
  const inside = ports.filter(({ target }) => target === port);
  const [only, another] = inside;
  if (only === undefined || another !== undefined || read.some(({ unread }) => unread.size > 0)) return [];
  const others = new Map([...scene.texts].filter(([path]) => !isCompose(path)));
  if (ports.some(({ published }) => published === port) || isGivenIn(others, port)) return [];
  const isThere = scene.listens(only.published);
  const isMeant = isServices(only.published, scene) || (isThere.kind === 'known' && isThere.value);
  if (!isSilent(port, scene) || !isMeant) return [];
  const text = String(only.published);
  return [
    {
      code: 'compose-port',
      file,
      range: { offset, length },
      message: asksInside(name, port, only.service, only.published),
      fixes: [
        { kind: 'edit', title: t('Use port {0}, where {1} is published', text, only.service), range: { offset, length }, text },
      ],
    },
  ];
}
