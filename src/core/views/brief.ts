/**
 * The few words beside the name of a service in a list, where its icon already shows the state: the cause of a problem, the port of a
 * service that is up, or else its state. The one place that decides this for the pick, the palette and the hover of the status bar.
 */
import { toSnapshot } from '../snapshot/toSnapshot';
import type { Service } from '../lifecycle/state';
import { shortened, withoutFolders } from '../wording/text';
import { severity } from './icon';
import { rowWords } from './tree';
import { isSaidByWords, stateWords } from './words';

export function brief(service: Service): string {
  const level = severity(service);
  const words = level === 'warning' || level === 'error' ? [causeOf(service)] : wordsOf(service);
  return shortened(withoutFolders(words.join(' · ')), maxLength);
}

function causeOf(service: Service): string {
  const { reason } = toSnapshot(service);
  return reason === undefined || isSaidByWords(service.state.lifecycle) ? stateWords(service) : reason;
}

/** The check mark of a healthy service needs no word. */
function wordsOf(service: Service): readonly string[] {
  const [state = '', ...details] = rowWords(service);
  const { lifecycle } = service.state;
  const isHealthy = lifecycle.kind === 'running' && lifecycle.health.kind === 'healthy';
  return isHealthy && details.length > 0 ? details : [state, ...details];
}

/** In code points. */
const maxLength = 60;
