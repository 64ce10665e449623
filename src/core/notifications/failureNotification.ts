/** The content of a failure notification: the verdict, the other services that are affected, and at most three buttons. */
import type { Finding, FindingAction } from '../diagnosis/finding';
import { actionButton } from '../diagnosis/actionButton';
import type { Service } from '../lifecycle/state';
import { commandIds } from '../model/commandIds';
import { toSnapshot } from '../snapshot/toSnapshot';
import { actionsOf, looks } from '../views/actions';
import { stateWords } from '../views/words';
import type { ButtonTitle } from '../wording/button';
import { t } from '../wording/l10n';
import { listOf } from '../wording/listOf';
import { sentences } from '../wording/sentence';

export interface FailureNotification {
  /** An error stays on the screen until the user answers it; a warning, for what may recover, is hidden after a while. */
  readonly severity: 'error' | 'warning';
  readonly message: string;
  readonly buttons: readonly NotificationButton[];
}

export interface NotificationButton {
  readonly title: ButtonTitle;
  readonly command: string;
  readonly arguments?: readonly unknown[];
}

/** Another service that failed for the same reason, or at the same time. */
export interface Affected {
  readonly id: string;
  /** The verdict, when it has a cause of its own. */
  readonly verdict?: Finding;
}

/** Without a verdict the state is shown. */
export function failureNotification(
  service: Service,
  verdict: Finding | undefined,
  others: readonly Affected[],
): FailureNotification {
  return {
    severity: service.state.lifecycle.kind === 'failed' ? 'error' : 'warning',
    message: sentences(headline(service, verdict), othersSentence(others)),
    buttons: buttons(service, verdict),
  };
}

/** Names the service always. */
function headline(service: Service, verdict: Finding | undefined): string {
  const { key } = service.spec;
  if (verdict !== undefined) return verdict.title.includes(key) ? verdict.title : `${key}: ${verdict.title}`;
  return sentences(`${key}: ${stateWords(service)}.`, toSnapshot(service).reason);
}

/** More names than this are counted. */
const maxNames = 6;

/** One other service is named with its own cause. */
function othersSentence(others: readonly Affected[]): string | undefined {
  const [first, ...more] = others;
  if (first === undefined) return undefined;
  if (more.length === 0 && first.verdict !== undefined) return t('{0} failed too: {1}', first.id, first.verdict.title);
  const names = others.slice(0, maxNames).map(({ id }) => id);
  const rest = others.length - names.length;
  return t('Also affected: {0}.', listOf(rest === 0 ? names : [...names, t('{0} more', rest)], 'and'));
}

/** Returns the most helpful action, the diagnosis and the terminal; where two of these are the same, the next helpful action. */
function buttons(service: Service, verdict: Finding | undefined): readonly NotificationButton[] {
  const { id } = service.spec;
  const own = (action: 'diagnose' | 'showTerminal'): NotificationButton =>
    shown({ title: looks[action].title, command: commandIds[action], arguments: [id] });
  const [first, second] = (verdict?.actions ?? []).map(shown);
  const terminal = actionsOf(service).includes('showTerminal') ? own('showTerminal') : undefined;
  const always = [first, own('diagnose'), terminal].filter((action) => action !== undefined).filter(isFirstWithTitle);
  if (first === undefined || second === undefined || always.length >= maxButtons) return always;
  return [first, second, ...always.slice(1)].filter(isFirstWithTitle);
}

const shown = (action: FindingAction): NotificationButton => ({ ...action, title: actionButton(action) });

/** VS Code shows no more than this beside each other. */
const maxButtons = 3;

/** VS Code reports only the title of the button that was clicked. */
const isFirstWithTitle = ({ title }: NotificationButton, index: number, all: readonly NotificationButton[]): boolean =>
  all.findIndex((other) => other.title === title) === index;
