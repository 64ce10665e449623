/** Asks a service how it is. A command sees what the service sees: variables, `env` and env files. */
import { defined } from '../../core/model/defined';
import type { ProbeOutcome } from '../../core/model/health';
import type { ProbeManner } from '../../core/model/probePace';
import type { AskedProbe, ProbeSpec, ServiceSpec } from '../../core/model/service';
import { explainLaunch } from '../../core/wording/explain';
import { publishedPort } from '../../core/compose/publishedPort';
import { judgeContainer } from '../../core/compose/judge';
import { asksService } from '../../core/model/service';
import type { Containers } from '../containerPorts';
import type { Clock, Preflight, Prober } from '../ports';

export interface ProbeParts {
  readonly containers: Pick<Containers, 'look' | 'engineHost'>;
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
  if (spec.compose !== undefined) return probeContainer({ spec, probe, ...defined({ manner }) }, parts, signal);
  return asksService(probe) ? probeService({ spec, probe, ...defined({ manner }) }, parts, signal) : missing(parts);
}

const missing = ({ clock }: ProbeParts): ProbeOutcome => ({
  ...{ ok: false, at: clock.now(), failure: { kind: 'container', state: 'missing' } },
});

/** Its own health check comes on top of that of its container, when there is one, at the port that the container publishes. */
async function probeContainer({ spec, probe, manner }: Probing, parts: ProbeParts, signal: AbortSignal): Promise<ProbeOutcome> {
  const { clock } = parts;
  const began = clock.now();
  const seen = await parts.containers.look(spec);
  if (seen.kind === 'unavailable') return { ok: false, at: clock.now(), failure: { kind: 'unreachable', detail: seen.why } };
  const failure = judgeContainer(seen.value);
  const published = seen.value === undefined ? undefined : publishedPort(seen.value);
  const host = await parts.containers.engineHost(spec);
  const place = defined({ published, host });
  if (failure !== undefined) return { ok: false, at: clock.now(), failure, ...place };
  if (!asksService(probe)) return { ok: true, at: clock.now(), latencyMs: clock.now() - began, ...place };
  const port = spec.port ?? published;
  const asked = { spec: { ...spec, ...defined({ port }) }, probe, ...defined({ manner, host }) };
  return { ...(await probeService(asked, parts, signal)), ...place };
}

async function probeService(
  { spec, probe, manner, host }: Probing & { readonly probe: AskedProbe; readonly host?: string },
  parts: ProbeParts,
  signal: AbortSignal,
): Promise<ProbeOutcome> {
  const { clock, prober, preflight } = parts;
  const { port, env } = spec;
  const { target } = probe;
  if (target.kind !== 'exec')
    return prober.probe({ probe, cwd: parts.folderOf(spec), env, ...defined({ port, host, manner }) }, signal);
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
