/** Answers for services, by their port. */
import type { Prober, ProbeRequest } from '../../../src/app/ports';
import type { ProbeFailure } from '../../../src/core/model/failure';
import type { ProbeOutcome } from '../../../src/core/model/health';
import type { FakeClock } from './clock';
import { Gate } from './gate';

export class FakeProber implements Prober {
  readonly #failures = new Map<number, ProbeFailure>();
  #late: ProbeFailure | undefined;
  /** While defined, every probe throws it. */
  fault: Error | undefined;
  /** Closed, it holds every probe in flight. Like a real probe under way, one that is held heeds no signal. */
  readonly gate = new Gate();
  /** How often each port was asked. */
  readonly asked = new Map<number, number>();
  /** The hosts that were asked, other than this machine. */
  readonly hosts = new Set<string>();

  constructor(private readonly clock: FakeClock) {}

  /** From now on every probe of the port fails in this way, or succeeds. */
  answer(port: number, failure?: ProbeFailure): void {
    if (failure === undefined) this.#failures.delete(port);
    else this.#failures.set(port, failure);
  }

  refuse(port: number): void {
    this.answer(port, { kind: 'refused', port });
  }

  /** The next probe that ends, such as one in flight, fails in this way. */
  answerLate(failure: ProbeFailure): void {
    this.#late = failure;
  }

  async probe({ port = 0, host }: ProbeRequest): Promise<ProbeOutcome> {
    if (host !== undefined) this.hosts.add(host);
    this.asked.set(port, (this.asked.get(port) ?? 0) + 1);
    if (this.fault !== undefined) throw this.fault;
    await this.gate.pass();
    const at = this.clock.now();
    const failure = this.#late ?? this.#failures.get(port);
    this.#late = undefined;
    return failure === undefined ? { ok: true, at, latencyMs: 1 } : { ok: false, at, failure };
  }
}
