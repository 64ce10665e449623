/** Why Docker Compose could not start a container, or why a container has ended, as its terminal reports it. */
import { lastPart } from '../../wording/briefFailure';
import { brief } from '../../wording/brief';
import { describeOwners } from '../../wording/owners';
import { t } from '../../wording/l10n';
import { isComposeFile } from '../../workspaceFiles/compose';
import { isInside, joinPath, nameOf, parentOf } from '../../workspaceFiles/paths';
import {
  freePort,
  openConfig,
  openFile,
  restartService,
  runInTerminal,
  showTerminal,
  startService,
  stopOwners,
} from '../actions';
import type { Facts } from '../facts';
import type { FindingAction } from '../finding';
import { latestMatch, presentLines, presentMatches, quoted } from '../output';
import { foreignOwners, isTroubled, value } from '../queries';
import type { Rule, Verdict } from '../rule';
import type { SignatureMatch } from '../signatures/signatures';

const consequences = ['missing-command', 'compose-port', 'crashed', 'crash-loop', 'not-listening', 'not-running'] as const;

export const portAllocated: Rule = {
  code: 'port-allocated',
  explains: ['address-in-use', 'foreign-owner', ...consequences],
  find(facts) {
    const match = isTroubled(facts) ? latestMatch(facts, 'portAllocated') : undefined;
    const port = Number(match?.groups['port']);
    if (match === undefined || Number.isNaN(port)) return [];
    const { id, key } = facts.spec;
    const published = presentMatches(facts, 'portPublishedBy').findLast(({ groups }) => Number(groups['port']) === port);
    const container = published?.groups['name'];
    const owners = container === undefined && port === facts.spec.port ? foreignOwners(facts) : [];
    const who = owners.length === 0 ? undefined : describeOwners(owners);
    return [
      {
        severity: 'error',
        title: allocatedTitle(key, port, container, who),
        short:
          container === undefined
            ? brief(() => t('Port {0} is in use', port))
            : brief((name) => t('Port {0}: container {1}', port, name), container),
        detail: t('Docker publishes a port only once: stop what uses it, or publish another port in the Compose file.'),
        evidence: [match, published].flatMap((each) => (each === undefined ? [] : [quoted(each.line)])),
        actions: [
          ...(container === undefined ? [] : [runInTerminal(`docker stop ${container}`, facts.cwd)]),
          ...stopOwners(owners),
          ...(container === undefined && owners.length === 0 ? [freePort(port)] : []),
          startService(id),
          ...openCompose(facts),
        ],
      },
    ];
  },
};

function allocatedTitle(key: string, port: number, container: string | undefined, who: string | undefined): string {
  if (container !== undefined)
    return t('Port {0}, which {1} publishes, is published by the container {2} already.', port, key, container);
  return who === undefined
    ? t('Port {0}, which {1} publishes, is already in use.', port, key)
    : t('Port {0}, which {1} publishes, is in use by {2}.', port, key, who);
}

export const imageMissing: Rule = {
  code: 'image-missing',
  explains: consequences,
  find(facts) {
    const match = isTroubled(facts) ? latestMatch(facts, 'imageMissing', 'registryUnreached') : undefined;
    if (match === undefined) return [];
    const { key } = facts.spec;
    const { image = '', registry = '' } = match.groups;
    const isUnreached = match.kind === 'registryUnreached';
    return [
      {
        severity: 'error',
        title: isUnreached
          ? t('The image of {0} could not be pulled: {1} was not reached.', key, registry)
          : t('The image of {0} does not exist: {1}.', key, image),
        short: isUnreached ? brief(() => t('Registry not reached')) : brief((name) => t('No image {0}', name), image),
        detail: isUnreached
          ? t('Check the connection and the proxy of Docker, then start the service again.')
          : t('Correct its name in the Compose file, build it, or log in to its registry with docker login.'),
        evidence: [quoted(match.line)],
        actions: [...openCompose(facts), showTerminal(facts.spec.id), startService(facts.spec.id)],
      },
    ];
  },
};

export const composeInvalid: Rule = {
  code: 'compose-invalid',
  explains: consequences,
  find(facts) {
    const match =
      facts.spec.compose !== undefined && isTroubled(facts)
        ? latestMatch(facts, 'composeInvalid', 'composeMissing', 'composeService')
        : undefined;
    if (match === undefined) return [];
    const at = placeOf(facts, match);
    return [
      {
        severity: 'error',
        ...invalidWords(facts, match, at),
        evidence: [
          quoted(match.line),
          ...(at === undefined ? [] : [t('File: {0}', at.line > 1 ? `${at.path}:${at.line}` : at.path)]),
        ],
        actions: [
          ...(at === undefined ? [] : [openFile(at.path, at.line)]),
          openConfig(facts.spec.id),
          showTerminal(facts.spec.id),
        ],
      },
    ];
  },
};

interface Place {
  readonly path: string;
  /** From 1; 1 when it is not known. */
  readonly line: number;
}

function invalidWords(
  { spec: { key, compose }, ...facts }: Facts,
  match: SignatureMatch,
  at: Place | undefined,
): Pick<Verdict, 'title' | 'short' | 'detail'> {
  const retry = t('Correct the file, then start the service again.');
  if (match.kind === 'composeMissing')
    return {
      title: t('{0} needs a Compose file, and its folder and those above have none.', key),
      short: brief(() => t('No Compose file')),
      detail: t('Correct "cwd", or name the file in "compose": { "files": […] }.'),
    };
  if (match.kind === 'composeService') {
    const name = match.groups['service'] ?? compose?.service ?? '';
    return {
      title: t('The Compose file has no service "{0}".', name),
      short: brief((shown) => t('No service {0} in Compose file', shown), name),
      detail: t('Correct the name in "compose", or add the service to the Compose file.'),
    };
  }
  const { detail = detailAfter(facts, match) } = match.groups;
  const file = at === undefined ? 'compose.yaml' : nameOf(at.path);
  const isLine = at !== undefined && at.line > 1;
  return {
    title: isLine
      ? t('The Compose file is not valid, {0}, line {1}: {2}', file, at.line, detail)
      : t('The Compose file is not valid, {0}: {1}', file, detail),
    short: brief((name) => t('Not valid: {0}', name), isLine ? `${lastPart(file)}:${at.line}` : lastPart(file)),
    detail: retry,
  };
}

/** docker-compose 1.29 writes the reason in the line after the file, or in the line before the place. */
function detailAfter(facts: Omit<Facts, 'spec'>, { at, groups }: SignatureMatch): string {
  const lines = presentLines(facts);
  const near = groups['line'] === undefined ? lines[at + 1] : (lines[at - 1] ?? lines[at + 1]);
  return (near ?? '').replace(/^ERROR: /, '').trim();
}

/** v2 names a key that is not allowed without its line. */
function placeOf(facts: Facts, { groups }: SignatureMatch): Place | undefined {
  const named = groups['file'] ?? facts.spec.compose?.files[0];
  const path = named === undefined ? composeFileOf(facts) : joinPath(facts.cwd, named.replace(/^\.[\\/]/, ''));
  if (path === undefined) return undefined;
  if (groups['line'] !== undefined) return { path, line: Number(groups['line']) };
  const key = /Additional property ([\w.-]+) is not allowed/.exec(groups['detail'] ?? '')?.[1];
  const lines = (value(facts.files)?.texts.get(path) ?? '').split(/\r?\n/);
  const found = key === undefined ? -1 : lines.findIndex((line) => line.trimStart().startsWith(`${key}:`));
  return { path, line: found + 1 || 1 };
}

export const containerOom: Rule = {
  code: 'container-oom',
  explains: ['killed-from-outside', 'out-of-memory', ...consequences],
  find(facts) {
    const match = isTroubled(facts) ? latestMatch(facts, 'containerOom') : undefined;
    if (match === undefined) return [];
    const { id, key } = facts.spec;
    return [
      {
        severity: 'error',
        title: t('The container of {0} was ended, because it used more memory than it may.', key),
        short: brief(() => t('Container out of memory')),
        detail: t('Raise its memory limit in the Compose file, or give Docker more memory.'),
        evidence: [quoted(match.line)],
        actions: [...openCompose(facts), showTerminal(id), restartService(id)],
      },
    ];
  },
};

/** Opens the Compose file, where it was read; else services.json. */
function openCompose(facts: Facts): readonly FindingAction[] {
  const file = composeFileOf(facts);
  return [file === undefined ? openConfig(facts.spec.id) : openFile(file)];
}

function composeFileOf(facts: Facts): string | undefined {
  const [named] = facts.spec.compose?.files ?? [];
  if (named !== undefined) return joinPath(facts.cwd, named);
  const read = [...(value(facts.files)?.texts.keys() ?? [])];
  const found = read.filter((file) => isComposeFile(nameOf(file)) && isInside(facts.cwd, parentOf(file)));
  // The nearest one, as Compose does.
  return found.toSorted((a, b) => b.length - a.length)[0];
}
