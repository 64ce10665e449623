/**
 * Finds addresses in a workspace that point to the wrong port. A problem needs an unclaimed port and exactly one service that may be
 * meant; what cannot be read, is computed or has two explanations is not reported.
 */
import { known } from '../model/process';
import { addressProblems } from './addresses';
import { composeProblems } from './compose';
import { corsProblems } from './cors';
import type { WiringProblem } from './problem';
import type { WiringContext } from './context';

/** Returns the problems in the order of the files and of their lines. */
export const judgeWiring = (context: WiringContext): readonly WiringProblem[] =>
  [...addressProblems(context), ...corsProblems(context), ...composeProblems(context)].sort(
    (a, b) => a.file.localeCompare(b.file) || a.range.offset - b.range.offset,
  );

/** Returns the ports on which the result depends: only for these it matters whether a process is listening. */
export function portsInQuestion(context: Omit<WiringContext, 'listens'>): ReadonlySet<number> {
  const asked = new Set<number>();
  const listens = (port: number) => {
    asked.add(port);
    return known(false);
  };
  judgeWiring({ ...context, listens });
  return asked;
}
