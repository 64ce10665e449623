/** The bundle of the thread that searches for services. Only this one has the YAML and TOML parsers. */
import { isMainThread, parentPort, workerData } from 'node:worker_threads';
import { search } from '../discovery/discover';
import { folderOnDisk } from '../os/folders/folderOnDisk';
import type { SearchReport } from '../os/folders/searchInWorker';

/** For folders that only VS Code can read; these are searched without a thread. */
export { search };

if (!isMainThread && parentPort !== null) {
  const port = parentPort;
  const report = (message: SearchReport): void => port.postMessage(message);
  const { root } = workerData as { readonly root: string };
  void search(folderOnDisk(root), (discovered) => report({ kind: 'soFar', discovered })).then((discovered) =>
    report({ kind: 'done', discovered }),
  );
}
