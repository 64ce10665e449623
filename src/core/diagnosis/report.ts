/** A diagnosis as Markdown without secrets, to be shared. */
import type { ProbeOutcome } from '../model/health';
import { t } from '../wording/l10n';
import { toSnapshot } from '../snapshot/toSnapshot';
import type { Reading } from '../model/process';
import { commandOf, value } from './queries';
import { listensAs } from './evidence';
import type { Facts } from './facts';
import type { Finding } from './finding';
import { linesOf } from './output';
import { redact, secretsOf } from './redact';

const maxOutputLines = 40;
const maxLineCharacters = 500;

export function report(facts: Facts, findings: readonly Finding[]): string {
  const { spec } = facts;
  const secrets = secretsOf(facts);
  const text = [
    `# ${titleOf(spec.key, findings)}`,
    ...findings.map(section),
    `## ${t('Evidence')}`,
    list(seen(facts)),
    ...missing(facts),
    ...outputOf(facts, secrets),
  ].join('\n\n');
  return `${redact(text, secrets)}\n`;
}

const titleOf = (key: string, [first]: readonly Finding[]): string =>
  first === undefined ? t('{0}: no problems found', key) : `${key}: ${first.title}`;

const section = ({ code, severity, title, detail, evidence }: Finding): string =>
  [`## ${title}`, `\`${code}\` (${severity}): ${detail}`, ...(evidence.length === 0 ? [] : [list(evidence)])].join('\n\n');

const list = (items: readonly string[]): string =>
  items.map((item) => `- ${item.replace(/(?<!\s)\s+/g, (space) => (space.includes('\n') ? ' ' : space))}`).join('\n');

function seen(facts: Facts): readonly string[] {
  const { lifecycle, health, reason } = toSnapshot({ spec: facts.spec, state: facts.state });
  const listeners = value(facts.port.listeners);
  return [
    reason === undefined ? t('State: {0}, {1}', lifecycle, health) : t('State: {0}, {1}. {2}', lifecycle, health, reason),
    t('Command: {0}', `\`${commandOf(facts)}\``),
    t('Folder: {0}', facts.cwd),
    t('System: {0}', systemOf(facts)),
    ...(facts.spec.port === undefined ? [] : [t('Port: {0}', facts.spec.port)]),
    ...(listeners ?? []).map(listensAs),
    ...(value(facts.members) ?? []).map(({ pid, state, command }) => t('Process {0} ({1}): {2}', pid, state, command)),
    ...[...(value(facts.connections) ?? [])].map(([state, count]) => t('Connections {0}: {1}', state, count)),
    ...facts.probes.addresses.map(({ address, scheme, outcome }) =>
      t('Probe {0}: {1}', `${scheme}://${address}`, outcomeOf(value(outcome))),
    ),
  ];
}

function outcomeOf(outcome: ProbeOutcome | undefined): string {
  if (outcome === undefined) return t('unknown');
  if (!outcome.ok) return outcome.failure.kind;
  return outcome.status === undefined ? t('responds') : t('responds with HTTP {0}', outcome.status);
}

const systemOf = ({ host }: Facts): string =>
  [host.platform, ...(host.isRemote ? [t('remote window')] : []), ...(host.inContainer ? [t('in a container')] : [])].join(', ');

/** Lists the readings that failed, so that no reader takes them for "none". */
function missing(facts: Facts): readonly string[] {
  const { port, probes } = facts;
  const readings: readonly Reading<unknown>[] = [
    facts.output,
    port.listeners,
    port.owners,
    facts.members,
    facts.ownListeners,
    facts.processes,
    facts.connections,
    probes.own,
    facts.files,
    facts.checkouts,
    facts.environment,
    facts.modulesElsewhere,
    facts.blockedSince,
  ];
  const why = new Set(readings.flatMap((reading) => (reading.kind === 'unavailable' ? [reading.why] : [])));
  return why.size === 0 ? [] : [`## ${t('Not available')}`, list([...why])];
}

function outputOf(facts: Facts, secrets: readonly string[]): readonly string[] {
  // Without secrets before they are cut: half of a secret is found by nothing.
  const lines = linesOf(facts)
    .slice(-maxOutputLines)
    .map((line) => cut(redact(line, secrets)));
  if (lines.length === 0) return [];
  // The fence is longer than any run of backticks inside.
  const longest = Math.max(2, ...lines.flatMap((line) => [...line.matchAll(/`+/g)].map(([run]) => run.length)));
  const fence = '`'.repeat(longest + 1);
  return [`## ${t('Last output lines')}`, `${fence}text\n${lines.join('\n')}\n${fence}`];
}

const cut = (line: string): string => (line.length > maxLineCharacters ? `${line.slice(0, maxLineCharacters)}…` : line);
