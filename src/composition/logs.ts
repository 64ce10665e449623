/** Keeps the output of services over a reload. */
import * as vscode from 'vscode';
import { identityOf } from '../core/model/identity';
import type { Service } from '../core/lifecycle/state';
import { LogFiles } from '../os/storage/logFiles';
import type { Own, Parts } from './parts';

export interface KeptLogs {
  /** Settles when the log of a service holds what there is of it, also in a window that follows. */
  refresh(service: Service): Promise<void>;
}

export function keepLogs({ store, logs, world, sharing, context, ready }: Parts, own: Own): KeptLogs {
  const files = own(new LogFiles(vscode.Uri.joinPath(context.globalStorageUri, 'logs').fsPath, logs, world.clock));
  /** By identity, as far as the file of an earlier window was read. */
  const restored = new Map<string, Promise<void>>();
  const restore = ({ spec }: Service): Promise<void> => {
    const identity = identityOf(spec);
    const known = restored.get(identity);
    if (known !== undefined) return known;
    const reading = files.read(identity).then((slice) => logs.restore(identity, slice));
    restored.set(identity, reading);
    return reading;
  };
  const refresh = async (service: Service): Promise<void> => {
    if (!sharing.follows(service.spec)) return restore(service);
    const identity = identityOf(service.spec);
    logs.replace(identity, await files.read(identity));
  };
  void ready.then(() => Promise.all(store.services().map(restore)));
  return { refresh };
}
