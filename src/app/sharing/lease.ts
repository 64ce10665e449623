/** The rules of leases: who may take one over, and what happens when several windows want to. */
import type { Reading } from '../../core/model/process';
import type { ProcessTable } from '../ports';
import type { Holder, Leases } from './ports';

export interface LeaseParts {
  readonly leases: Leases;
  readonly processes: Pick<ProcessTable, 'identify'>;
}

export type Contest =
  /** This window holds the lease of this generation. */
  | { readonly kind: 'leads'; readonly generation: number }
  | { readonly kind: 'follows'; readonly holder: Holder; readonly generation: number }
  /** Nobody holds it, and this window may not. */
  | { readonly kind: 'vacant' }
  /** Others contend as well: it is to be asked again. */
  | { readonly kind: 'undecided' }
  /** Leases cannot be read or written here. */
  | { readonly kind: 'unavailable'; readonly why: string };

/** `bystander`: looks who leads, and claims nothing. */
export type Intent = 'contender' | 'bystander';

/** Another contender may have won the generation that was read; looking again shows it. */
const maxTries = 5;

export async function contend(place: string, me: Holder, intent: Intent, parts: LeaseParts): Promise<Contest> {
  for (let tries = 0; tries < maxTries; tries += 1) {
    const reading = parts.leases.read(place);
    if (reading.kind === 'unavailable') return reading;
    const { generation, holder } = reading.value ?? { generation: 0, holder: undefined };
    if (holder?.window === me.window) return { kind: 'leads', generation };
    if (holder !== undefined && !(await isSurelyGone(holder, me, parts.processes)))
      return { kind: 'follows', holder, generation };
    if (intent === 'bystander') return { kind: 'vacant' };
    const claim = parts.leases.claim(place, generation + 1, me);
    if (claim.kind === 'won') return { kind: 'leads', generation: generation + 1 };
    if (claim.kind === 'unavailable') return claim;
  }
  return { kind: 'undecided' };
}

/** Whether the lease is still this window's: its file may have been deleted, and then another window may lead. */
export function holds(place: string, generation: number, me: Holder, leases: Leases): boolean {
  const reading = leases.read(place);
  // "Could not look" is no loss.
  if (reading.kind === 'unavailable') return true;
  return reading.value?.generation === generation && reading.value.holder?.window === me.window;
}

/** A reused pid is another process; "could not look" is never "gone". */
async function isSurelyGone(holder: Holder, me: Holder, processes: LeaseParts['processes']): Promise<boolean> {
  // An earlier activation in this very process: it has ended, or this one would not be.
  if (holder.pid === me.pid && (holder.born ?? me.born) === me.born) return true;
  const found: Reading<{ readonly born: string } | undefined> = await processes.identify(holder.pid);
  if (found.kind === 'unavailable') return false;
  return found.value === undefined || (holder.born !== undefined && found.value.born !== holder.born);
}
