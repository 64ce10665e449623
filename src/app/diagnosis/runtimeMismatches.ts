/** Finds services that would start with another version of Node or Python than their project asks for. */
import type { HostFacts } from '../../core/diagnosis/facts';
import type { FindingAction } from '../../core/diagnosis/finding';
import { mismatch } from '../../core/diagnosis/rules/runtimeVersion';
import type { ServiceSpec } from '../../core/model/service';
import { upTo } from '../../core/workspaceFiles/paths';
import type { World } from '../world';
import type { RuntimeReader } from './parts';

export interface RuntimeMismatch {
  readonly spec: ServiceSpec;
  /** One sentence. */
  readonly message: string;
  /** The most helpful action comes first. */
  readonly actions: readonly FindingAction[];
}

export interface MismatchParts {
  readonly world: Pick<World, 'folderOf' | 'preflight'>;
  readonly runtimes: RuntimeReader;
  readonly host: HostFacts;
}

/** Returns undefined when the version fits, when none is asked for, or when nothing could be started. */
export async function runtimeMismatch(spec: ServiceSpec, parts: MismatchParts): Promise<RuntimeMismatch | undefined> {
  const { world, runtimes, host } = parts;
  const prepared = await world.preflight.prepare(spec);
  // In a workspace that is not trusted its PATH must choose no program.
  if (!prepared.ok) return undefined;
  const cwd = world.folderOf(spec);
  const { env } = prepared.launch;
  const runtime = await runtimes.look({ command: spec.command, folders: upTo(cwd, spec.folder), env });
  if (runtime === undefined || runtime.fits) return undefined;
  const { title, actions } = mismatch({ spec, cwd, host }, runtime);
  return { spec, message: title, actions };
}
