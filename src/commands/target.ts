/** Finds the service that a command is for: an id, a row of the tree, the focused row, or what the user picks. */
import type * as vscode from 'vscode';
import { t } from '../core/wording/l10n';
import type { Service } from '../core/lifecycle/state';
import { candidates, noCandidate } from '../core/views/candidates';
import type { Purpose } from '../core/views/candidates';
import { showPick } from '../messages/showPick';
import { showMessage } from '../messages/showMessage';

export interface Choices {
  services(): readonly Service[];
  /** The service whose row has the keyboard focus; only right after `list.toggleSelection`. */
  focusedId(): string | undefined;
  /** The service whose row is selected in the view, when it is visible. */
  selectedId(): string | undefined;
}

/** What the user is asked, and for which services it makes sense. */
export interface Request {
  readonly purpose: Purpose;
  readonly question: string;
}

/** The service of the latest command, which the next one may be for as well. */
let lastUsed: string | undefined;

/** Returns the id of the service; undefined when the user picks none, or when there is no service. Asks only if several fit. */
export async function target(argument: unknown, choices: Choices, request: Request): Promise<string | undefined> {
  const id = named(argument, choices) ?? (await choose(choices, request));
  lastUsed = id ?? lastUsed;
  return id;
}

async function choose(choices: Choices, { purpose, question }: Request): Promise<string | undefined> {
  const services = choices.services();
  const recent = [choices.selectedId(), lastUsed].filter((id) => id !== undefined);
  const offered = candidates(services, purpose, recent);
  if (offered.length > 1) return (await showPick(offered, look(question)))?.id;
  if (offered.length === 0) void showMessage('information', services.length === 0 ? noServices() : noCandidate(purpose));
  return offered[0]?.id;
}

const look = (question: string): vscode.QuickPickOptions => ({
  title: t('Services'),
  placeHolder: question,
  matchOnDescription: true,
});

const noServices = (): string =>
  t('No services are configured in this workspace: add them with the command Services: Add Services.');

function named(argument: unknown, choices: Choices): string | undefined {
  if (typeof argument === 'string') return argument;
  if (typeof argument !== 'object' || argument === null) return undefined;
  if ('focused' in argument) return choices.focusedId();
  return 'id' in argument && typeof argument.id === 'string' ? argument.id : undefined;
}
