/** At which port of this machine a container is reached. */
import type { Container } from '../model/container';

/** Of several ports that of the lowest port in the container; undefined when it publishes no TCP port, as while it does not run. */
export const publishedPort = ({ ports }: Container): number | undefined =>
  ports.filter(({ protocol }) => protocol === 'tcp').toSorted((a, b) => a.target - b.target || a.published - b.published)[0]
    ?.published;

/** The port for which the engine could not start the container, because it is taken; undefined when that was not the reason. */
export function takenPort({ error }: Pick<Container, 'error'>): number | undefined {
  const found =
    /:(\d{1,5})(?:\/tcp)?(?: failed: port is already allocated|: bind: address already in use|: address already in use)/.exec(
      error,
    );
  return found === null ? undefined : Number(found[1]);
}
