/** What the processes of a service use. */

export interface Usage {
  /** Percent of one core since the reading before; absent after the first one. */
  readonly cpu?: number;
  /** Resident memory of all processes, in bytes. */
  readonly memory: number;
}
