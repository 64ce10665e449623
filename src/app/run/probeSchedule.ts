/** When the probes of a run take place: at moments that services share, and less often while nobody looks. */
import type { ProbeOutcome } from '../../core/model/health';
import { onGrid } from '../../core/model/grid';
import { isProcess, probeLimit } from '../../core/model/probePace';
import type { NextProbe, ProbeManner } from '../../core/model/probePace';
import type { ServiceSpec } from '../../core/model/service';
import { Slot } from '../lifetime';
import type { Disposable } from '../ports';
import { hasJumped, momentOf } from '../timeJump';
import type { Moment } from '../timeJump';
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
  /** The next probe, its place among those of other services, and what may bring it forward. */
  readonly #timer = new Slot();
  readonly #place = new Slot();
  readonly #return = new Slot();
  /** Ends the probe under way. */
  #underWay: AbortController | undefined;
  /** That of the probe before, which nothing has ended: it serves the next one. */
  #unused: AbortController | undefined;

  constructor(
    private readonly spec: ServiceSpec,
    private readonly world: World,
    private readonly host: ProbeScheduleHost,
  ) {}

  /** Replaces the probe that is under way, or was to come. */
  after(next: NextProbe): void {
    const factor = next.isSteady === true ? this.world.attention.probeFactor() : 1;
    this.#schedule(next, next.delay * factor);
  }

  dispose(): void {
    this.#timer.dispose();
    this.#place.dispose();
    this.#return.dispose();
    this.#underWay?.abort('over');
    this.#underWay = undefined;
  }

  /** `wanted`: in ms; more than the delay while nobody looks. */
  #schedule(next: NextProbe, wanted: number): void {
    this.dispose();
    const { clock } = this.world;
    const began = momentOf(clock);
    const pause = this.#pauseUntil(wanted, began.elapsed);
    this.#timer.set(clock.after(pause, () => void this.#probe(next.manner, { began, pause })));
    if (wanted > next.delay) this.#comeForward(next, began.elapsed, pause);
  }

  /** Plans the probe sooner when the user comes back. */
  #comeForward({ delay, manner }: NextProbe, began: number, pause: number): void {
    const { attention, clock } = this.world;
    const returned = (): void => {
      const passed = clock.elapsed() - began;
      const soon = Math.max(delay - passed, this.world.chance() * returnSpreadMs);
      if (passed + soon < pause) this.#schedule({ delay: soon, ...(manner && { manner }) }, soon);
    };
    this.#return.set(attention.onReturn(returned));
  }

  /** A process is not started together with others: that would be a burst of work for the whole machine. */
  #pauseUntil(wanted: number, began: number): number {
    const { probe } = this.spec;
    if (probe === undefined || isProcess(probe)) return onGrid(wanted, began);
    const place = this.world.probeRounds.join(wanted, began);
    this.#place.set(place);
    return place.pause;
  }

  async #probe(manner: ProbeManner | undefined, waited: { readonly began: Moment; readonly pause: number }): Promise<void> {
    const { probe } = this.spec;
    if (probe === undefined) return;
    const { clock } = this.world;
    const controller = this.#unused ?? new AbortController();
    this.#underWay = controller;
    this.#unused = undefined;
    const { signal } = controller;
    try {
      if (hasJumped(clock, waited.began, waited.pause)) this.host.jumped();
      const began = momentOf(clock);
      const outcome = await probeOnce({ spec: this.spec, probe, manner }, this.world, signal);
      if (signal.aborted) return;
      this.#underWay = undefined;
      this.#unused = controller;
      if (!hasJumped(clock, began, probeLimit(probe, manner)) || outcome.ok) {
        this.host.probed(outcome);
        return;
      }
      // The machine slept while it was asked: that says nothing, and it is asked again.
      this.host.jumped();
      this.after({ delay: 0 });
    } catch (error) {
      if (!signal.aborted) this.host.failed(error);
    }
  }
}
