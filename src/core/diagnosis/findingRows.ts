/** A diagnosis as the rows of a list: the verdict in full, what fixes it, and the evidence; then what else was found. */
import { t } from '../wording/l10n';
import { escapeIcons } from '../wording/markdown';
import { wrapped } from '../wording/text';
import { actionIcon } from './actionIcon';
import type { Finding, FindingAction } from './finding';

export type FindingRow =
  | { readonly kind: 'heading'; readonly label: string }
  /** One line of a text that is copied as a whole. */
  | { readonly kind: 'text'; readonly label: string; readonly description: string; readonly copies: string }
  | { readonly kind: 'action'; readonly label: string; readonly action: FindingAction };

/** `more` are actions that concern no finding. A list shows no more of a row than one line, so that longer texts take several rows. */
export function findingRows(findings: readonly Finding[], more: readonly FindingAction[]): readonly FindingRow[] {
  const [verdict, ...others] = findings;
  if (verdict === undefined) return [];
  const { evidence, actions } = verdict;
  return [
    ...sentence(verdict),
    ...section(t('Fix'), actions.map(actionRow)),
    ...section(t('Evidence'), evidence.flatMap(factRows)),
    ...others.flatMap((other) =>
      section(t('Also Found'), [...sentence(other), ...other.actions.map(actionRow), ...other.evidence.flatMap(factRows)]),
    ),
    ...section(t('Report'), more.map(actionRow)),
  ];
}

const section = (label: string, rows: readonly FindingRow[]): readonly FindingRow[] =>
  rows.length === 0 ? [] : [{ kind: 'heading', label }, ...rows];

/** The code, which leads to the documentation, stands beside the first line. */
function sentence({ code, severity, title, detail }: Finding): readonly FindingRow[] {
  const copies = `${title} ${detail}`.trim();
  const lines = [...wrapped(title, lineLength), ...wrapped(detail, lineLength)];
  return lines.map((line, index) => ({
    kind: 'text',
    label: `$(${index === 0 ? severityIcons[severity] : 'blank'}) ${escapeIcons(line)}`,
    description: index === 0 ? code : '',
    copies,
  }));
}

const severityIcons = { error: 'error', warning: 'warning', info: 'info' } as const;

const factRows = (fact: string): readonly FindingRow[] =>
  wrapped(fact, lineLength).map((line, index) => ({
    kind: 'text',
    label: `$(${index === 0 ? 'dash' : 'blank'}) ${escapeIcons(line)}`,
    description: '',
    copies: fact,
  }));

const actionRow = (action: FindingAction): FindingRow => ({
  kind: 'action',
  label: `$(${actionIcon(action)}) ${escapeIcons(action.title)}`,
  action,
});

/** In code points: a list of VS Code is 600 px wide, where about this many fit beside the icon. */
const lineLength = 78;
