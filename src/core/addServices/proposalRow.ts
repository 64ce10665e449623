/** One found server as a row of the pick, with what came of trying it. */
import { t } from '../wording/l10n';
import type { ProposedService } from './proposal';
import { commandLine } from '../model/service';
import { isOutcome } from './trial';
import type { Trial } from './trial';
import { escapeIcons } from '../wording/markdown';

export interface ProposalRow {
  readonly label: string;
  /** The command, and where it runs. */
  readonly description: string;
  /** What came of trying it, else how it is known to be there. */
  readonly detail: string;
}

export function proposalRow({ id, config, evidence }: ProposedService, trial?: Trial): ProposalRow {
  const { port, cwd = '' } = config;
  const command = commandLine({ command: config.command, ...(port === undefined ? {} : { port }) });
  const place = cwd === '' ? '' : ` · ${t('in {0}', cwd)}`;
  const listens = port === undefined || new RegExp(`\\b${port}\\b`).test(command) ? '' : ` · ${t('port {0}', port)}`;
  return {
    label: escapeIcons(id),
    description: escapeIcons(`${command}${place}${listens}`),
    detail: trial === undefined ? escapeIcons(evidence.join('; ')) : `$(${icon(trial)}) ${escapeIcons(trialWords(trial))}`,
  };
}

/** One sentence without its full stop, as it stands in the row. */
export function trialWords(trial: Trial): string {
  switch (trial.kind) {
    case 'waiting':
      return t('Waiting for the try before it to end');
    case 'starting':
      return `${t('Trying…')} ${trial.reason ?? ''}`.trim();
    case 'ending':
      return t('Stopping it again…');
    case 'answers':
      return t('Answers on {0} ({1}, {2} ms)', trial.url, trial.status, Math.round(trial.latencyMs));
    case 'listens':
      return t('Listens on port {0}', ports(trial.ports));
    case 'lives':
      return t('Runs, and opened no port within {0} s', trial.ms / 1000);
    case 'elsewhere':
      return t('Listens on port {0} instead of port {1}: correct "port" once it is added', ports(trial.ports), trial.expected);
    case 'failed':
      return trial.why;
    case 'stopped':
      return t('The try was stopped');
  }
}

const ports = (all: readonly number[]): string => [...all].sort((a, b) => a - b).join(', ');

function icon(trial: Trial): string {
  if (!isOutcome(trial)) return trial.kind === 'waiting' ? 'watch' : 'loading~spin';
  switch (trial.kind) {
    case 'answers':
    case 'listens':
    case 'lives':
      return 'pass';
    case 'elsewhere':
      return 'warning';
    case 'failed':
      return 'error';
    case 'stopped':
      return 'circle-slash';
  }
}
