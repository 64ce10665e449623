/** A preflight that knows no variable but the port of a service, in a trusted workspace. */
import { FilePreflight } from '../../src/os/launch/preflight';
import { findCompose } from './findCompose';

export const portPreflight = new FilePreflight(
  ({ port }) =>
    (name) =>
      name === 'port' ? port?.toString() : undefined,
  () => true,
  findCompose,
);
