/** One found server as a row of the pick, with what came of trying it. */
import type { ProposedService } from '../proposal';
import { commandLine } from '../service';
import { isOutcome } from '../trial';
import type { Trial } from '../trial';
import { escapeIcons } from './markdown';

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
  const place = cwd === '' ? '' : ` · in ${cwd}`;
  const listens = port === undefined || new RegExp(`\\b${port}\\b`).test(command) ? '' : ` · port ${port}`;
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
      return 'Waiting for the try before it to end';
    case 'starting':
      return `Trying… ${trial.reason ?? ''}`.trim();
    case 'ending':
      return 'Stopping it again…';
    case 'answers':
      return `Answers on ${trial.url} (${trial.status}, ${Math.round(trial.latencyMs)} ms)`;
    case 'listens':
      return `Listens on ${ports(trial.ports)}`;
    case 'lives':
      return `Runs, and opened no port within ${trial.ms / 1000} s`;
    case 'elsewhere':
      return `Listens on ${ports(trial.ports)} instead of port ${trial.expected}: correct "port" once it is added`;
    case 'failed':
      return trial.why;
    case 'stopped':
      return 'The try was stopped';
  }
}

const ports = (all: readonly number[]): string => `port ${[...all].sort((a, b) => a - b).join(', ')}`;

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
