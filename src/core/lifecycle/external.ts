/** Somebody else's process serves our port: it is watched, and nothing else. */
import type { RunEvent } from './events';
import { afterJump, initialHealth, judge } from '../model/health';
import { nextProbe } from '../model/probePace';
import type { PortOwner } from '../model/process';
import type { Lifecycle, RunId } from './state';
import { go, stay } from './step';
import type { Context, Step } from './step';

type External = Extract<Lifecycle, { kind: 'external' }>;

export function watchExternal({ state, spec }: Context, run: RunId, owner: PortOwner, at: number): Step {
  const { process } = owner;
  return go(
    state,
    { kind: 'external', run, process, since: at, health: initialHealth(spec.probe) },
    { kind: 'watch', run, process },
    ...(spec.probe === undefined ? [] : [{ kind: 'probe', run, delay: 0 } as const]),
  );
}

export function onExternal({ state, spec }: Context, lifecycle: External, event: RunEvent): Step {
  const { run } = lifecycle;
  if (event.kind === 'processGone') {
    return go(state, { kind: 'stopped', run, cause: { kind: 'externalEnded' } }, { kind: 'release', run });
  }
  if (event.kind === 'timeJumped') return go(state, { ...lifecycle, health: afterJump(lifecycle.health, event.at) });
  if (event.kind !== 'probed' || spec.probe === undefined) return stay(state);
  const health = judge(lifecycle.health, event.outcome, spec.probe, 'all');
  return go(state, { ...lifecycle, health }, { kind: 'probe', run, ...nextProbe(health, spec.probe, undefined) });
}
