/** The services of a soak, and how services.json names them now: each can be renamed and gets its name back. */
import { fixture } from '../files';
import { freePorts } from '../ports';

export interface Tree {
  readonly port: number;
  /** Every name that the service had or may get. */
  readonly names: readonly [string, string];
}

export const program = 'restless.js';

/** Which services run, without the extension: one process each, with its port as the last argument. */
export const commandOf = ({ port }: Tree): RegExp => new RegExp(`node\\S* restless\\.js ${port}$`);

export class Orchard {
  readonly #renamed = new Set<Tree>();

  private constructor(readonly trees: readonly [Tree, ...Tree[]]) {}

  static async plant(): Promise<Orchard> {
    const [first, ...others] = ['ash', 'birch', 'cedar', 'elm'] as const;
    const [port = 0, ...ports] = await freePorts(1 + others.length);
    const tree = (name: string, itsPort: number): Tree => ({ port: itsPort, names: [name, `${name}-renamed`] });
    return new Orchard([tree(first, port), ...others.map((name, index) => tree(name, ports[index] ?? 0))]);
  }

  nameOf(tree: Tree): string {
    return tree.names[this.#renamed.has(tree) ? 1 : 0];
  }

  rename(tree: Tree): void {
    if (!this.#renamed.delete(tree)) this.#renamed.add(tree);
  }

  /** services.json as it is to be. */
  get config(): string {
    return JSON.stringify({ services: Object.fromEntries(this.trees.map((tree) => [this.nameOf(tree), service(tree.port)])) });
  }

  get files(): Readonly<Record<string, string>> {
    return { [program]: fixture(program) };
  }
}

/** A conflict of a renamed service with its old name must not wait for an answer. */
const service = (port: number): object => ({
  command: ['node', program, '${port}'],
  port,
  onPortConflict: 'fail',
  restart: 'on-failure',
  maxRestarts: 50,
  stopGracePeriod: '2s',
  health: { http: '/', interval: '500ms', timeout: '500ms' },
  backoff: { initial: '200ms', max: '1s' },
});
