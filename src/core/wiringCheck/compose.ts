/** Finds ports in services.json and .env files that differ from those that Compose publishes. */
import { joinPath, nameOf, parentOf, upTo } from '../workspaceFiles/paths';
import { composeFileNames, composePorts, isComposeFile } from '../workspaceFiles/compose';
import type { PublishedPort } from '../workspaceFiles/compose';
import { envReferences } from '../workspaceFiles/envFile';
import type { Reference } from '../workspaceFiles/reference';
import { isEnvFile } from '../workspaceFiles/wiring';
import { notPublished, usesContainerPort } from '../workspaceFiles/messages';
import { t } from '../wording/l10n';
import { isAssignedIn, belongsToService, isClosed } from './portUse';
import { mayBeOverridden } from './overrides';
import type { WiringProblem } from './problem';
import { serversOf } from './context';
import type { WiringContext, Server } from './context';

export const composeProblems = (context: WiringContext): readonly WiringProblem[] => [
  ...serversOf(context.services).flatMap((server) => unpublishedPort(server, context)),
  ...[...context.texts]
    .filter(([file]) => isEnvFile(nameOf(file)))
    .flatMap(([file, text]) => envReferences(file, text))
    .flatMap((reference) => containerPortUsed(reference, context)),
];

/** The service runs Compose, and its port is none of those that Compose publishes for it. */
function unpublishedPort(server: Server, context: WiringContext): readonly WiringProblem[] {
  const { spec, port } = server;
  const names = upNames(spec.command);
  const file = names === undefined || server.isHealthy ? undefined : composeFileOf(server, context);
  if (names === undefined || file === undefined || 'COMPOSE_FILE' in spec.env) return [];
  const isMeant = (name: string): boolean => names.length === 0 || names.includes(name);
  const read = [file, ...overridesOf(file, context)].map((each) => portsIn(each, context));
  const ports = read.flatMap((each) => each.ports).filter(({ service }) => isMeant(service));
  if (read.some(({ unread }) => [...unread].some(isMeant)) || ports.some(({ published }) => published === port)) return [];
  const intended = intendedPort(ports, port);
  const range = intended?.file === file ? rangeOf(intended, context) : undefined;
  if (intended === undefined || range === undefined || !isClosed(port, context)) return [];
  const { published, service } = intended;
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

/** Returns the arguments of `docker compose up`; none means all services. Undefined when it is not run, or with its own files. */
function upNames(command: Server['spec']['command']): readonly string[] | undefined {
  const run = /\bdocker(?:\.exe)?[ -]compose\b(.*?)\bup\b([^;&|]*)/.exec([command].flat().join(' '));
  if (run === null || /\s-\w|--(?:file|project-directory|env-file)\b/.test(run[1] ?? '')) return undefined;
  return (run[2] ?? '').split(/\s+/).filter((word) => /^[\w.-]+$/.test(word) && !word.startsWith('-'));
}

interface Published extends PublishedPort {
  readonly file: string;
}

/** Returns the port with this number in the container; else the only one. */
function intendedPort(ports: readonly Published[], port: number): Published | undefined {
  const inside = ports.filter(({ target }) => target === port);
  const found = inside.length > 0 ? inside : ports;
  return found.length === 1 ? found[0] : undefined;
}

/** In its folder, else in the nearest parent folder. */
const composeFileOf = ({ cwd, spec }: Server, { texts }: WiringContext): string | undefined =>
  upTo(cwd, spec.folder)
    .flatMap((folder) => composeFileNames.map((name) => joinPath(folder, name)))
    .find((path) => texts.has(path));

const overridesOf = (file: string, { texts }: WiringContext): readonly string[] =>
  [...texts.keys()].filter((other) => parentOf(other) === parentOf(file) && /compose\.override\.ya?ml$/.test(other));

/** Ports that are computed, inherited or not published are left out, and nothing is concluded about their services. */
function portsIn(
  file: string,
  { texts }: WiringContext,
): { readonly ports: readonly Published[]; readonly unread: ReadonlySet<string> } {
  const text = texts.get(file) ?? '';
  const lines = text.split(/\r?\n/);
  const { ports, unread } = composePorts(text);
  const isComputed = ({ line }: PublishedPort): boolean => (lines[line - 1] ?? '').includes('$');
  const isMore = /^include\s*:|^[ \t]*(?:extends|network_mode|<<)\s*:|!(?:reset|override)\b/m.test(text);
  const all = isMore ? ports.map(({ service }) => service) : ports.filter(isComputed).map(({ service }) => service);
  return { ports: ports.map((port) => ({ ...port, file })), unread: new Set([...unread, ...all]) };
}

function rangeOf({ file, line, published, target }: Published, { texts }: WiringContext): WiringProblem['range'] | undefined {
  const lines = (texts.get(file) ?? '').split('\n');
  const at = (lines[line - 1] ?? '').search(new RegExp(`(?<!\\d)${published}:${target}(?!\\d)`));
  const start = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0);
  return at < 0 ? undefined : { offset: start + at, length: String(published).length };
}

/** The address of a database has the port inside the container, while another one is published, on which a server is running or expected. */
function containerPortUsed(reference: Reference, context: WiringContext): readonly WiringProblem[] {
  const { kind, port, file, offset, length, name } = reference;
  if (kind !== 'database' || belongsToService(port, context) || mayBeOverridden(reference, context)) return [];
  const isCompose = (path: string): boolean => isComposeFile(nameOf(path));
  const read = [...context.texts.keys()].filter(isCompose).map((each) => portsIn(each, context));
  const ports = read.flatMap((each) => each.ports);
  const inside = ports.filter(({ target }) => target === port);
  const [only, another] = inside;
  if (only === undefined || another !== undefined || read.some(({ unread }) => unread.size > 0)) return [];
  const others = new Map([...context.texts].filter(([path]) => !isCompose(path)));
  if (ports.some(({ published }) => published === port) || isAssignedIn(others, port)) return [];
  const listening = context.listens(only.published);
  const isExpected = belongsToService(only.published, context) || (listening.kind === 'known' && listening.value);
  if (!isClosed(port, context) || !isExpected) return [];
  const text = String(only.published);
  return [
    {
      code: 'compose-port',
      file,
      range: { offset, length },
      message: usesContainerPort(name, port, only.service, only.published),
      fixes: [
        { kind: 'edit', title: t('Use the published port {0} of {1}', text, only.service), range: { offset, length }, text },
      ],
    },
  ];
}
