/** Finds the Docker Compose of this machine, which services with `compose` are started with. */
import type { FindCompose } from '../../src/os/launch/preflight';
import { ComposeLocator } from '../../src/os/compose/program';

const locator = new ComposeLocator();

export const findCompose: FindCompose = (surroundings) => locator.find(surroundings);
