/** Claims in memory: every port is free that is not in `taken`. */
import type { PortClaimant, PortClaims } from '../../../src/app/chosenPorts/portClaims';

export class FakePortClaims implements PortClaims {
  readonly taken = new Set<number>();
  readonly #ports = new Map<string, number>();

  read(claimant: PortClaimant): number | undefined {
    return this.#ports.get(JSON.stringify(claimant));
  }

  claim(claimant: PortClaimant, avoided: ReadonlySet<number>): Promise<number | undefined> {
    return Promise.resolve(this.read(claimant) ?? this.#choose(claimant, avoided));
  }

  move(claimant: PortClaimant, avoided: ReadonlySet<number>): Promise<number | undefined> {
    return Promise.resolve(this.#choose(claimant, avoided));
  }

  #choose(claimant: PortClaimant, avoided: ReadonlySet<number>): number | undefined {
    const { from, to } = claimant.choice;
    const used = new Set([...avoided, ...this.taken, ...this.#ports.values()]);
    for (let port = from; port <= to; port += 1) {
      if (used.has(port)) continue;
      this.#ports.set(JSON.stringify(claimant), port);
      return port;
    }
    return undefined;
  }
}
