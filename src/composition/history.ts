/** Keeps what happens to the services, and what their processes use, over a reload. */
import * as vscode from 'vscode';
import { Histories } from '../app/history/histories';
import { Sampling } from '../app/history/sampling';
import type { SamplingParts } from '../app/history/sampling';
import type { EventLog } from '../app/agents/eventLog';
import type { ServiceHistory } from '../core/history/record';
import type { ServiceIdentity } from '../core/model/identity';
import { t } from '../core/wording/l10n';
import type { DiskTrouble } from '../host/notifications/diskTrouble';
import { isNotificationWanted } from '../host/config/settings';
import { showMessage } from '../messages/showMessage';
import { HistoryFiles } from '../os/storage/historyFiles';
import type { Own, Parts } from './parts';

export interface KeptHistory {
  /** What is kept of a service. Never rejects. */
  read(service: ServiceIdentity): Promise<ServiceHistory>;
  /** Fires with the identity of a service whose history has grown. */
  readonly onDidAdd: vscode.Event<string>;
}

/** What the history is recorded from, and where trouble with the disk is reported. */
interface Sources {
  readonly events: EventLog;
  readonly disk: DiskTrouble;
}

export function keepHistory(parts: Parts, { events, disk }: Sources, own: Own): KeptHistory {
  const { store, supervisor, sharing, log, world, context, usage, ready } = parts;
  const { clock } = world;
  const added = own(new vscode.EventEmitter<string>());
  const folder = vscode.Uri.joinPath(context.globalStorageUri, 'history').fsPath;
  const files = own(
    new HistoryFiles(folder, clock, {
      setAside: (file) => {
        const text = t('A damaged history file was set aside as {0}, and its readable entries were kept.', file);
        log.warn(text);
        if (isNotificationWanted(false)) void showMessage('warning', text);
      },
      cannotWrite: (why) =>
        disk.report(
          t('The history of services is kept in memory only, because it cannot be saved ({0}). Services are not affected.', why),
        ),
    }),
  );
  const isOurs = (service: ServiceIdentity): boolean => !sharing.follows(service);
  // Which window supervises a service is known by then.
  const histories = ready.then(() => {
    void files.prune();
    const kept = own(new Histories({ store, clock, events, files, isOurs }));
    kept.onDidAdd((identity) => added.fire(identity));
    const processesOf: SamplingParts['processesOf'] = (id) => supervisor.runOf(id)?.tree?.known() ?? [];
    own(new Sampling({ store, clock, reader: usage, processesOf, isOurs, record: (samples) => kept.addSamples(samples) }));
    return kept;
  });
  return { read: async (service) => (await histories).read(service), onDidAdd: added.event };
}
