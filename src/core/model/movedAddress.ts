/** An address that a service was started with, and that is another one now. */
export interface MovedAddress {
  /** Id of the service that moved. */
  readonly id: string;
  readonly before: number;
  readonly now: number;
}
