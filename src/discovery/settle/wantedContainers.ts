/** Decides which containers without a service of their own are worth starting. */
import type { Candidate } from '../candidate';

export interface Around {
  readonly services: readonly Candidate[];
  readonly containers: readonly Candidate[];
  readonly pairs: ReadonlyMap<Candidate, Candidate>;
  readonly forced: ReadonlyMap<Candidate, string>;
}

/** Whether a container without a service of its own is worth starting. */
export function isWanted(container: Candidate, around: Around): boolean {
  const { container: facts } = container;
  if (facts === undefined || isRepeated(container, around)) return false;
  if (facts.isDeployment) return isWantedOfDeployment(container, around);
  if (isRuntime.test(facts.image) && facts.build === undefined && facts.ports.length === 0) return false;
  const moved = [...around.pairs.keys()].filter((other) => other.file === container.file && !around.forced.has(other));
  // A proxy leads to containers, which do not run.
  return facts.isProxy ? moved.length === 0 : !isOutOfReach(container, moved, around);
}

/** Another Compose file has the same one. */
const isRepeated = (container: Candidate, { containers }: Around): boolean =>
  containers
    .slice(0, containers.indexOf(container))
    .some(
      (other) =>
        other.name === container.name && other.container?.image === container.container?.image && samePort(other, container),
    );

function isWantedOfDeployment({ role, container: facts }: Candidate, { services, containers }: Around): boolean {
  if (role !== 'database') return !services.some((service) => service.source === 'code' && service.role !== 'database');
  return !containers.some(({ container: other }) => other?.isDeployment === false && other.image === facts?.image);
}

/** What only containers reach is of no use to code on this machine. */
function isOutOfReach(container: Candidate, moved: readonly Candidate[], { containers }: Around): boolean {
  const needs = (other: Candidate): boolean => other.needs?.has(container.name) === true;
  if (container.container?.ports.length !== 0 || container.role === 'worker' || !moved.some(needs)) return false;
  return !containers.some((other) => other.file === container.file && !moved.includes(other) && needs(other));
}

/** Such a container compiles or watches what is on this machine. */
const isRuntime = /^(?:docker\.io\/)?(?:library\/)?(?:node|python|golang|php|ruby|composer|rust|oven\/bun|denoland\/deno)(?::|$)/;

const samePort = (a: Candidate, b: Candidate): boolean => a.port !== undefined && a.port.number === b.port?.number;
