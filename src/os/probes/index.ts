/** Asks a service how it is, over HTTP, by a TCP connection or by a command. */
import type { Clock, ProbeRequest, ProcessTable, ProcessTrees, Prober } from '../../app/ports';
import type { ProbeOutcome } from '../../core/health';
import { type Attempt, failed } from './attempt';
import { execAttempt } from './exec';
import { httpAttempt } from './http';
import { tcpAttempt } from './tcp';

export interface ProberParts {
  readonly clock: Clock;
  /** These two end an exec probe that overruns its time, with everything it started. */
  readonly processTable: ProcessTable;
  readonly processTrees: ProcessTrees;
}

/** What a network stack gets, after the deadline, to say itself what it saw. In ms. */
const grace = 10;

export function createProber(parts: ProberParts): Prober {
  return {
    async probe(request, signal): Promise<ProbeOutcome> {
      const started = performance.now();
      const attempt = await withinDeadline(request.probe.timeout, signal, (inner) => attemptOf(request, inner, parts));
      const latencyMs = performance.now() - started;
      return { ...attempt, at: parts.clock.now(), latencyMs };
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

/**
 * Runs the attempt with a signal that fires after `timeout` ms or when the caller's does. An attempt that
 * ignores the signal, or throws, is answered for: a poller must never wait for ever nor break.
 */
function withinDeadline(timeout: number, outer: AbortSignal, run: (signal: AbortSignal) => Promise<Attempt>): Promise<Attempt> {
  return new Promise((resolve) => {
    const inner = new AbortController();
    let last: NodeJS.Timeout | undefined;
    const stop = (): void => {
      inner.abort();
      last ??= setTimeout(() => settle(failed({ kind: 'noAnswer', timeout })), grace);
    };
    const timer = setTimeout(stop, timeout);
    const settle = (attempt: Attempt): void => {
      clearTimeout(timer);
      clearTimeout(last);
      outer.removeEventListener('abort', stop);
      resolve(attempt);
    };
    if (outer.aborted) stop();
    else outer.addEventListener('abort', stop, { once: true });
    run(inner.signal).then(settle, (error: unknown) => settle(failed({ kind: 'unreachable', detail: String(error) })));
  });
}
