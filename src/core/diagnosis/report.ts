/** A diagnosis to hand over: Markdown, without secrets. */
import type { ProbeOutcome } from '../model/health';
import { t } from '../wording/l10n';
import { toSnapshot } from '../snapshot/toSnapshot';
import type { Reading } from '../model/process';
import { commandOf, value } from './ask';
import { listensAs } from './evidence';
import type { Facts } from './facts';
import type { Finding } from './finding';
import { linesOf } from './output';
import { redact, secretsOf } from './redact';

const shownLines = 40;

export function report(facts: Facts, findings: readonly Finding[]): string {
  const { spec } = facts;
  const text = [
    `# ${titleOf(spec.key, findings)}`,
    ...findings.map(section),
    `## ${t('What was seen')}`,
    list(seen(facts)),
    ...missing(facts),
    ...outputOf(facts),
  ].join('\n\n');
  return `${redact(text, secretsOf(facts))}\n`;
}

const titleOf = (key: string, [first]: readonly Finding[]): string =>
  first === undefined ? t('{0}: nothing wrong was found', key) : `${key}: ${first.title}`;

const section = ({ code, severity, title, detail, evidence }: Finding): string =>
  [`## ${title}`, `\`${code}\` (${severity}): ${detail}`, ...(evidence.length === 0 ? [] : [list(evidence)])].join('\n\n');

const list = (items: readonly string[]): string => items.map((item) => `- ${item.replace(/\s*\n\s*/g, ' ')}`).join('\n');

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
  return outcome.status === undefined ? t('answers') : t('answers {0}', outcome.status);
}

const systemOf = ({ host }: Facts): string =>
  [host.platform, ...(host.isRemote ? [t('remote window')] : []), ...(host.inContainer ? [t('in a container')] : [])].join(', ');

/** What could not be looked at is said: nobody shall take it for "none". */
function missing(facts: Facts): readonly string[] {
  const readings: readonly Reading<unknown>[] = [
    ...[facts.output, facts.port.listeners, facts.port.owners, facts.members, facts.ownListeners, facts.processes],
    ...[facts.connections, facts.probes.own, facts.files, facts.checkouts, facts.environment, facts.modulesElsewhere],
    facts.blockedSince,
  ];
  const why = new Set(readings.flatMap((reading) => (reading.kind === 'unavailable' ? [reading.why] : [])));
  return why.size === 0 ? [] : [`## ${t('What could not be seen')}`, list([...why])];
}

function outputOf(facts: Facts): readonly string[] {
  const lines = linesOf(facts).slice(-shownLines);
  if (lines.length === 0) return [];
  // A fence that is longer than any run of backticks within.
  const longest = Math.max(2, ...lines.flatMap((line) => [...line.matchAll(/`+/g)].map(([run]) => run.length)));
  const fence = '`'.repeat(longest + 1);
  return [`## ${t('Last lines of its output')}`, `${fence}text\n${lines.join('\n')}\n${fence}`];
}
