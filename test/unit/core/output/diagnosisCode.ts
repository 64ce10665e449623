/** The code of the verdict for a service that ended with a recorded output. */
import { findingsOf } from '../../../../src/core/diagnosis/diagnosis';
import { matchSignatures } from '../../../../src/core/diagnosis/output';
import { known } from '../../../../src/core/model/process';
import { repeatingCause } from '../../../../src/core/lifecycle/backoff';
import { defined } from '../../../../src/core/model/defined';
import { closed, down } from '../diagnosis/sample';
import type { Recording } from './recordings';

/** Returns the first code of the findings. Nothing is listening on the ports that the output names. */
export function diagnosisCode(
  { exitCode, healthyAfter }: Recording,
  { lines, before }: { readonly lines: readonly string[]; readonly before: number },
  sentence: string,
): string {
  const end = { exitCode, ...defined({ lastLine: sentence === '' ? undefined : sentence }) };
  const failure = {
    kind: 'crashed',
    end,
    beforeReady: healthyAfter === undefined,
    ...defined({ repeats: repeatingCause(end) }),
  } as const;
  const ports = matchSignatures(lines, 'database', 'refused').map(({ groups }) => [Number(groups['port']), closed] as const);
  const facts = down(
    { kind: 'failed', run: 'r1', at: 99_000, failure },
    { output: known(lines), linesBeforeHealthy: before, ports: new Map(ports) },
    { command: 'run the service' },
  );
  return findingsOf(facts)[0]?.code ?? '';
}
