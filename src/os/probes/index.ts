/** Asks a service how it is, over HTTP, by a TCP connection or by a command. */
import type { Clock, ProbeRequest, ProcessTable, ProcessTrees, Prober } from '../../app/ports';
import type { ProbeOutcome } from '../../core/model/health';
import type { Attempt } from './attempt';
import { withinDeadline } from './deadline';
import { execAttempt } from './exec';
import { httpAttempt } from './http';
import { tcpAttempt } from './tcp';

export interface ProberParts {
  readonly clock: Clock;
  /** These two end an exec probe that overruns its time, with everything it started. */
  readonly processTable: ProcessTable;
  readonly processTrees: ProcessTrees;
}

export function createProber(parts: ProberParts): Prober {
  return {
    async probe(request, signal): Promise<ProbeOutcome> {
      const started = performance.now();
      const attempt = await withinDeadline(request.probe.timeout, signal, (inner) => attemptOf(request, inner, parts));
      const latencyMs = performance.now() - started;
      // An outcome is kept for as long as the service runs, and a body may be large.
      const { body: _body, ...seen } = attempt;
      return { ...seen, at: parts.clock.now(), latencyMs };
    },
  };
}

function attemptOf(request: ProbeRequest, signal: AbortSignal, parts: ProberParts): Promise<Attempt> {
  const { probe } = request;
  switch (probe.target.kind) {
    case 'http':
      return httpAttempt(probe, probe.target.address, request.port, signal);
    case 'tcp':
      return tcpAttempt(probe.target.port, probe.timeout, signal);
    case 'exec':
      return execAttempt(request, probe.target.command, signal, parts);
  }
}
