/** Connects the dashboard with what it shows. */
import * as vscode from 'vscode';
import { Lifetime, Slot } from '../app/lifetime';
import { sampleMs } from '../core/history/record';
import { readMembers } from '../app/diagnosis/treeFacts';
import { ProcessLook } from '../app/processLook';
import { cleaner } from '../core/agents/clean';
import { shownName } from '../core/checks/checks';
import { environmentOf, factsOf } from '../core/dashboard/facts';
import type { Histories } from '../core/dashboard/timeline';
import { allIncidents } from '../core/dashboard/timeline';
import { incidentReport } from '../core/history/incidentReport';
import type { Service } from '../core/lifecycle/state';
import { identityOf } from '../core/model/identity';
import { toSnapshot } from '../core/snapshot/toSnapshot';
import { stateWords } from '../core/views/words';
import { t } from '../core/wording/l10n';
import { span } from '../core/wording/span';
import type { DashboardParts } from '../host/dashboard/dashboardPanel';
import type { LogSessionParts } from '../host/logs/logSession';
import type { Deferred } from './deferred';
import type { Parts } from './parts';

const seenKey = 'dashboard.seenAt';

export function dashboardParts(parts: Parts, deferred: Deferred, log: LogSessionParts): DashboardParts {
  const { store, sharing, world, usage, context } = parts;
  const { clock } = world;
  const processes = new ProcessLook(usage, clock);
  return {
    log,
    feed: {
      ...{ store, clock },
      history: ({ spec }) => deferred.history.read(spec),
      onDidAddHistory: (listener) => {
        const lifetime = new Lifetime();
        lifetime.add(deferred.history.onDidAdd(() => listener()));
        // What another window records is only read.
        const next = lifetime.add(new Slot());
        const again = (): void => {
          if (store.services().some(({ spec }) => sharing.follows(spec))) listener();
          next.set(clock.after(sampleMs, again));
        };
        next.set(clock.after(sampleMs, again));
        return lifetime;
      },
      details: async (service) => ({
        ...{ service: service.spec.id, facts: factsOf(service), environment: environmentOf(service) },
        processes: await processes.look(readMembers(service.state.lifecycle, world.trees)),
      }),
      check: (id) => deferred.runChecks(id),
      describeCheck: (_, { name, ok, message, latencyMs }) => ({
        ...{ name: shownName(name), ok },
        text: message ?? (latencyMs === undefined ? t('ok') : t('in {0}', span(latencyMs))),
      }),
    },
    presence: {
      clock,
      remembered: {
        read: () => context.workspaceState.get<number>(seenKey, 0),
        write: (at) => void context.workspaceState.update(seenKey, at),
      },
      isFocused: () => vscode.window.state.focused,
      onFocusChange: (listener) => vscode.window.onDidChangeWindowState(({ focused }) => listener(focused)),
    },
    report: () => report(parts, deferred),
  };
}

async function report({ store, world, preflight, logs }: Parts, deferred: Deferred): Promise<string> {
  const services = store.services();
  const read = async (service: Service): Promise<readonly string[]> => {
    await deferred.keptLogs.refresh(service).catch(() => undefined);
    return preflight.envFileValues(service.spec).catch(() => []);
  };
  const values = (await Promise.all(services.map(read))).flat();
  const histories: Histories = new Map(
    await Promise.all(services.map(async ({ spec }) => [spec.id, await deferred.history.read(spec)] as const)),
  );
  return incidentReport({
    services: services.map((service) => {
      const { reason } = toSnapshot(service);
      const lines = logs.read(identityOf(service.spec)).lines.map(({ text }) => text);
      return { name: service.spec.id, state: stateWords(service), ...(reason !== undefined && { reason }), lines };
    }),
    incidents: allIncidents(histories),
    now: world.clock.now(),
    clean: cleaner([...values, ...services.flatMap(({ spec }) => Object.values(spec.env))]),
  });
}
