/** What the processes of a service use. */

export interface Usage {
  /** Percent of one core since the reading before; absent after the first one. */
  readonly cpu?: number;
  /** Resident memory of all processes, in bytes. */
  readonly memory: number;
}

/** One process of a service, with what it uses as far as that was read. */
export interface MeasuredProcess {
  readonly pid: number;
  readonly command: string;
  /** Resident, in bytes. */
  readonly memory?: number;
  /** Percent of one core since the reading before. */
  readonly cpu?: number;
}
