/** What would refuse a start, found while the file is read: shown in Problems at its key, before anybody presses Start. */
import { findNodeAtLocation, parseTree } from 'jsonc-parser';
import type { Preflight } from '../app/ports';
import type { ConfigProblem, TextRange } from '../core/config/problem';
import { explainLaunch } from '../core/wording/explain';
import type { LaunchFailure } from '../core/model/failure';
import type { ServiceSpec } from '../core/model/service';
import type { ConfigFile } from './configFiles';

export async function launchProblems(file: ConfigFile, preflight: Preflight): Promise<readonly ConfigProblem[]> {
  const found = await Promise.all(
    file.services.map(async (spec): Promise<ConfigProblem | undefined> => {
      const prepared = await preflight.prepare(spec);
      if (prepared.ok || prepared.failure.kind === 'untrusted' || mayBeMade(spec, prepared.failure)) return undefined;
      const range = rangeOf(file.text, spec.key, keyOf(prepared.failure));
      return { severity: 'error', code: 'cannotStart', message: explainLaunch(prepared.failure), range, service: spec.id };
    }),
  );
  return found.filter((problem) => problem !== undefined);
}

/** Its setup may be what makes it; whether it does, the start tells. */
const mayBeMade = ({ setup }: ServiceSpec, { kind }: LaunchFailure): boolean =>
  setup.length > 0 && (kind === 'missingCommand' || kind === 'missingEnvFile');

/** Where the value at fault is, or the service's name when the default is at fault. */
function rangeOf(text: string, service: string, key: string): TextRange {
  const root = parseTree(text);
  if (root === undefined) return { offset: 0, length: 0 };
  const value = findNodeAtLocation(root, ['services', service, key]);
  const name = findNodeAtLocation(root, ['services', service])?.parent?.children?.[0];
  const node = value ?? name ?? root;
  return { offset: node.offset, length: node.length };
}

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
