/** What the latest look showed of each service: when one starts, the others are not looked at again. */
import { identityOf } from '../../core/model/identity';
import type { ServiceSpec } from '../../core/model/service';
import type { RuntimeMismatch } from './runtimeMismatches';

interface Look {
  readonly number: number;
  readonly mismatch: RuntimeMismatch | undefined;
}

export class KnownMismatches {
  /** By identity. */
  readonly #known = new Map<string, Look>();
  #latest = 0;

  constructor(private readonly look: (spec: ServiceSpec) => Promise<RuntimeMismatch | undefined>) {}

  /** Looks at these services, and returns what does not fit. */
  async check(specs: readonly ServiceSpec[]): Promise<readonly RuntimeMismatch[]> {
    this.#latest += 1;
    const number = this.#latest;
    const found = await Promise.all(specs.map(async (spec) => this.#check(spec, number)));
    return found.filter((mismatch) => mismatch !== undefined);
  }

  /** Forgets all but these. */
  retain(specs: readonly ServiceSpec[]): void {
    const kept = new Set(specs.map(identityOf));
    for (const identity of [...this.#known.keys()]) if (!kept.has(identity)) this.#known.delete(identity);
  }

  /** What is known of these services. */
  of(specs: readonly ServiceSpec[]): readonly RuntimeMismatch[] {
    return specs.flatMap((spec) => this.#known.get(identityOf(spec))?.mismatch ?? []);
  }

  async #check(spec: ServiceSpec, number: number): Promise<RuntimeMismatch | undefined> {
    const mismatch = await this.look(spec);
    const identity = identityOf(spec);
    // A later look knows more.
    if ((this.#known.get(identity)?.number ?? 0) < number) this.#known.set(identity, { number, mismatch });
    return mismatch;
  }
}
