/** Finds what would prevent a start, when the file is read. It is shown in Problems before anyone starts the service. */
import type { Preflight } from '../ports';
import { locateValue } from '../../core/config/locate';
import type { ConfigProblem } from '../../core/config/problem';
import { explainLaunch } from '../../core/wording/explain';
import type { LaunchFailure } from '../../core/model/failure';
import type { ServiceSpec } from '../../core/model/service';

/** The part of a parsed services.json that is needed here. */
interface ReadFile {
  readonly text: string;
  readonly services: readonly ServiceSpec[];
}

export async function launchProblems(file: ReadFile, preflight: Preflight): Promise<readonly ConfigProblem[]> {
  const found = await Promise.all(
    file.services.map(async (spec): Promise<ConfigProblem | undefined> => {
      const prepared = await preflight.prepare(spec);
      if (prepared.ok || prepared.failure.kind === 'untrusted' || mayBeMade(spec, prepared.failure)) return undefined;
      const range = locateValue(file.text, spec.key, keyOf(prepared.failure));
      return { severity: 'error', code: 'cannotStart', message: explainLaunch(prepared.failure), range, service: spec.id };
    }),
  );
  return found.filter((problem) => problem !== undefined);
}

/** A setup step may create what is missing. Only the start shows whether it does. */
const mayBeMade = ({ setup }: ServiceSpec, { kind }: LaunchFailure): boolean =>
  setup.length > 0 && (kind === 'missingCommand' || kind === 'missingEnvFile');

export function keyOf(failure: LaunchFailure): string {
  switch (failure.kind) {
    case 'missingFolder':
    case 'notAFolder':
      return 'cwd';
    case 'missingEnvFile':
    case 'unreadableEnvFile':
      return 'envFile';
    case 'unknownVariable':
      return failure.where;
    default:
      return 'command';
  }
}
