/** The content of a failure notification: the verdict, the other services that are affected, and at most three buttons. */
import type { Finding, FindingAction } from '../diagnosis/finding';
import type { Service } from '../lifecycle/state';
import { commandIds } from '../model/commandIds';
import { toSnapshot } from '../snapshot/toSnapshot';
import { actionsOf, looks } from '../views/actions';
import { stateWords } from '../views/words';
import { t } from '../wording/l10n';
import { listOf } from '../wording/listOf';
import { sentences } from '../wording/sentence';

export interface FailureNotification {
  /** An error stays on the screen until the user answers it; a warning, for what may recover, is hidden after a while. */
  readonly severity: 'error' | 'warning';
  readonly message: string;
  readonly buttons: readonly FindingAction[];
}

/** `others` failed for the same reason, or at the same time. Without a verdict the state is shown. */
export function failureNotification(
  service: Service,
  verdict: Finding | undefined,
  others: readonly string[],
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

function othersSentence(others: readonly string[]): string | undefined {
  if (others.length === 0) return undefined;
  const names = others.slice(0, maxNames);
  const rest = others.length - names.length;
  return t('Also affected: {0}.', listOf(rest === 0 ? names : [...names, t('{0} more', rest)], 'and'));
}

/** Returns the most helpful action, the diagnosis and the terminal; where two of these are the same, the next helpful action. */
function buttons(service: Service, verdict: Finding | undefined): readonly FindingAction[] {
  const { id } = service.spec;
  const own = (action: 'diagnose' | 'showTerminal'): FindingAction => ({
    title: looks[action].title,
    command: commandIds[action],
    arguments: [id],
  });
  const [first, second] = verdict?.actions ?? [];
  const terminal = actionsOf(service).includes('showTerminal') ? own('showTerminal') : undefined;
  const always = [first, own('diagnose'), terminal].filter((action) => action !== undefined).filter(isFirstWithTitle);
  if (first === undefined || second === undefined || always.length >= maxButtons) return always;
  return [first, second, ...always.slice(1)].filter(isFirstWithTitle);
}

/** VS Code shows no more than this beside each other. */
const maxButtons = 3;

/** VS Code reports only the title of the button that was clicked. */
const isFirstWithTitle = ({ title }: FindingAction, index: number, all: readonly FindingAction[]): boolean =>
  all.findIndex((other) => other.title === title) === index;
