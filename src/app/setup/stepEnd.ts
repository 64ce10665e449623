/** Waits for the end of a command in a terminal. */
import type { Lifetime } from '../lifetime';
import type { Clock, ProcessTrees, StepEnd, StepTerminals } from '../ports';

export type LaunchedStep = Extract<Awaited<ReturnType<StepTerminals['launch']>>, { ok: true }>;

/** The terminal reports the end about 0.3 s after the process (seen on 1.139.1); after this time (ms) the wait ends. */
const reportTimeMs = 4000;

/** The end may never be reported, as when the terminal goes with its window. */
export function stepEnded(
  { process, end }: LaunchedStep,
  { trees, clock }: { readonly trees: ProcessTrees; readonly clock: Clock },
  lifetime: Lifetime,
): Promise<StepEnd> {
  const untold = new Promise<StepEnd>((resolve) => {
    const gone = (): void => void lifetime.add(clock.after(reportTimeMs, () => resolve({ kind: 'exited', exitCode: undefined })));
    lifetime.add(trees.watchExit(process, gone));
  });
  return Promise.race([end, untold]);
}
