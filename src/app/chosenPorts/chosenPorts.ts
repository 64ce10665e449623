/** Gives services whose port is not fixed a port of their own, and puts it where their files refer to it. */
import { withChosenPorts } from '../../core/config/chosenPorts';
import type { Service, ServiceState } from '../../core/lifecycle/state';
import { identityOf } from '../../core/model/identity';
import type { ServiceSpec } from '../../core/model/service';
import type { Log } from '../ports';
import type { Configuration } from '../store';
import type { PortClaimant, PortClaims } from './portClaims';

export interface ChosenPortsParts {
  readonly store: { readonly configuration: Configuration; configure(configuration: Configuration): void };
  readonly claims: PortClaims;
  readonly log: Log;
}

export class ChosenPorts {
  /** Ports that were given up, by service: where a port seems free to a claim and taken to a launch, the search still ends. */
  readonly #givenUp = new Map<string, Set<number>>();

  constructor(private readonly parts: ChosenPortsParts) {}

  /** The same files with a port wherever one is to be chosen, as far as there is a free one. */
  async prepare<File extends { readonly services: readonly ServiceSpec[] }>(files: readonly File[]): Promise<readonly File[]> {
    // What could not be read this time is as it was resolved before.
    const specs = files.flatMap(({ services }) => services.map(asWritten));
    const avoided = fixedPorts(specs);
    const chosen = new Map<string, number>();
    // One after the other, in the order of the files, so that the first service gets the first port.
    for (const spec of specs) {
      const claimant = claimantOf(spec);
      const port = claimant && (await this.parts.claims.claim(claimant, avoided));
      if (port !== undefined) chosen.set(spec.id, port);
    }
    const resolved = withChosenPorts(specs, chosen);
    let at = 0;
    return files.map((file) => ({ ...file, services: resolved.slice(at, (at += file.services.length)) }));
  }

  /** Chooses another port, because another process holds the present one; false when none is free. */
  async move(spec: ServiceSpec): Promise<boolean> {
    const claimant = claimantOf(spec);
    if (claimant === undefined) return false;
    const { store, claims, log } = this.parts;
    const name = identityOf(spec);
    const givenUp = new Set([...(this.#givenUp.get(name) ?? []), ...(spec.port === undefined ? [] : [spec.port])]);
    this.#givenUp.set(name, givenUp);
    const port = await claims.move(claimant, new Set([...fixedPorts(store.configuration.services), ...givenUp]));
    if (port === undefined) {
      this.#givenUp.delete(name);
      return false;
    }
    log.info(`${spec.id}: port ${spec.port ?? 'none'} is not free; it gets port ${port}`);
    this.#apply();
    return true;
  }

  /** Takes over what another window of the folder, which reports the next state of the service, has chosen for a run that begins there. */
  refresh(service: Service | undefined, { lifecycle }: ServiceState): void {
    if (service === undefined || service.state.lifecycle.run === lifecycle.run) return;
    const { spec } = service;
    const claimant = claimantOf(spec);
    if (claimant === undefined) return;
    const written = this.parts.store.configuration.services.find(({ id }) => id === spec.id);
    if (written !== undefined && this.parts.claims.read(claimant) !== written.port) this.#apply();
  }

  #apply(): void {
    const { store, claims } = this.parts;
    const specs = store.configuration.services.map(asWritten);
    const chosen = specs.flatMap((spec) => {
      const claimant = claimantOf(spec);
      const port = claimant && claims.read(claimant);
      return port === undefined ? [] : [[spec.id, port] as const];
    });
    store.configure({ ...store.configuration, services: withChosenPorts(specs, new Map(chosen)) });
  }
}

const asWritten = (spec: ServiceSpec): ServiceSpec => spec.asWritten ?? spec;

const claimantOf = ({ folder, key, portChoice: choice }: ServiceSpec): PortClaimant | undefined =>
  choice === undefined ? undefined : { folder, key, choice };

const fixedPorts = (specs: readonly ServiceSpec[]): ReadonlySet<number> =>
  new Set(specs.flatMap(({ port, portChoice }) => (port === undefined || portChoice !== undefined ? [] : [port])));
