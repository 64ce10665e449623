/** Answers for services, by their port. */
import type { Prober, ProbeRequest } from '../../../src/app/ports';
import type { ProbeFailure } from '../../../src/core/model/failure';
import type { ProbeOutcome } from '../../../src/core/model/health';
import type { FakeClock } from './clock';

export class FakeProber implements Prober {
  readonly #failures = new Map<number, ProbeFailure>();
  /** While defined, every probe throws it. */
  fault: Error | undefined;
  /** How often each port was asked. */
  readonly asked = new Map<number, number>();

  constructor(private readonly clock: FakeClock) {}

  /** From now on every probe of the port fails in this way, or succeeds. */
  answer(port: number, failure?: ProbeFailure): void {
    if (failure === undefined) this.#failures.delete(port);
    else this.#failures.set(port, failure);
  }

  refuse(port: number): void {
    this.answer(port, { kind: 'refused', port });
  }

  probe({ port = 0 }: ProbeRequest): Promise<ProbeOutcome> {
    this.asked.set(port, (this.asked.get(port) ?? 0) + 1);
    if (this.fault !== undefined) return Promise.reject(this.fault);
    const at = this.clock.now();
    const failure = this.#failures.get(port);
    return Promise.resolve(failure === undefined ? { ok: true, at, latencyMs: 1 } : { ok: false, at, failure });
  }
}
