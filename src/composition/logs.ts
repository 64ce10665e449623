/** Keeps the output of services over a reload. */
import * as vscode from 'vscode';
import { identityOf } from '../core/model/identity';
import type { Service } from '../core/lifecycle/state';
import { logLimits } from '../core/output/logStore';
import type { LogLine, LogSlice } from '../core/output/logStore';
import { t } from '../core/wording/l10n';
import { logBytes } from '../host/config/settings';
import type { DiskTrouble } from '../host/notifications/diskTrouble';
import { LogFiles } from '../os/storage/logFiles';
import type { Own, Parts } from './parts';

export interface KeptLogs {
  /** Settles when the log of a service holds what there is of it, also in a window that follows. */
  refresh(service: Service): Promise<void>;
  /** Everything that is kept of a service, on disk as well; oldest first. Never rejects. */
  readWhole(service: Service): Promise<readonly LogLine[]>;
}

export function keepLogs(parts: Parts, disk: DiskTrouble, own: Own): KeptLogs {
  const { store, logs, world, sharing, context, ready } = parts;
  const failed = (cause: string): void =>
    disk.report(t('Logs cannot be written to disk: {0}. The services go on, and their latest lines are kept in memory.', cause));
  const folder = vscode.Uri.joinPath(context.globalStorageUri, 'logs').fsPath;
  const files = own(new LogFiles(folder, { logs, clock: world.clock, maxBytes: logBytes, failed }));
  /** By identity, as far as the file of an earlier window was read. */
  const restored = new Map<string, Promise<void>>();
  const readLatest = (identity: string): Promise<LogSlice> => files.read(identity, logLimits.lines);
  const restore = ({ spec }: Service): Promise<void> => {
    const identity = identityOf(spec);
    const known = restored.get(identity);
    if (known !== undefined) return known;
    const reading = readLatest(identity).then((slice) => logs.restore(identity, slice));
    restored.set(identity, reading);
    return reading;
  };
  const refresh = async (service: Service): Promise<void> => {
    if (!sharing.follows(service.spec)) return restore(service);
    const identity = identityOf(service.spec);
    logs.replace(identity, await readLatest(identity));
  };
  const readWhole = async (service: Service): Promise<readonly LogLine[]> => {
    await refresh(service);
    await files.flush();
    const identity = identityOf(service.spec);
    const onDisk = (await files.read(identity)).lines;
    const { lines } = logs.read(identity);
    const first = lines[0]?.seq ?? Infinity;
    return [...onDisk.filter(({ seq }) => seq < first), ...lines];
  };
  void ready.then(() => Promise.all(store.services().map(restore)));
  return { refresh, readWhole };
}
