/** Profiles of the extension host, for V8's tools: they say whose a cost is. */
import { mkdir, writeFile } from 'node:fs/promises';
import { Session } from 'node:inspector/promises';
import { join } from 'node:path';

interface Recording {
  readonly ending: 'cpuprofile' | 'heapprofile';
  start(session: Session): Promise<void>;
  stop(session: Session): Promise<{ readonly profile: unknown }>;
}

const processor: Recording = {
  ending: 'cpuprofile',
  start: async (session) => {
    await session.post('Profiler.enable');
    await session.post('Profiler.start');
  },
  stop: (session) => session.post('Profiler.stop'),
};

/** How often V8 notes who allocates, in bytes: a sample for each this much, which is cheap. */
const samplingInterval = 8192;

const allocations: Recording = {
  ending: 'heapprofile',
  start: async (session) => {
    const all = { includeObjectsCollectedByMajorGC: true, includeObjectsCollectedByMinorGC: true };
    await session.post('HeapProfiler.startSampling', { samplingInterval, ...all });
  },
  stop: (session) => session.post('HeapProfiler.stopSampling'),
};

/** Without a folder the work is only done: profiling has a cost of its own. */
type Profiled = <T>(folder: string | undefined, name: string, work: () => Promise<T>) => Promise<T>;

const recorded =
  ({ ending, start, stop }: Recording): Profiled =>
  async (folder, name, work) => {
    if (folder === undefined) return work();
    const session = new Session();
    session.connect();
    await start(session);
    try {
      return await work();
    } finally {
      const { profile } = await stop(session);
      session.disconnect();
      await mkdir(folder, { recursive: true });
      await writeFile(join(folder, `${name}.${ending}`), JSON.stringify(profile));
    }
  };

/** How the processor is used meanwhile. */
export const profiled = recorded(processor);

/** What is allocated meanwhile, collected objects included. */
export const allocating = recorded(allocations);
