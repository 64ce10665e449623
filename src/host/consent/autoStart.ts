/** Starts services when the workspace opens: only in a trusted workspace, and only what the user agreed to. */
import * as vscode from 'vscode';
import type { Consent } from '../../app/consent/consent';
import { startsWithWorkspace } from '../../core/consent/automatic';
import { describePlan } from '../../core/consent/plan';
import type { ServicePlan } from '../../core/consent/plan';
import type { ServiceSpec } from '../../core/model/service';
import { button } from '../../core/wording/button';
import { t } from '../../core/wording/l10n';
import { listOf } from '../../core/wording/listOf';
import { escapeIcons } from '../../core/wording/markdown';
import { plainMessage } from '../../core/wording/plainMessage';
import { showPick } from '../../messages/showPick';
import { askModal, showMessage } from '../../messages/showMessage';
import { settings } from '../config/settings';

export interface AutoStartAnswer {
  readonly allowed: readonly ServiceSpec[];
  /** Their rows need not ask any longer. */
  readonly declined: readonly ServiceSpec[];
}

export interface AutoStartQuestion {
  /** A notification first, which does not interrupt; `review` shows the commands at once, because the user asked for them. */
  readonly how: 'notify' | 'review';
  /** Called for each service that waits from now on. */
  waiting(id: string): void;
}

const none: AutoStartAnswer = { allowed: [], declined: [] };

/** Asks when what the services or their dependencies run is new or has changed. A question that was closed stays open in their rows. */
export async function consentToAutoStart(
  specs: readonly ServiceSpec[],
  consent: Consent,
  question: AutoStartQuestion,
): Promise<AutoStartAnswer> {
  const { autoStart, autoStartGroups } = settings();
  const wanted = specs.filter((spec) => startsWithWorkspace(spec, autoStartGroups));
  if (wanted.length === 0 || !vscode.workspace.isTrusted || !autoStart) return none;
  const pending = await consent.pending(
    wanted.map(({ id }) => id),
    (id) => specs.find((spec) => spec.id === id),
  );
  if (pending.kind === 'agreed') return { allowed: wanted, declined: [] };
  if (pending.kind === 'refused') return { allowed: [], declined: wanted };
  for (const { id } of wanted) question.waiting(id);
  const answer = question.how === 'review' ? await review(pending.plans) : await notify(wanted, pending);
  if (answer === 'automatic' || answer === 'refused') consent.answer(answer, pending.plans);
  if (answer === 'automatic') return { allowed: wanted, declined: [] };
  return answer === undefined ? none : { allowed: [], declined: wanted };
}

type Answer = 'automatic' | 'refused' | 'notNow' | undefined;

async function notify(
  wanted: readonly ServiceSpec[],
  { plans, isChanged }: { readonly plans: readonly ServicePlan[]; readonly isChanged: boolean },
): Promise<Answer> {
  const names = listOf(
    wanted.map(({ id }) => id),
    'and',
  );
  const question = isChanged
    ? t('The commands that start with this workspace have changed ({0}). Review them to start the services automatically.', names)
    : t('Start these services whenever this workspace opens: {0}?', names);
  const reviewCommands = button(t('Review Commands…'));
  const notNow = button(t('Not Now'));
  const answer = await showMessage('information', question, reviewCommands, notNow);
  if (answer === notNow) return 'notNow';
  return answer === reviewCommands ? review(plans) : undefined;
}

/** The commands and the decision are in a modal dialog. */
async function review(plans: readonly ServicePlan[]): Promise<Answer> {
  const always = button(t('Always Start'));
  const never = button(t("Don't Ask Again"));
  const detail = plans.map(describePlan).join('\n\n');
  const answer = await askModal(t('Run these commands whenever this workspace opens?'), detail, always, never);
  if (answer === always) return 'automatic';
  return answer === never ? 'refused' : undefined;
}

/** Asks about a service that was not started automatically because its commands are others now. Undefined when nothing was chosen. */
export async function pickChangedCommands(plan: ServicePlan): Promise<'start' | 'dismiss' | undefined> {
  const detail = escapeIcons(plainMessage(describePlan(plan)).replace(/\s+/g, ' '));
  const items = [
    { label: t('Start with the New Commands'), detail, answer: 'start' as const },
    { label: t('Dismiss'), answer: 'dismiss' as const },
  ];
  const placeHolder = t('What this service runs has changed since you last started it.');
  return (await showPick(items, { title: plan.spec.key, placeHolder }))?.answer;
}
