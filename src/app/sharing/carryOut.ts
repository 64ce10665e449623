import type { StartedBy } from '../../core/lifecycle/state';
import type { Requests } from './leader';
import type { Ask } from './messages';

/** Carries out what was requested in a window that does not supervise the service. */
export function carryOut(supervisor: Requests, id: string, ask: Ask, by: StartedBy): void {
  switch (ask) {
    case 'stop':
      return supervisor.stop(id);
    case 'freePort':
      return supervisor.answerPort(id, 'stop');
    case 'monitor':
      return supervisor.answerPort(id, 'adopt');
    case 'start':
    case 'restart':
      return supervisor[ask](id, by);
  }
}
