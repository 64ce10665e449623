/** Asks a service how it is, over HTTP, by a TCP connection or by a command. */
import type { Clock, ProcessTable, ProcessTrees, Prober } from '../../app/ports';
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
  return {
    async probe({ manner, ...asked }, signal): Promise<ProbeOutcome> {
      const timeout = probeLimit(asked.probe, manner);
      const request = { ...asked, probe: { ...asked.probe, timeout } };
      const started = performance.now();
      const attempt = await withinDeadline(timeout, signal, (limit) => {
        const { target } = request.probe;
        switch (target.kind) {
          case 'http':
            return httpAttempt(request.probe, { ...request, address: target.address }, limit);
          case 'tcp':
            return tcpAttempt({ ...request, port: target.port }, limitsOf(timeout, manner), limit);
          case 'exec':
            return commands.run(request, target.command, limit.signal, parts);
        }
      });
      const latencyMs = performance.now() - started;
      return { ...timed(attempt, latencyMs, asked.probe.timeout), at: parts.clock.now(), latencyMs };
    },
  };
}

const limitsOf = (timeout: number, manner: ProbeManner | undefined): TcpLimits => ({
  timeout,
  holdMs: manner === 'hold' ? longHoldMs : shortHoldMs,
});

/** A late answer is none for a health check, but says more than no answer. */
function timed(attempt: Attempt, took: number, timeout: number): Omit<Attempt, 'body'> & Attempt {
  // An outcome is kept for as long as the service runs, and a body may be large.
  const { body: _body, ...seen } = attempt;
  const isLate = took > timeout && (attempt.ok || attempt.status !== undefined);
  return isLate ? failed({ kind: 'slow', took, timeout }, attempt.status) : seen;
}
