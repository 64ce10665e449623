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
  if (isBesideApp(container, around)) return false;
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
function isOutOfReach(container: Candidate, moved: readonly Candidate[], { services, containers }: Around): boolean {
  const { container: facts, role, file } = container;
  if (facts === undefined || facts.ports.length > 0 || facts.isOnHost === true || role === 'worker') return false;
  const needs = (other: Candidate): boolean => other.needs?.has(container.name) === true;
  const runsFromSource = services.some(({ source }) => source === 'code');
  const isOfApp = moved.some(needs) || (runsFromSource && (role === 'database' || moved.length > 0));
  // A proxy in front of the app is not started either.
  const stays = (other: Candidate): boolean => !moved.includes(other) && !(other.container?.isProxy === true && moved.length > 0);
  return isOfApp && !containers.some((other) => other.file === file && stays(other) && needs(other));
}

/** A folder of additions to the project, whose containers the code does not ask for. */
const additions = /(?:^|\/)(?:extras?|contrib|misc|hack|playground)(?:\/|$)/;

const isBesideApp = ({ cwd, port }: Candidate, { services }: Around): boolean =>
  additions.test(cwd) &&
  services.some(({ source }) => source === 'code') &&
  !services.some(({ asks = [] }) => asks.some((ask) => ask.port === port?.number));

/** Such a container compiles or watches what is on this machine. */
const isRuntime = /^(?:docker\.io\/)?(?:library\/)?(?:node|python|golang|php|ruby|composer|rust|oven\/bun|denoland\/deno)(?::|$)/;

const samePort = (a: Candidate, b: Candidate): boolean => a.port !== undefined && a.port.number === b.port?.number;
