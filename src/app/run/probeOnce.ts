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
}

export interface Probing {
  readonly spec: ServiceSpec;
  readonly probe: ProbeSpec;
  readonly manner?: ProbeManner | undefined;
}

/** Never rejects unless the parts do; a command that cannot be prepared is a failure. */
export function probeOnce({ spec, probe, manner }: Probing, parts: ProbeParts, signal: AbortSignal): Promise<ProbeOutcome> {
  if (spec.compose !== undefined) return probeContainer({ spec, probe, manner }, parts, signal);
  return asksService(probe) ? probeService({ spec, probe, manner }, parts, signal) : Promise.resolve(missing(parts));
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
  const asked = { spec: { ...spec, ...defined({ port }) }, probe, manner, host };
  return { ...(await probeService(asked, parts, signal)), ...place };
}

interface Asking extends Probing {
  readonly probe: AskedProbe;
  readonly host?: string | undefined;
}

function probeService({ spec, probe, manner, host }: Asking, parts: ProbeParts, signal: AbortSignal): Promise<ProbeOutcome> {
  const { port, folder, env } = spec;
  const { target } = probe;
  return target.kind === 'exec'
    ? probeByCommand(spec, { ...probe, target }, parts, signal)
    : parts.prober.probe({ probe, manner, port, host, cwd: folder, env }, signal);
}

async function probeByCommand(
  spec: ServiceSpec,
  probe: AskedProbe & { readonly target: { readonly command: string } },
  { clock, prober, preflight }: ProbeParts,
  signal: AbortSignal,
): Promise<ProbeOutcome> {
  const { port } = spec;
  const { target } = probe;
  const prepared = await preflight.prepare({ ...spec, command: target.command });
  if (!prepared.ok) {
    const detail = explainLaunch(prepared.failure);
    return { ok: false, at: clock.now(), failure: { kind: 'execFailed', command: target.command, exitCode: undefined, detail } };
  }
  const { command, cwd, env } = prepared.launch;
  const line = typeof command === 'string' ? command : command.join(' ');
  return prober.probe({ probe: { ...probe, target: { kind: 'exec', command: line } }, cwd, env, port }, signal);
}
