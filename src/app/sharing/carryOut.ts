import type { StartedBy } from '../../core/lifecycle/state';
import type { ServiceIdentity } from '../../core/model/identity';
import type { RunOutput } from '../../core/output/runOutput';
import type { PortRequest } from '../run/launching';
import type { Ask, PortAnswer } from './messages';

export interface Requests {
  start(id: string, by: StartedBy): void;
  stop(id: string, by: StartedBy): void;
  restart(id: string, by: StartedBy): void;
  answerPort(id: string, answer: PortAnswer): void;
  stopForPort(service: ServiceIdentity, request: PortRequest): Promise<boolean>;
  /** What it wrote last. */
  output(id: string): RunOutput;
}

/** Carries out what was requested in a window that does not supervise the service. */
export function carryOut(supervisor: Requests, id: string, ask: Ask, by: StartedBy): void {
  switch (ask) {
    case 'freePort':
      return supervisor.answerPort(id, 'stop');
    case 'monitor':
      return supervisor.answerPort(id, 'adopt');
    case 'start':
    case 'stop':
    case 'restart':
      return supervisor[ask](id, by);
  }
}
