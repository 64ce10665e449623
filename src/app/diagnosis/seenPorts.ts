/** Remembers on which ports the runs of a service were seen listening, while the window is open. */

/** Runs per service: enough to see that each has another port. */
const maxRuns = 5;

export class SeenPorts {
  readonly #runs = new Map<string, ReadonlyMap<string, readonly number[]>>();

  /** Notes the ports of a run, and returns those of earlier runs. */
  note(service: string, run: string, ports: readonly number[]): ReadonlySet<number> {
    const before = [...(this.#runs.get(service) ?? [])].filter(([other]) => other !== run);
    if (ports.length > 0) this.#runs.set(service, new Map([...before, [run, ports] as const].slice(-maxRuns)));
    return new Set(before.flatMap(([, seen]) => seen));
  }
}
