/** A service as a row of the dashboard. */
import { portOf } from '../snapshot/portOf';
import type { Service } from '../lifecycle/state';
import { defined } from '../model/defined';
import { briefCause } from '../snapshot/briefCause';
import { toSnapshot } from '../snapshot/toSnapshot';
import { actionsOf } from '../views/actions';
import { severity } from '../views/icon';
import { stateWords } from '../views/words';
import type { DashboardAction, DashboardService } from './messages';

export function serviceRow(service: Service): DashboardService {
  const { spec, state } = service;
  const { cpu, memory, startedAt, lastProbe } = toSnapshot(service);
  const waitingFor = state.lifecycle.kind === 'queued' ? state.lifecycle.waitingFor : [];
  return {
    ...{ id: spec.id, role: spec.role, group: spec.folderName, restarts: state.restarts.total },
    ...{ state: stateWords(service), severity: severity(service), actions: offered(service) },
    needs: spec.dependsOn.map(({ id }) => ({ id, isAwaited: waitingFor.some((each) => each.id === id) })),
    ...defined({ cause: briefCause(service), cpu, memory, startedAt, port: portOf(service) }),
    ...defined({ latency: lastProbe?.ok === true ? lastProbe.latencyMs : undefined }),
  };
}

/** Any service can be diagnosed: the answer may be that nothing is wrong. */
function offered(service: Service): readonly DashboardAction[] {
  const actions = actionsOf(service);
  return (['start', 'stop', 'restart', 'diagnose', 'open'] as const).filter(
    (action) => action === 'diagnose' || actions.includes(action),
  );
}
