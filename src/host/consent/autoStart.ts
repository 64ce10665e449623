/** Starts services when the workspace opens: only in a trusted workspace, and only what the user agreed to. */
import * as vscode from 'vscode';
import type { Consent } from '../../app/consent/consent';
import { describePlan } from '../../core/consent/plan';
import type { ServicePlan } from '../../core/consent/plan';
import type { ServiceSpec } from '../../core/model/service';
import { button } from '../../core/wording/button';
import { t } from '../../core/wording/l10n';
import { listOf } from '../../core/wording/listOf';
import { askModal, showMessage } from '../../messages/showMessage';
import { settings } from '../config/settings';

/** Returns the services that may be started. Asks when what they or their dependencies run is new or has changed. */
export async function consentToAutoStart(specs: readonly ServiceSpec[], consent: Consent): Promise<readonly ServiceSpec[]> {
  const wanted = specs.filter(({ autoStart }) => autoStart);
  if (wanted.length === 0 || !vscode.workspace.isTrusted || !settings().autoStart) return [];
  const pending = await consent.pending(
    wanted.map(({ id }) => id),
    (id) => specs.find((spec) => spec.id === id),
  );
  if (pending.kind !== 'ask') return pending.kind === 'agreed' ? wanted : [];
  const answer = await ask(wanted, pending);
  if (answer !== undefined) consent.answer(answer, pending.plans);
  return answer === 'automatic' ? wanted : [];
}

/** A notification first, which does not interrupt; the commands and the decision are in a modal dialog. */
async function ask(
  wanted: readonly ServiceSpec[],
  { plans, isChanged }: { readonly plans: readonly ServicePlan[]; readonly isChanged: boolean },
): Promise<'automatic' | 'refused' | undefined> {
  const names = listOf(
    wanted.map(({ id }) => id),
    'and',
  );
  const question = isChanged
    ? t('The commands that start with this workspace have changed ({0}). Review them to start the services automatically.', names)
    : t('Start these services whenever this workspace opens: {0}?', names);
  const review = button(t('Review Commands…'));
  if ((await showMessage('information', question, review, button(t('Not Now')))) !== review) return undefined;
  const always = button(t('Always Start'));
  const never = button(t("Don't Ask Again"));
  const detail = plans.map(describePlan).join('\n\n');
  const title = t('Run these commands whenever this workspace opens?');
  const answer = await askModal(title, detail, always, never);
  if (answer === always) return 'automatic';
  return answer === never ? 'refused' : undefined;
}
