/** Compose publishes another port than the one that is used. */
import { brief } from '../../wording/brief';
import { t } from '../../wording/l10n';
import { openConfig, openFile, setPort } from '../actions';
import { commandOf, failureOf, isTroubled, value } from '../queries';
import type { Facts } from '../facts';
import { openAt } from '../openAt';
import { isInside, nameOf, parentOf } from '../../workspaceFiles/paths';
import { references } from '../references';
import type { Rule, Verdict } from '../rule';
import { composePorts, isComposeFile } from '../../workspaceFiles/compose';
import type { PublishedPort } from '../../workspaceFiles/compose';
import { usesContainerPort, notPublished as notPublishedMessage } from '../../workspaceFiles/messages';

export const composePort: Rule = {
  code: 'compose-port',
  explains: ['dependency-down', 'not-listening', 'probe-failed', 'crashed', 'crash-loop'],
  find: (facts) => [...notPublished(facts), ...containerPortsUsed(facts)],
};

interface Published extends PublishedPort {
  readonly file: string;
}

/** The service runs Compose, and its port is none of those that Compose publishes for it. */
function notPublished(facts: Facts): readonly Verdict[] {
  const { port, key, id } = facts.spec;
  const run = /\bdocker(?:\.exe)?[ -]compose\b(.*?)\bup\b([^;&|]*)/.exec(commandOf(facts));
  // `-f other.yml` and `-p` use files that are not read here.
  if (run === null || port === undefined || /\s-\w/.test(run[1] ?? '') || !isTroubled(facts)) return [];
  // Compose itself exited, because Docker is not running or has no such command: its output explains that, and no port does.
  if (failureOf(facts)?.kind === 'crashed') return [];
  const names = (run[2] ?? '').split(/\s+/).filter((word) => /^[\w.-]+$/.test(word) && !word.startsWith('-'));
  const read = composeFiles(facts).filter(({ file }) => isInside(facts.cwd, parentOf(file)));
  const isMeant = (service: string): boolean => names.length === 0 || names.includes(service);
  if (read.some(({ unread }) => [...unread].some(isMeant))) return [];
  const ports = read.flatMap((file) => file.ports).filter(({ service }) => isMeant(service));
  const [first] = ports;
  if (first === undefined || ports.some(({ published }) => published === port)) return [];
  const shown = ports.map(({ service, published }) => `${service}: ${published}`).join(', ');
  return [
    {
      severity: 'error',
      title: notPublishedMessage(key, port, shown),
      short: brief(() => t('Port {0} is not published', port)),
      detail: t('Use the published port in services.json, or change "ports" in the Compose file.'),
      evidence: ports.map((each) => lineOf(each)),
      actions: [...ports.map(({ published }) => setPort(id, published)), openFile(first.file, first.line), openConfig(id)],
    },
  ];
}

/** The address of a database has the port inside the container, while another one is published. */
function containerPortsUsed(facts: Facts): readonly Verdict[] {
  const files = value(facts.files);
  const read = composeFiles(facts);
  const ports = read.flatMap((file) => file.ports);
  if (files === undefined || !isTroubled(facts) || read.some(({ unread }) => unread.size > 0)) return [];
  return references(facts).flatMap(({ kind, port, file, offset, name }) => {
    const open = facts.ports.get(port)?.isOpen;
    const inside = ports.find(({ target, published }) => target === port && published !== port);
    const isClosed = open?.kind === 'known' && !open.value;
    if (kind !== 'database' || !isClosed || inside === undefined || ports.some(({ published }) => published === port)) return [];
    return [
      {
        severity: 'error',
        title: usesContainerPort(name, port, inside.service, inside.published),
        short: brief(() => t('Published port is {0}', inside.published)),
        detail: t('{0} is the port inside the container; on this machine it is {1}.', port, inside.published),
        evidence: [lineOf(inside), t('{0}: {1} refers to port {2}', file, name, port)],
        actions: [openAt(file, files.texts.get(file) ?? '', offset), openFile(inside.file, inside.line)],
      },
    ];
  });
}

const lineOf = ({ file, line, published, target, service }: Published): string =>
  t('{0}, line {1}: {2} publishes port {3} as {4}', file, line, service, target, published);

const composeFiles = (
  facts: Facts,
): readonly { readonly file: string; readonly ports: readonly Published[]; readonly unread: ReadonlySet<string> }[] =>
  [...(value(facts.files)?.texts ?? [])]
    .filter(([file]) => isComposeFile(nameOf(file)))
    .map(([file, text]) => {
      const { ports, unread } = composePorts(text);
      return { file, ports: ports.map((port) => ({ ...port, file })), unread };
    });
