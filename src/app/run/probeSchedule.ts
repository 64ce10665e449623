/** When the probes of a run take place: at moments that services share, and less often while nobody looks. */
import type { ProbeOutcome } from '../../core/model/health';
import { onGrid } from '../../core/model/grid';
import { isProcess, probeLimit } from '../../core/model/probePace';
import type { NextProbe, ProbeManner } from '../../core/model/probePace';
import type { ServiceSpec } from '../../core/model/service';
import { Lifetime, Slot } from '../lifetime';
import type { Disposable } from '../ports';
import { watchForJump } from '../timeJump';
import type { World } from '../world';
import { probeOnce } from './probeOnce';

interface ProbeScheduleHost {
  readonly probed: (outcome: ProbeOutcome) => void;
  /** Time passed in which nothing could be done. */
  readonly jumped: () => void;
  readonly failed: (error: unknown) => void;
}

/** When the user comes back, overdue probes are spread over this time. */
const returnSpreadMs = 1000;

export class ProbeSchedule implements Disposable {
  readonly #next = new Slot();

  constructor(
    private readonly spec: ServiceSpec,
    private readonly world: World,
    private readonly host: ProbeScheduleHost,
  ) {}

  /** Replaces the probe that is under way, or was to come. */
  after(next: NextProbe): void {
    const { attention } = this.world;
    const factor = next.isSteady === true ? attention.probeFactor() : 1;
    this.#schedule(next, next.delay * factor, factor > 1);
  }

  dispose(): void {
    this.#next.dispose();
  }

  #schedule({ delay, manner }: NextProbe, wanted: number, isStretched: boolean): void {
    const { attention, clock } = this.world;
    const began = clock.elapsed();
    const lifetime = new Lifetime();
    const pause = this.#pauseUntil(wanted, began, lifetime);
    const abort = new AbortController();
    lifetime.add({ dispose: () => abort.abort('over') });
    const hasJumped = watchForJump(clock);
    lifetime.add(
      clock.after(pause, () => {
        if (hasJumped(pause)) this.host.jumped();
        this.#probe(manner, abort.signal).catch((error: unknown) => {
          if (!abort.signal.aborted) this.host.failed(error);
        });
      }),
    );
    const returned = (): void => {
      const passed = clock.elapsed() - began;
      const soon = Math.max(delay - passed, this.world.chance() * returnSpreadMs);
      if (passed + soon < pause) this.#schedule({ delay: soon, ...(manner && { manner }) }, soon, false);
    };
    if (isStretched) lifetime.add(attention.onReturn(returned));
    this.#next.set(lifetime);
  }

  /** A process is not started together with others: that would be a burst of work for the whole machine. */
  #pauseUntil(wanted: number, began: number, lifetime: Lifetime): number {
    const { probe } = this.spec;
    if (probe === undefined || isProcess(probe)) return onGrid(wanted, began);
    return lifetime.add(this.world.probeRounds.join(wanted, began)).pause;
  }

  async #probe(manner: ProbeManner | undefined, signal: AbortSignal): Promise<void> {
    const { probe } = this.spec;
    if (probe === undefined) return;
    const hasJumped = watchForJump(this.world.clock);
    const outcome = await probeOnce({ spec: this.spec, probe, manner }, this.world, signal);
    if (signal.aborted) return;
    if (!hasJumped(probeLimit(probe, manner)) || outcome.ok) {
      this.host.probed(outcome);
      return;
    }
    // The machine slept while it was asked: that says nothing, and it is asked again.
    this.host.jumped();
    this.after({ delay: 0 });
  }
}
