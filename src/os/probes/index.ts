/** Asks a service how it is, over HTTP, by a TCP connection or by a command. */
import type { Clock, ProcessTable, ProcessTrees, ProbeRequest, Prober } from '../../app/ports';
import { defined } from '../../core/model/defined';
import type { ProbeOutcome } from '../../core/model/health';
import { probeLimit } from '../../core/model/probePace';
import type { ProbeManner } from '../../core/model/probePace';
import { type Attempt, failed } from './attempt';
import { withinDeadline } from './deadline';
import { CommandQueue } from './exec';
import { httpAttempt } from './http';
import { longHoldMs, shortHoldMs, tcpAttempt } from './tcp';
import type { TcpLimits } from './tcp';

export interface ProberParts {
  readonly clock: Clock;
  /** These two end an exec probe that overruns its time, with everything it started. */
  readonly processTable: ProcessTable;
  readonly processTrees: ProcessTrees;
}

export function createProber(parts: ProberParts): Prober {
  const commands = new CommandQueue();
  const attempt = (request: ProbeRequest, signal: AbortSignal): Promise<Attempt> => {
    const { probe, manner } = request;
    const { target, timeout } = probe;
    switch (target.kind) {
      case 'http':
        return httpAttempt(probe, target.address, request, signal);
      case 'tcp':
        return tcpAttempt({ ...request, port: target.port }, limitsOf(timeout, manner), signal);
      case 'exec':
        return withinDeadline(timeout, signal, (limit) => commands.run(request, target.command, limit.signal, parts));
    }
  };
  return {
    async probe(request, signal): Promise<ProbeOutcome> {
      const { probe, manner } = request;
      const started = performance.now();
      const asked = manner === 'runOn' ? { ...request, probe: { ...probe, timeout: probeLimit(probe, manner) } } : request;
      const seen = await attempt(asked, signal);
      const latencyMs = performance.now() - started;
      return outcomeOf(seen, { latencyMs, timeout: probe.timeout, at: parts.clock.now() });
    },
  };
}

const limitsOf = (timeout: number, manner: ProbeManner | undefined): TcpLimits => ({
  timeout,
  holdMs: manner === 'hold' ? longHoldMs : shortHoldMs,
});

interface Took {
  readonly latencyMs: number;
  /** In ms. */
  readonly timeout: number;
  readonly at: number;
}

/**
 * A late answer is none for a health check, but says more than no answer. Without the body: an outcome is kept for as long as the
 * service runs, and a body may be large.
 */
function outcomeOf(seen: Attempt, { latencyMs, timeout, at }: Took): ProbeOutcome {
  const isLate = latencyMs > timeout && (seen.ok || seen.status !== undefined);
  const attempt = isLate ? failed({ kind: 'slow', took: latencyMs, timeout }, seen.status) : seen;
  const { status } = attempt;
  if (attempt.ok) return status === undefined ? { ok: true, at, latencyMs } : { ok: true, at, latencyMs, status };
  return { ok: false, at, latencyMs, ...defined({ status }), failure: attempt.failure };
}
