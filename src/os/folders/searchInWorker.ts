/** Searches a folder for services in a thread of its own, so that no file can block the extension host. */
import { Worker } from 'node:worker_threads';
import type { Discovered } from '../../core/addServices/proposal';

/**
 * The search ends itself after 2 s of work. A single step that does not end, such as an expression over a hostile file, is ended
 * with its thread after this time of work. Waiting for a slow disk does not count.
 */
const maxWorkMs = 2500;
const checkIntervalMs = 100;
/** A search needs far less. More would take memory from the extension host's machine. */
const maxHeapMb = 512;

/** What the thread reports: the services so far, and at last all of them. */
export interface SearchReport {
  readonly kind: 'soFar' | 'done';
  readonly discovered: Discovered;
}

/** `bundle` is the path of the script that the thread runs, `root` the folder. Never rejects. */
export function searchInWorker(bundle: string, root: string): Promise<Discovered> {
  return new Promise((resolve) => {
    let soFar: Discovered = { proposals: [], ended: 'outOfTime' };
    const worker = new Worker(bundle, {
      workerData: { root },
      resourceLimits: { maxOldGenerationSizeMb: maxHeapMb },
      // Options of the extension host's own process must not reach the thread.
      execArgv: [],
    });
    const end = (discovered: Discovered): void => {
      clearInterval(timer);
      void worker.terminate();
      resolve(discovered);
    };
    const timer = setInterval(() => {
      if (worker.performance.eventLoopUtilization().active >= maxWorkMs) end(soFar);
    }, checkIntervalMs);
    worker.on('message', ({ kind, discovered }: SearchReport) => {
      if (kind === 'done') end(discovered);
      else soFar = { ...discovered, ended: 'outOfTime' };
    });
    worker.once('error', () => end(soFar));
    worker.once('exit', () => end(soFar));
  });
}
