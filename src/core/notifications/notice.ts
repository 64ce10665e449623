/** What a failure that tells itself looks like: the verdict, who else is down, and at most three buttons. */
import type { Finding, FindingAction } from '../diagnosis/finding';
import { t } from '../wording/l10n';
import { toSnapshot } from '../snapshot/toSnapshot';
import type { Service } from '../lifecycle/state';
import { commandIds } from '../model/commandIds';
import { actionsOf, looks } from '../views/actions';
import { stateWords } from '../views/words';

export interface Notice {
  /** An error stays on the screen until it is answered; what may recover by itself is a warning, which goes after a while. */
  readonly severity: 'error' | 'warning';
  readonly message: string;
  readonly buttons: readonly FindingAction[];
}

/** `others` are down as well, for the same reason or together with it; without a verdict the state speaks. */
export function notice(service: Service, verdict: Finding | undefined, others: readonly string[]): Notice {
  return {
    severity: service.state.lifecycle.kind === 'failed' ? 'error' : 'warning',
    message: `${sentence(service, verdict)}${andMore(others)}`,
    buttons: buttons(service, verdict),
  };
}

/** Whom it is about is always said. */
function sentence(service: Service, verdict: Finding | undefined): string {
  const { key } = service.spec;
  if (verdict !== undefined) return verdict.title.includes(key) ? verdict.title : `${key}: ${verdict.title}`;
  const { reason } = toSnapshot(service);
  return `${key}: ${stateWords(service)}.${reason === undefined ? '' : ` ${reason}`}`;
}

/** So many names are read; more are counted. */
const mostNames = 6;

function andMore(others: readonly string[]): string {
  if (others.length === 0) return '';
  const names = others.slice(0, mostNames).join(', ');
  const list = `${names}${others.length > mostNames ? ', …' : '.'}`;
  return ` ${others.length === 1 ? t('And 1 more service: {0}', list) : t('And {0} more services: {1}', others.length, list)}`;
}

/** The one that helps most, the diagnosis and the terminal; where these are one and the same, what helps next. */
function buttons(service: Service, verdict: Finding | undefined): readonly FindingAction[] {
  const { id } = service.spec;
  const own = (action: 'diagnose' | 'showTerminal'): FindingAction => ({
    title: looks[action].title,
    command: commandIds[action],
    arguments: [id],
  });
  const [first, second] = verdict?.actions ?? [];
  const always = [
    ...(first === undefined ? [] : [first]),
    own('diagnose'),
    ...(actionsOf(service).includes('showTerminal') ? [own('showTerminal')] : []),
  ].filter(isFirstOfItsTitle);
  if (first === undefined || second === undefined || always.length >= mostButtons) return always;
  return [first, second, ...always.slice(1)].filter(isFirstOfItsTitle);
}

/** More do not fit beside each other. */
const mostButtons = 3;

/** VS Code tells only the title of the button that was pressed. */
const isFirstOfItsTitle = ({ title }: FindingAction, index: number, all: readonly FindingAction[]): boolean =>
  all.findIndex((other) => other.title === title) === index;
