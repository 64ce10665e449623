/** What the engine needs, who calls it, and what a call comes to. */
import type { Reply } from '../../core/agents/outcome';
import type { CheckResult } from '../../core/checks/checks';
import type { Finding } from '../../core/diagnosis/finding';
import type { Service } from '../../core/lifecycle/state';
import type { Delegate } from '../../core/model/actor';
import type { LogStore } from '../../core/output/logStore';
import type { RunOutput } from '../../core/output/runOutput';
import type { CommandOutcome, CommandRequest } from '../commands/commandRuns';
import type { Clock } from '../ports';
import type { Store } from '../store';
import type { Supervisor } from '../supervisor';
import type { EventLog } from './eventLog';

export interface EngineParts {
  readonly store: Store;
  readonly supervisor: Pick<Supervisor, 'start' | 'stop' | 'restart' | 'delivered'>;
  readonly clock: Clock;
  readonly logs: LogStore;
  readonly events: EventLog;
  /** Settles when the log of the service holds what there is of it. Never rejects. */
  refreshLog(service: Service): Promise<void>;
  /** Where the browser of the user reaches the service, when that is another address than its own. Never rejects. */
  externalUrl(service: Service): Promise<string | undefined>;
  isTrusted(): boolean;
  diagnose(id: string): Promise<readonly Finding[]>;
  runChecks(id: string): Promise<readonly CheckResult[]>;
  /** Runs a one-off command of a service to its end. Never rejects. */
  runCommand(request: CommandRequest): Promise<CommandOutcome>;
  /** What a service wrote last, whichever window has seen it. */
  output(service: Service): Promise<RunOutput>;
  /** Values of its env files, which no reply may hold. Never rejects. */
  envFileValues(service: Service): Promise<readonly string[]>;
  /** Which lines match a text or a /regular expression/; undefined for an expression that is invalid or takes too long. */
  search(lines: readonly string[], search: string): readonly boolean[] | undefined;
}

/** Who calls a tool, and from where. */
export interface Caller {
  readonly by: Delegate;
  /** A folder of the workspace that short names belong to first. */
  readonly folder?: string;
  /** Aborted when the client is gone: the wait ends, and the service is left as it is. */
  readonly signal: AbortSignal;
}

export type Called =
  | { readonly kind: 'reply'; readonly reply: Reply }
  /** The call itself was wrong; `problem` says how to call. */
  | { readonly kind: 'refused'; readonly problem: string };
