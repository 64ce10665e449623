/** Ports through which a service is asked how it is. */
import type { Answer } from '../core/checks/checks';
import type { Expectation } from '../core/checks/reply';
import type { ProbeOutcome } from '../core/model/health';
import type { ProbeManner } from '../core/model/probePace';
import type { AskedProbe } from '../core/model/service';

/** Asks one service how it is. Never throws, never outlives `probeLimit` by more than a few ms, leaves no socket open. */
export interface Prober {
  probe(request: ProbeRequest, signal: AbortSignal): Promise<ProbeOutcome>;
}

export interface ProbeRequest {
  readonly probe: AskedProbe;
  readonly manner?: ProbeManner | undefined;
  /** The service's own port, for a probe that names only a path. */
  readonly port?: number | undefined;
  /** Where the port is; undefined: on this machine. */
  readonly host?: string | undefined;
  /** Where an exec probe runs. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
}

/** Asks once for a check. Keeps the promises of a `Prober`; redirects are answers, and no proxy is used. */
export interface Checker {
  ask(question: CheckQuestion, signal: AbortSignal): Promise<Answer>;
}

export interface CheckQuestion extends Expectation {
  /** A path on `port`, or an http(s) URL. */
  readonly address: string;
  readonly port?: number;
  /** Where the port is; undefined: on this machine. */
  readonly host?: string;
  /** In ms. */
  readonly timeout: number;
}
