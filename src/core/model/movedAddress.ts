import type { ServiceSpec } from './service';

/** An address that a service was started with, and that is another one now. */
export interface MovedAddress {
  /** Id of the service that moved. */
  readonly id: string;
  readonly before: number;
  readonly now: number;
}

/** What a running service was started with and is different in the files now. */
export function movedAddresses(started: ServiceSpec, written: ServiceSpec): readonly MovedAddress[] {
  return Object.entries(started.usedPorts ?? {}).flatMap(([id, before]) => {
    const now = written.usedPorts?.[id];
    return now === undefined || now === before ? [] : [{ id, before, now }];
  });
}
