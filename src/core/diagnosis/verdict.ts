/** The verdict as Markdown, for the tooltip of a service that has failed or is not healthy. */
import type { Finding, FindingAction } from './finding';
import type { Service } from '../lifecycle/state';
import { commandIds } from '../model/commandIds';
import { actionsOf, looks } from '../views/actions';
import { commandLink, escapeMarkdown } from '../wording/markdown';

/** The diagnosis itself shows all evidence. */
const maxEvidenceLines = 4;

/** Returns the verdict with its evidence and links for its actions; only the link to the diagnosis when nothing was found. */
export function verdictMarkdown({ spec }: Service, findings: readonly Finding[]): string {
  const [verdict] = findings;
  const diagnose: FindingAction = { title: looks.diagnose.title, command: commandIds.diagnose, arguments: [spec.id] };
  if (verdict === undefined) return links([diagnose]);
  const evidence = verdict.evidence.slice(0, maxEvidenceLines).map((fact) => `- ${escapeMarkdown(fact)}`);
  return [
    `**${escapeMarkdown(verdict.title)}**`,
    escapeMarkdown(verdict.detail),
    ...(evidence.length === 0 ? [] : [evidence.join('\n')]),
    links([...verdict.actions, diagnose]),
  ].join('\n\n');
}

/** The commands that the links of the tooltip may run. */
export const verdictCommands = (findings: readonly Finding[]): readonly string[] => [
  commandIds.diagnose,
  ...(findings[0]?.actions ?? []).map(({ command }) => command),
];

/** Whether a diagnosis could explain more than the state does. */
export const hasVerdict = (service: Service): boolean => actionsOf(service).includes('diagnose');

/** A key that stays the same while a verdict is valid: counters, and further probes with the same outcome, do not change it. */
export function verdictKey({ state: { lifecycle } }: Service): string {
  const health = 'health' in lifecycle && lifecycle.health.kind === 'unhealthy' ? lifecycle.health : undefined;
  const cause = 'failure' in lifecycle ? lifecycle.failure : [health?.since, health?.last.failure, health?.evidence];
  const parts = lifecycle.kind === 'starting' || lifecycle.kind === 'running' ? [lifecycle.ended, lifecycle.question] : [];
  return JSON.stringify([lifecycle.kind, lifecycle.run, cause, ...parts]);
}

const links = (actions: readonly FindingAction[]): string =>
  actions.map(({ title, command, arguments: args }) => commandLink(escapeMarkdown(title), command, args)).join(' · ');
