/** At which port of this machine a container is reached. */
import type { Container } from '../model/container';

/** Of several ports that of the lowest port in the container; undefined when it publishes no TCP port, as while it does not run. */
export const publishedPort = ({ ports }: Container): number | undefined =>
  ports.filter(({ protocol }) => protocol === 'tcp').toSorted((a, b) => a.target - b.target || a.published - b.published)[0]
    ?.published;
