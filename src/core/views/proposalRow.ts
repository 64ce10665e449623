/** One found server as a row of the pick. */
import type { ProposedService } from '../proposal';
import { commandLine } from '../service';
import { escapeIcons } from './markdown';

export interface ProposalRow {
  readonly label: string;
  /** The command, and where it runs. */
  readonly description: string;
  /** How it is known to be there, and what came of trying it. */
  readonly detail: string;
}

/** `outcome` stands before the evidence, with its icon. */
export function proposalRow({ id, config, evidence }: ProposedService, outcome?: string): ProposalRow {
  const { port, cwd = '' } = config;
  const command = commandLine({ command: config.command, ...(port === undefined ? {} : { port }) });
  const place = cwd === '' ? '' : ` · in ${cwd}`;
  const seen = escapeIcons(evidence.join('; '));
  return {
    label: escapeIcons(id),
    description: escapeIcons(
      `${command}${place}${port === undefined || command.includes(String(port)) ? '' : ` · port ${port}`}`,
    ),
    detail: outcome === undefined ? seen : `${outcome} · ${seen}`,
  };
}
