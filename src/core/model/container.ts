/** A container of a Compose service, as the engine reports it. */

export type ContainerState = 'created' | 'running' | 'paused' | 'restarting' | 'removing' | 'exited' | 'dead';

export interface Container {
  /** Whole id. */
  readonly id: string;
  /** Without the slash that Docker writes before it. */
  readonly name: string;
  /** Of Compose; empty when it was not made by Compose. */
  readonly project: string;
  readonly service: string;
  readonly image: string;
  readonly state: ContainerState;
  /** As the engine writes it, with nanoseconds; undefined when it never ran. */
  readonly startedAt?: string;
  /** When it ended the latest time, as the engine writes it; kept while it runs again, undefined until its first end. */
  readonly finishedAt?: string;
  /** Of the latest end; 0 while it runs for the first time. */
  readonly exitCode: number;
  /** Whether its latest end was the system's, because it used more memory than it may. */
  readonly outOfMemory: boolean;
  /** How often the engine has restarted it by its policy. */
  readonly restarts: number;
  /** Why the engine could not start it; empty otherwise. */
  readonly error: string;
  /** Undefined when neither its image nor its Compose file has a health check. */
  readonly health?: ContainerHealth;
  readonly ports: readonly PublishedAddress[];
}

export interface ContainerHealth {
  readonly status: 'starting' | 'healthy' | 'unhealthy';
  /** Failed checks in a row. */
  readonly failures: number;
  /** What the latest check printed, whitespace trimmed; empty when it printed nothing or did not end yet. */
  readonly output: string;
}

/** A port of a container that is reachable on the engine's machine. */
export interface PublishedAddress {
  /** Empty or unspecified: all addresses. */
  readonly host: string;
  /** 1 to 65535. */
  readonly published: number;
  readonly target: number;
  readonly protocol: 'tcp' | 'udp' | 'sctp';
}
