/** The bundle of the panels: loaded when the first of them is opened, or restored by VS Code. */
import './language';
import { Panel } from '../host/webview/panel';
import { LogDocuments } from '../host/logs/logDocuments';
import { logPanel } from '../host/logs/logPanel';
import type { LogRequest } from '../host/logs/logPanel';
import type { LogSessionParts } from '../host/logs/logSession';
import type { Deferred } from './deferred';
import type { Own, Parts } from './parts';

export interface Webviews {
  readonly log: Panel<LogRequest>;
}

export function createWebviews({ store, logs, world, sharing, context }: Parts, deferred: Deferred, own: Own): Webviews {
  const log: LogSessionParts = {
    ...{ store, logs, clock: world.clock, documents: own(new LogDocuments()) },
    readWhole: (service) => deferred.keptLogs.readWhole(service),
    refresh: (service) => deferred.keptLogs.refresh(service).catch(() => undefined),
    follows: ({ spec }) => sharing.follows(spec),
    folderOf: (spec) => world.folderOf(spec),
  };
  return { log: own(new Panel(logPanel(context.extension.extensionUri, log))) };
}
