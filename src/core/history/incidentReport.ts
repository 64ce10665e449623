/** What happened to the services, as Markdown to be shared. Secrets are removed from the whole text. */
import { t } from '../wording/l10n';
import { removed } from '../wording/secrets';
import type { Incident } from './incidents';
import { incidentText } from './incidentText';

export interface ReportedService {
  readonly name: string;
  /** In words, as its row shows it. */
  readonly state: string;
  readonly reason?: string;
  /** What it has written last, without terminal codes. */
  readonly lines: readonly string[];
}

export interface ReportParts {
  readonly services: readonly ReportedService[];
  /** Oldest first. */
  readonly incidents: readonly Incident[];
  /** ms since the epoch */
  readonly now: number;
  /** Removes values of env files, and what has the shape of a secret. */
  clean(text: string): string;
}

const maxLines = 20;
const maxLineCharacters = 500;

export function incidentReport({ services, incidents, now, ...parts }: ReportParts): string {
  const clean: Clean = (text) => parts.clean(text).replaceAll(removed, t('[removed]'));
  const text = [
    `# ${t('Incident report')}`,
    t('Written at {0}.', timeOf(now)),
    `## ${t('Services')}`,
    services.map((service) => serviceLine(service, clean)).join('\n'),
    `## ${t('Timeline')}`,
    incidents.length === 0
      ? t('Nothing happened in the last 24 hours.')
      : incidents.map((each) => entry(each, now, clean)).join('\n'),
    ...services.flatMap((service) => outputOf(service, clean)),
  ].join('\n\n');
  return `${text}\n`;
}

type Clean = (text: string) => string;

const serviceLine = ({ name, state, reason }: ReportedService, clean: Clean): string => {
  const line = `- ${plain(clean(name))}: ${plain(clean(state))}`;
  return reason === undefined ? line : `${line}. ${plain(clean(reason))}`;
};

/** ISO 8601 in UTC: a report is read in other time zones. */
const timeOf = (at: number): string => new Date(at).toISOString().replace(/\.\d+Z$/, 'Z');

function entry(incident: Incident, now: number, clean: Clean): string {
  const { verdict } = incident;
  const sentence = `- ${timeOf(incident.from)} ${plain(clean(incidentText(incident, now)))}`;
  if (verdict === undefined) return sentence;
  return `${sentence} ${t('Diagnosis: {0}', `${plain(clean(verdict.title))} (\`${verdict.code}\`)`)}`;
}

/** Nothing from outside acts as markup, and it stays on its line. Secrets are removed before, because an escaped one is not found. */
const plain = (text: string): string => text.replace(/[\s\p{Cc}]+/gu, ' ').replace(/[\\`*_[\]<>#|]/g, (sign) => `\\${sign}`);

function outputOf({ name, lines }: ReportedService, clean: Clean): readonly string[] {
  // Before lines are cut: half of a secret is found by nothing.
  const last = lines.slice(-maxLines).map((line) => cut(clean(line)));
  if (last.length === 0) return [];
  const longest = Math.max(2, ...last.flatMap((line) => [...line.matchAll(/`+/g)].map(([run]) => run.length)));
  const fence = '`'.repeat(longest + 1);
  return [`## ${t('Last output lines of {0}', plain(clean(name)))}`, `${fence}text\n${last.join('\n')}\n${fence}`];
}

const cut = (line: string): string => (line.length > maxLineCharacters ? `${line.slice(0, maxLineCharacters)}…` : line);
