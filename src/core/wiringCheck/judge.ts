/**
 * Reads how the parts of a workspace are wired to one another, and tells what leads nowhere. An alarm needs a port that is nobody's
 * and exactly one service that can be meant; whatever cannot be read, is computed or has two explanations gives none.
 */
import { known } from '../model/process';
import { addressProblems } from './addresses';
import { composeProblems } from './compose';
import { corsProblems } from './cors';
import type { WiringProblem } from './problem';
import type { Scene } from './scene';

/** In the order of the files and of their lines. */
export const judgeWiring = (scene: Scene): readonly WiringProblem[] =>
  [...addressProblems(scene), ...corsProblems(scene), ...composeProblems(scene)].sort(
    (a, b) => a.file.localeCompare(b.file) || a.range.offset - b.range.offset,
  );

/** Ports on which the judgement depends: only of these does it matter whether somebody listens. */
export function portsInQuestion(scene: Omit<Scene, 'listens'>): ReadonlySet<number> {
  const asked = new Set<number>();
  const listens = (port: number) => {
    asked.add(port);
    return known(false);
  };
  judgeWiring({ ...scene, listens });
  return asked;
}
