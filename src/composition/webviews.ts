/** The bundle of the panels: loaded when the first of them is opened, or restored by VS Code. */
import './language';
import { dashboardPanel } from '../host/dashboard/dashboardPanel';
import type { DashboardRequest } from '../host/dashboard/dashboardPanel';
import { Panel } from '../host/webview/panel';
import { LogDocuments } from '../host/logs/logDocuments';
import { logPanel } from '../host/logs/logPanel';
import type { LogRequest } from '../host/logs/logPanel';
import type { LogSessionParts } from '../host/logs/logSession';
import { dashboardParts } from './dashboard';
import type { Deferred } from './deferred';
import type { Own, Parts } from './parts';

export interface Webviews {
  readonly log: Panel<LogRequest>;
  readonly dashboard: Panel<DashboardRequest>;
}

export function createWebviews(parts: Parts, deferred: Deferred, own: Own): Webviews {
  const { store, logs, world, sharing, context } = parts;
  const { extensionUri } = context.extension;
  const log: LogSessionParts = {
    ...{ store, logs, clock: world.clock, documents: own(new LogDocuments()) },
    readWhole: (service) => deferred.keptLogs.readWhole(service),
    refresh: (service) => deferred.keptLogs.refresh(service).catch(() => undefined),
    follows: ({ spec }) => sharing.follows(spec),
    folderOf: (spec) => world.folderOf(spec),
  };
  return {
    log: own(new Panel(logPanel(extensionUri, log))),
    dashboard: own(new Panel(dashboardPanel(extensionUri, dashboardParts(parts, deferred, log)))),
  };
}
