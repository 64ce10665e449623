/** A diagnosis to hand over: Markdown, without secrets. */
import { project } from '../project';
import type { Reading } from '../process';
import { commandOf, place, value } from './ask';
import type { Facts } from './facts';
import type { Finding } from './finding';
import { linesOf } from './output';
import { redact, secretsOf } from './redact';

const shownLines = 40;

export function report(facts: Facts, findings: readonly Finding[]): string {
  const { spec } = facts;
  const text = [
    `# ${spec.key}: ${findings[0]?.title ?? 'nothing wrong was found'}`,
    ...findings.map(section),
    `## What was seen`,
    list(seen(facts)),
    ...missing(facts),
    ...outputOf(facts),
  ].join('\n\n');
  return `${redact(text, secretsOf(facts))}\n`;
}

const section = ({ code, severity, title, detail, evidence }: Finding): string =>
  [`## ${title}`, `\`${code}\` (${severity}): ${detail}`, ...(evidence.length === 0 ? [] : [list(evidence)])].join('\n\n');

const list = (items: readonly string[]): string => items.map((item) => `- ${item.replace(/\s*\n\s*/g, ' ')}`).join('\n');

function seen(facts: Facts): readonly string[] {
  const { lifecycle, health, reason } = project({ spec: facts.spec, state: facts.state });
  const listeners = value(facts.port.listeners);
  return [
    `State: ${lifecycle}, ${health}${reason === undefined ? '' : `. ${reason}`}`,
    `Command: \`${commandOf(facts)}\``,
    `Folder: ${facts.cwd}`,
    `System: ${facts.host.platform}${facts.host.isRemote ? ', remote window' : ''}${facts.host.inContainer ? ', in a container' : ''}`,
    ...(facts.spec.port === undefined ? [] : [`Port: ${facts.spec.port}`]),
    ...(listeners ?? []).map((listener) => `Listens: ${place(listener)}, pid ${listener.pids.join(', ') || 'not visible'}`),
    ...(value(facts.members) ?? []).map(({ pid, state, command }) => `Process ${pid} (${state}): ${command}`),
    ...[...(value(facts.connections) ?? [])].map(([state, count]) => `Connections ${state}: ${count}`),
    ...facts.probes.addresses.map(({ address, scheme, outcome }) => {
      const found = value(outcome);
      const words =
        found === undefined
          ? 'unknown'
          : found.ok
            ? `answers${found.status === undefined ? '' : ` ${found.status}`}`
            : found.failure.kind;
      return `Probe ${scheme}://${address}: ${words}`;
    }),
  ];
}

/** What could not be looked at is said: nobody shall take it for "none". */
function missing(facts: Facts): readonly string[] {
  const readings: readonly Reading<unknown>[] = [
    ...[facts.output, facts.port.listeners, facts.port.owners, facts.members, facts.ownListeners, facts.processes],
    ...[facts.connections, facts.probes.own, facts.files, facts.checkouts, facts.environment, facts.modulesElsewhere],
  ];
  const why = new Set(readings.flatMap((reading) => (reading.kind === 'unavailable' ? [reading.why] : [])));
  return why.size === 0 ? [] : ['## What could not be seen', list([...why])];
}

function outputOf(facts: Facts): readonly string[] {
  const lines = linesOf(facts).slice(-shownLines);
  if (lines.length === 0) return [];
  // A fence that is longer than any run of backticks within.
  const longest = Math.max(2, ...lines.flatMap((line) => [...line.matchAll(/`+/g)].map(([run]) => run.length)));
  const fence = '`'.repeat(longest + 1);
  return ['## Last lines of its output', `${fence}text\n${lines.join('\n')}\n${fence}`];
}
