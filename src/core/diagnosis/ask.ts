/** Questions about facts that several rules put. */
import type { ProbeOutcome } from '../model/health';
import type { Listener, PortOwner, ProcessRow, Reading } from '../model/process';
import type { Failure } from '../model/failure';
import type { Lifecycle } from '../lifecycle/state';
import type { Facts } from './facts';

/** The value, or nothing when it could not be had: for rules that stay silent then. */
export const value = <T>(reading: Reading<T>): T | undefined => (reading.kind === 'known' ? reading.value : undefined);

export type Alive = Extract<Lifecycle, { kind: 'starting' | 'running' | 'external' }>;

/** The lifecycle when something of the service runs and is not being stopped. */
export const alive = ({ state }: Pick<Facts, 'state'>): Alive | undefined =>
  state.lifecycle.kind === 'starting' || state.lifecycle.kind === 'running' || state.lifecycle.kind === 'external'
    ? state.lifecycle
    : undefined;

/** Why it is down, or was the last time. */
export function failureOf({ state }: Pick<Facts, 'state'>): Failure | undefined {
  const { lifecycle } = state;
  if (lifecycle.kind !== 'failed' && lifecycle.kind !== 'backingOff') return undefined;
  return lifecycle.failure.kind === 'gaveUp' ? innermost(lifecycle.failure) : lifecycle.failure;
}

const innermost = (failure: Failure): Failure => (failure.kind === 'gaveUp' ? innermost(failure.last) : failure);

/** It is down, or runs and does not answer as it should. What it said of errors counts only then. */
export function isTroubled(facts: Facts): boolean {
  const living = alive(facts);
  if (living === undefined) return failureOf(facts) !== undefined || facts.state.lifecycle.kind === 'exited';
  const own = value(facts.probes.own);
  if (own !== undefined) return !own.outcome.ok;
  return living.health.kind === 'unhealthy' || (living.health.kind === 'unknown' && living.health.last?.ok === false);
}

/** What the service's own probe saw: now, else the last time. */
export function ownOutcome(facts: Facts): ProbeOutcome | undefined {
  const now = value(facts.probes.own)?.outcome;
  if (now !== undefined) return now;
  const health = alive(facts)?.health;
  return health === undefined || health.kind === 'none' ? undefined : health.last;
}

export const listenersOf = (facts: Facts): readonly Listener[] => value(facts.port.listeners) ?? [];
export const membersOf = (facts: Facts): readonly ProcessRow[] => value(facts.members) ?? [];

/** Owners of the port that are surely none of the service's own processes: nothing is claimed while either could not be seen. */
export function strangers(facts: Facts): readonly PortOwner[] {
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

/** Where somebody listens, for people: `127.0.0.1:8000`, `[::1]:8000`. */
export const place = ({ address, port }: Pick<Listener, 'address' | 'port'>): string =>
  `${address.includes(':') ? `[${address}]` : address}:${port}`;

/** What is written as its command, on one line. */
export const commandOf = ({ spec }: Pick<Facts, 'spec'>): string =>
  typeof spec.command === 'string' ? spec.command : spec.command.join(' ');
