/** Queries on the facts that several rules share. */
import type { ProbeOutcome } from '../model/health';
import type { Listener, PortOwner, ProcessRow, Reading } from '../model/process';
import type { Failure } from '../model/failure';
import type { Lifecycle } from '../lifecycle/state';
import type { Facts } from './facts';

/** Returns the value, or undefined when the reading failed: for rules that report nothing in that case. */
export const value = <T>(reading: Reading<T>): T | undefined => (reading.kind === 'known' ? reading.value : undefined);

export type Alive = Extract<Lifecycle, { kind: 'starting' | 'running' | 'external' }>;

/** Returns the lifecycle while the service has a process that is not being stopped. */
export const alive = ({ state }: Pick<Facts, 'state'>): Alive | undefined =>
  state.lifecycle.kind === 'starting' || state.lifecycle.kind === 'running' || state.lifecycle.kind === 'external'
    ? state.lifecycle
    : undefined;

/** Returns why the service is down, or was before the retry that it is waiting for. */
export function failureOf({ state }: Pick<Facts, 'state'>): Failure | undefined {
  const { lifecycle } = state;
  if (lifecycle.kind !== 'failed' && lifecycle.kind !== 'backingOff') return undefined;
  return lifecycle.failure.kind === 'gaveUp' ? innermost(lifecycle.failure) : lifecycle.failure;
}

const innermost = (failure: Failure): Failure => (failure.kind === 'gaveUp' ? innermost(failure.last) : failure);

/** Whether the service is down or fails its probe. Errors in its output count only then. */
export function isTroubled(facts: Facts): boolean {
  const living = alive(facts);
  if (living === undefined) return failureOf(facts) !== undefined || facts.state.lifecycle.kind === 'exited';
  const own = value(facts.probes.own);
  if (own !== undefined) return !own.outcome.ok;
  return living.health.kind === 'unhealthy' || (living.health.kind === 'unknown' && living.health.last?.ok === false);
}

/** Returns the outcome of the service's own probe: of this diagnosis, else the last one before. */
export function ownOutcome(facts: Facts): ProbeOutcome | undefined {
  const now = value(facts.probes.own)?.outcome;
  if (now !== undefined) return now;
  const health = alive(facts)?.health;
  return health === undefined || health.kind === 'none' ? undefined : health.last;
}

export const listenersOf = (facts: Facts): readonly Listener[] => value(facts.port.listeners) ?? [];
export const membersOf = (facts: Facts): readonly ProcessRow[] => value(facts.members) ?? [];

/** Returns the owners of the port that are not processes of the service. Empty when either reading failed: then nothing is certain. */
export function foreignOwners(facts: Facts): readonly PortOwner[] {
  const owners = value(facts.port.owners);
  const members = value(facts.members);
  if (owners === undefined || members === undefined) return [];
  const own = new Set(members.map(({ pid }) => pid));
  const leader = alive(facts)?.process.pid;
  return owners.filter(({ process }) => !own.has(process.pid) && process.pid !== leader);
}

export const isAnyAddress = (address: string): boolean => address === '0.0.0.0' || address === '::';
export const isLoopback = (address: string): boolean =>
  address === '::1' || address.startsWith('127.') || address.startsWith('::ffff:127.');

/** Formats an address with its port: `127.0.0.1:8000`, `[::1]:8000`. */
export const place = ({ address, port }: Pick<Listener, 'address' | 'port'>): string =>
  `${address.includes(':') && !address.startsWith('[') ? `[${address}]` : address}:${port}`;

/** Returns the configured command on one line. */
export const commandOf = ({ spec }: Pick<Facts, 'spec'>): string =>
  typeof spec.command === 'string' ? spec.command : spec.command.join(' ');
