/** What a diagnosis found, as markdown for the tooltip of a service that is not well. */
import type { Finding, FindingAction } from './finding';
import type { Service } from '../lifecycle/state';
import { commandIds } from '../model/commandIds';
import { actionsOf, looks } from '../views/actions';
import { commandLink, escapeMarkdown } from '../wording/markdown';

/** Facts beyond these are in the diagnosis itself. */
const mostEvidence = 4;

/** The verdict with what was seen and links that mend it; only the way to the diagnosis when nothing was found. */
export function verdictMarkdown({ spec }: Service, findings: readonly Finding[]): string {
  const [verdict] = findings;
  const diagnose: FindingAction = { title: looks.diagnose.title, command: commandIds.diagnose, arguments: [spec.id] };
  if (verdict === undefined) return links([diagnose]);
  const evidence = verdict.evidence.slice(0, mostEvidence).map((fact) => `- ${escapeMarkdown(fact)}`);
  return [
    `**${escapeMarkdown(verdict.title)}**`,
    escapeMarkdown(verdict.detail),
    ...(evidence.length === 0 ? [] : [evidence.join('\n')]),
    links([...verdict.actions, diagnose]),
  ].join('\n\n');
}

/** The commands that such a tooltip may run: exactly those that it names. */
export const verdictCommands = (findings: readonly Finding[]): readonly string[] => [
  commandIds.diagnose,
  ...(findings[0]?.actions ?? []).map(({ command }) => command),
];

/** Whether a look at it would tell more than its state. */
export const hasVerdict = (service: Service): boolean => actionsOf(service).includes('diagnose');

/** The same as long as a verdict on the service holds: figures that tick, and further probes with the same outcome, change nothing. */
export function verdictKey({ state: { lifecycle } }: Service): string {
  const health = 'health' in lifecycle && lifecycle.health.kind === 'unhealthy' ? lifecycle.health : undefined;
  const cause = 'failure' in lifecycle ? lifecycle.failure : [health?.since, health?.last.failure, health?.evidence];
  return JSON.stringify([lifecycle.kind, lifecycle.run, cause]);
}

const links = (actions: readonly FindingAction[]): string =>
  actions.map(({ title, command, arguments: args }) => commandLink(escapeMarkdown(title), command, args)).join(' · ');
