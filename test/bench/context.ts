/** What every group of rows gets. */
import { join } from 'node:path';
import { repositoryRoot } from '../support/repository';
import type { Row } from './row';

export { freePort } from '../support/freePort';

export interface Context {
  /** A folder of our own; whatever works in it is ended after the run. */
  readonly scratch: string;
  /** More repetitions and sizes as the goals name them, for those who have the time. */
  readonly full: boolean;
  /** Where processor profiles of the extension host go, when somebody wants them. */
  readonly profiles: string | undefined;
  /** Windows in which nothing but the watch of services happens: how many, how long each, in seconds, and for how many services. */
  readonly windows: { readonly count: number; readonly seconds: number; readonly services: readonly number[] };
  /** Whether VS Code searches the system for ports to forward, as it does in remote windows only: a good part of its own cost. */
  readonly searchesPorts: boolean;
  readonly say: (line: string) => void;
}

/** Rows that are measured together, so that ours and its peers see the same machine. */
export interface Group {
  readonly name: string;
  measure(context: Context): Promise<readonly Row[]>;
}

export const serviceFile = (name: string): string => join(repositoryRoot, 'test', 'bench', 'services', name);
