/** The verdict as Markdown, for the tooltip of a service that has failed or is not healthy. */
import type { Finding, FindingAction } from './finding';
import type { Service } from '../lifecycle/state';
import { defined } from '../model/defined';
import type { LatestVerdict } from '../model/latestVerdict';
import { commandIds } from '../model/commandIds';
import { actionsOf, looks } from '../views/actions';
import { commandLink, escapeMarkdown } from '../wording/markdown';

/** The diagnosis itself shows all evidence. */
const maxEvidenceLines = 4;

/** Returns the verdict with its evidence and links for its actions; only the link to the diagnosis when nothing was found. `more` come last. */
export function verdictMarkdown({ spec }: Service, findings: readonly Finding[], more: readonly FindingAction[] = []): string {
  const [verdict] = findings;
  const diagnose: FindingAction = { title: looks.diagnose.title, command: commandIds.diagnose, arguments: [spec.id] };
  if (verdict === undefined) return links([diagnose, ...more]);
  const evidence = verdict.evidence.slice(0, maxEvidenceLines).map((fact) => `- ${escapeMarkdown(fact)}`);
  return [
    `**${escapeMarkdown(verdict.title)}**`,
    escapeMarkdown(verdict.detail),
    ...(evidence.length === 0 ? [] : [evidence.join('\n')]),
    links([...verdict.actions, diagnose, ...more]),
  ].join('\n\n');
}

/** The commands that the links of the tooltip may run. */
export const verdictCommands = (findings: readonly Finding[], more: readonly FindingAction[] = []): readonly string[] => [
  commandIds.diagnose,
  ...[...(findings[0]?.actions ?? []), ...more].map(({ command }) => command),
];

/** Whether a diagnosis could explain more than the state does. */
export const hasVerdict = (service: Service): boolean => actionsOf(service).includes('diagnose');

/** Returns what rows and lists show of the findings; undefined when nothing was found. */
export function latestVerdict([first]: readonly Finding[]): LatestVerdict | undefined {
  if (first === undefined) return undefined;
  const { code, title, short, actions } = first;
  const [fix] = actions;
  return {
    ...{ code, title, short },
    ...defined({ fix: fix === undefined ? undefined : { ...fix, arguments: fix.arguments ?? [] } }),
  };
}

const links = (actions: readonly FindingAction[]): string =>
  actions.map(({ title, command, arguments: args }) => commandLink(escapeMarkdown(title), command, args)).join(' · ');
