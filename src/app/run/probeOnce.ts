/** Asks a service how it is. A command sees what the service sees: variables, `env` and env files. */
import { defined } from '../../core/model/defined';
import type { ProbeOutcome } from '../../core/model/health';
import type { ProbeManner } from '../../core/model/probePace';
import type { ProbeSpec, ServiceSpec } from '../../core/model/service';
import { explainLaunch } from '../../core/wording/explain';
import { judgeContainer } from '../../core/compose/judge';
import type { ProbeFailure } from '../../core/model/failure';
import { asksService } from '../../core/model/service';
import type { Containers } from '../containerPorts';
import type { Clock, Preflight, Prober } from '../ports';

export interface ProbeParts {
  readonly containers: Pick<Containers, 'look'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly prober: Prober;
  readonly preflight: Preflight;
  folderOf(spec: ServiceSpec): string;
}

export interface Probing {
  readonly spec: ServiceSpec;
  readonly probe: ProbeSpec;
  readonly manner?: ProbeManner | undefined;
}

/** Never rejects unless the parts do; a command that cannot be prepared is a failure. */
export async function probeOnce({ spec, probe, manner }: Probing, parts: ProbeParts, signal: AbortSignal): Promise<ProbeOutcome> {
  const { clock, prober, preflight } = parts;
  const { port, env } = spec;
  if (spec.compose !== undefined) {
    const began = clock.now();
    const failure = await containerFailure(spec, parts);
    if (failure !== undefined) return { ok: false, at: clock.now(), failure };
    // Its container is well: its own health check comes on top, when there is one.
    if (!asksService(probe)) return { ok: true, at: clock.now(), latencyMs: clock.now() - began };
  }
  if (!asksService(probe)) return { ok: false, at: clock.now(), failure: { kind: 'container', state: 'missing' } };
  const { target } = probe;
  if (target.kind !== 'exec')
    return prober.probe({ probe, cwd: parts.folderOf(spec), env, ...defined({ port, manner }) }, signal);
  const prepared = await preflight.prepare({ ...spec, command: target.command });
  if (!prepared.ok) {
    const detail = explainLaunch(prepared.failure);
    return { ok: false, at: clock.now(), failure: { kind: 'execFailed', command: target.command, exitCode: undefined, detail } };
  }
  const { command, cwd, env: environment } = prepared.launch;
  const line = typeof command === 'string' ? command : command.join(' ');
  const resolved = { ...probe, target: { kind: 'exec', command: line } } as const;
  return prober.probe({ probe: resolved, cwd, env: environment, ...defined({ port }) }, signal);
}

async function containerFailure(spec: ServiceSpec, { containers }: ProbeParts): Promise<ProbeFailure | undefined> {
  const seen = await containers.look(spec);
  return seen.kind === 'known' ? judgeContainer(seen.value) : { kind: 'unreachable', detail: seen.why };
}
