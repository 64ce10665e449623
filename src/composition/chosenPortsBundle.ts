/** Loads the bundle for ports that are not fixed when a services.json needs it. */
import type { ChosenPorts, ChosenPortsParts } from '../app/chosenPorts/chosenPorts';
import type { PortTable } from '../app/ports';
import type { Service, ServiceState } from '../core/lifecycle/state';
import type { ServiceSpec } from '../core/model/service';
import type { FilePortClaims } from '../os/storage/portClaims';

/** What the bundle exports. */
export interface ChosenPortsModule {
  readonly ChosenPorts: typeof ChosenPorts;
  readonly FilePortClaims: typeof FilePortClaims;
}

/** What the bundle needs beside itself. `directory`: where claims are, for all windows of the machine. */
export interface ChosenPortsWorld extends Omit<ChosenPortsParts, 'claims'> {
  readonly directory: string;
  readonly portTable: Pick<PortTable, 'canBind'>;
}

interface TextFile {
  readonly text: string;
  readonly services: readonly ServiceSpec[];
}

export class ChosenPortsBundle {
  #loading: Promise<ChosenPorts> | undefined;
  #loaded: ChosenPorts | undefined;

  constructor(
    private readonly load: () => Promise<ChosenPortsModule>,
    private readonly world: ChosenPortsWorld,
  ) {}

  /** The same files with a port wherever one is to be chosen. */
  async prepare<File extends TextFile>(files: readonly File[]): Promise<readonly File[]> {
    if (!files.some(needsPorts)) return files;
    try {
      return await (await this.#ports()).prepare(files);
    } catch (error) {
      // Services with a fixed port need none of it.
      this.world.log.error(`Ports could not be chosen: ${String(error)}`);
      return files;
    }
  }

  async move(spec: ServiceSpec): Promise<boolean> {
    return (await this.#ports()).move(spec);
  }

  /** A service whose port was chosen is known only once the bundle is loaded. */
  refresh(service: Service | undefined, next: ServiceState): void {
    this.#loaded?.refresh(service, next);
  }

  #ports(): Promise<ChosenPorts> {
    return (this.#loading ??= this.#create());
  }

  async #create(): Promise<ChosenPorts> {
    const { store, log, directory, portTable } = this.world;
    const { ChosenPorts: Created, FilePortClaims: Claims } = await this.load();
    const canBind: PortTable['canBind'] = (port) => portTable.canBind(port);
    return (this.#loaded = new Created({ store, log, claims: new Claims(directory, { canBind, log }) }));
  }
}

const needsPorts = ({ text, services }: TextFile): boolean =>
  /\$\{(?:port|url):/.test(text) || services.some(({ portChoice }) => portChoice !== undefined);
