/** Compose publishes another port than the one that is asked. */
import { t } from '../../wording/l10n';
import { openConfig, openFile, setPort } from '../actions';
import { commandOf, failureOf, isTroubled, value } from '../ask';
import type { Facts } from '../facts';
import { openAt } from '../openAt';
import { isInside, nameOf, parentOf } from '../../workspaceFiles/paths';
import { references } from '../references';
import type { Rule, Verdict } from '../rule';
import { composePorts, isComposeFile } from '../../workspaceFiles/compose';
import type { PublishedPort } from '../../workspaceFiles/compose';
import { asksInside, notPublished as sayNotPublished } from '../../workspaceFiles/words';

export const composePort: Rule = {
  code: 'compose-port',
  explains: ['dependency-down', 'not-listening', 'probe-failed', 'crashed', 'crash-loop'],
  find: (facts) => [...notPublished(facts), ...askedInside(facts)],
};

interface Published extends PublishedPort {
  readonly file: string;
}

/** The service runs Compose, and its port is none of those that Compose publishes for it. */
function notPublished(facts: Facts): readonly Verdict[] {
  const { port, key, id } = facts.spec;
  const run = /\bdocker(?:\.exe)?[ -]compose\b(.*?)\bup\b([^;&|]*)/.exec(commandOf(facts));
  // `-f other.yml` and `-p` lead elsewhere: nothing is claimed.
  if (run === null || port === undefined || /\s-\w/.test(run[1] ?? '') || !isTroubled(facts)) return [];
  // Compose itself ended, as where Docker does not run or has no such command: its words tell why, and no port does.
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
      title: sayNotPublished(key, port, shown),
      detail: t('Use the published port in services.json, or change "ports" of the Compose file.'),
      evidence: ports.map((each) => lineOf(each)),
      actions: [...ports.map(({ published }) => setPort(id, published)), openFile(first.file, first.line), openConfig(id)],
    },
  ];
}

/** An address of a database names the port inside the container, while another is published. */
function askedInside(facts: Facts): readonly Verdict[] {
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
        title: asksInside(name, port, inside.service, inside.published),
        detail: t('{0} is its port inside the container. From here it is {1}.', port, inside.published),
        evidence: [lineOf(inside), t('{0}: {1} names port {2}', file, name, port)],
        actions: [openAt(file, files.texts.get(file) ?? '', offset), openFile(inside.file, inside.line)],
      },
    ];
  });
}

const lineOf = ({ file, line, published, target, service }: Published): string =>
  t('{0}, line {1}: {2} publishes {3} for {4}', file, line, service, published, target);

const composeFiles = (
  facts: Facts,
): readonly { readonly file: string; readonly ports: readonly Published[]; readonly unread: ReadonlySet<string> }[] =>
  [...(value(facts.files)?.texts ?? [])]
    .filter(([file]) => isComposeFile(nameOf(file)))
    .map(([file, text]) => {
      const { ports, unread } = composePorts(text);
      return { file, ports: ports.map((port) => ({ ...port, file })), unread };
    });
