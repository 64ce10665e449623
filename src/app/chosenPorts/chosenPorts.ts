/** Gives services whose port is not fixed a port of their own, and puts addresses where the files refer to them. */
import { withChosenPorts } from '../../core/config/chosenPorts';
import type { ContainerPlace } from '../../core/config/chosenPorts';
import type { Service, ServiceState } from '../../core/lifecycle/state';
import { defined } from '../../core/model/defined';
import { identityOf } from '../../core/model/identity';
import type { ServiceSpec } from '../../core/model/service';
import type { Log } from '../ports';
import { changedServices } from '../store';
import type { Change, Store } from '../store';
import type { PortClaimant, PortClaims } from './portClaims';

export interface ChosenPortsParts {
  readonly store: Pick<Store, 'configuration' | 'configure' | 'get' | 'onDidChange' | 'services'>;
  readonly claims: PortClaims;
  readonly log: Log;
}

export class ChosenPorts {
  /** Ports that were given up, by service: where a port seems free to a claim and taken to a launch, the search still ends. */
  readonly #givenUp = new Map<string, Set<number>>();

  /** Where containers were reached last, by id. */
  readonly #containers = new Map<string, ContainerPlace>();

  /** As long as the store. */
  constructor(private readonly parts: ChosenPortsParts) {
    this.#seeContainers('all');
    parts.store.onDidChange((changed) => {
      if (this.#seeContainers(changed)) this.#apply();
    });
  }

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
    const resolved = withChosenPorts(specs, { ports: chosen, containers: this.#containers });
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
    const services = withChosenPorts(specs, { ports: new Map(chosen), containers: this.#containers });
    store.configure({ ...store.configuration, services });
  }

  /** Returns whether one is reached elsewhere than before. One that stopped is remembered. */
  #seeContainers(changed: Change): boolean {
    const moved = changedServices(this.parts.store, changed).filter(({ spec, state: { lifecycle } }) => {
      const last = 'health' in lifecycle && lifecycle.health.kind !== 'none' ? lifecycle.health.last : undefined;
      if (spec.compose === undefined || last === undefined) return false;
      const place = defined({ published: last.published, host: last.host });
      const before = this.#containers.get(spec.id);
      // A look that failed says nothing of the place.
      if (!last.ok && place.published === undefined && place.host === undefined) return false;
      if (before?.published === place.published && before?.host === place.host) return false;
      this.#containers.set(spec.id, place);
      return true;
    });
    return moved.length > 0;
  }
}

const asWritten = (spec: ServiceSpec): ServiceSpec => spec.asWritten ?? spec;

const claimantOf = ({ folder, key, portChoice: choice }: ServiceSpec): PortClaimant | undefined =>
  choice === undefined ? undefined : { folder, key, choice };

const fixedPorts = (specs: readonly ServiceSpec[]): ReadonlySet<number> =>
  new Set(specs.flatMap(({ port, portChoice }) => (port === undefined || portChoice !== undefined ? [] : [port])));
