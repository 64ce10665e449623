/** Finds the service that runs from source for each container of the same program. */
import type { Candidate } from '../candidate';
import { isWithin, join, nameOf, stemOf } from '../read/paths';
import { readLine } from '../declared/starts';
import { splitWords } from '../command';
import { isDatabaseImage, isToolImage } from '../declared/roles';

/** Returns the service that the container would start a second time; undefined when there is none. */
export function counterpartOf(
  container: Candidate,
  services: readonly Candidate[],
  ownNames: ReadonlySet<string>,
): Candidate | undefined {
  const { container: facts, role } = container;
  if (facts === undefined || role === 'database') return undefined;
  const alike = services.filter((service) => (service.role === 'worker') === (role === 'worker') && service.role !== 'database');
  if (facts.build !== undefined) return byBuild(container, facts.build, alike);
  // A project may be such a tool itself.
  const isTool = isToolImage(facts.image) && !ownNames.has(lastName(facts.image));
  return isTool || isDatabaseImage(facts.image) ? undefined : byImage(container, alike, ownNames);
}

type Build = NonNullable<NonNullable<Candidate['container']>['build']>;

function byBuild(container: Candidate, build: Build, services: readonly Candidate[]): Candidate | undefined {
  const { folder, context } = build;
  const exact = services.filter(({ cwd }) => cwd === folder);
  const inside = services.filter(({ cwd }) => isWithin(cwd, folder));
  const around = services.filter(({ cwd }) => cwd !== '' && isWithin(folder, cwd));
  const copied = services.filter((service) => isCopied(service, build));
  // The Dockerfile of one service of several often is in the folder of all: what it copies tells which one.
  const groups = exact.length === 1 && folder !== '' ? [exact] : [narrow(container, copied), exact, inside, around];
  for (const group of groups) {
    const found = narrow(container, group);
    if (found.length === 1) return found[0];
    // One of them it is. Which one matters little: none of them needs its image.
    if (group.length > 1 && group !== copied) return found[0] ?? group[0];
  }
  const below = narrow(
    container,
    services.filter(({ cwd }) => isWithin(cwd, context)),
  )[0];
  return below ?? services.find((service) => isNamed(service, container.name)) ?? bySail(context, services);
}

/** Laravel Sail builds from a folder of its package, which is there after an installation only. */
const bySail = (context: string, services: readonly Candidate[]): Candidate | undefined =>
  /(?:^|\/)vendor\/laravel\//.test(context) ? services.find(({ kind }) => kind === 'laravel' || kind === 'declared') : undefined;

/** Whether the Dockerfile copies the folder of the service, or works in it. */
const isCopied = ({ cwd }: Candidate, { context, copied }: Build): boolean =>
  cwd !== '' &&
  cwd !== context &&
  copied.some((path) => isWithin(join(context, path), cwd) || isWithin(`app/${path}`, `app/${cwd}`));

/** Keeps those that agree with the container in the most telling respect. */
function narrow(container: Candidate, services: readonly Candidate[]): readonly Candidate[] {
  if (services.length < 2) return services;
  const { container: facts, name, role } = container;
  const ports = new Set((facts?.ports ?? []).flatMap(({ host, container: target }) => [host, target]));
  const started = facts === undefined || facts.command === '' ? undefined : readLine(splitWords(facts.command), {}, '').starts;
  const stem = stemOf(facts?.build?.dockerfile ?? '').toLowerCase();
  const tests: readonly ((service: Candidate) => boolean)[] = [
    (service) => isNamed(service, name) || (stem !== 'dockerfile' && isNamed(service, stem)),
    ({ port }) => port?.from === 'written' && ports.has(port.number),
    ({ kind }) => started !== undefined && 'kinds' in started && started.kinds.test(kind),
    (service) => service.role === role,
    ({ port }) => port !== undefined && ports.has(port.number),
  ];
  let left = services;
  for (const test of tests) {
    const agreeing = left.filter(test);
    if (agreeing.length > 0) left = agreeing;
    if (left.length === 1) break;
  }
  return left;
}

const isNamed = ({ cwd, name }: Candidate, wanted: string): boolean =>
  wanted !== '' && (nameOf(cwd).toLowerCase() === wanted.toLowerCase() || name.toLowerCase() === wanted.toLowerCase());

const lastName = (image: string): string => (image.split('/').at(-1) ?? '').replace(/[:@].*$/, '').toLowerCase();

/** An image of a registry is the project's own when it has its name, the name of a folder, or its port. */
function byImage(container: Candidate, services: readonly Candidate[], ownNames: ReadonlySet<string>): Candidate | undefined {
  const { name, container: facts, role } = container;
  const image = facts?.image ?? '';
  if (!image.includes('/')) return undefined;
  const last = lastName(image);
  const named = services.filter((service) => service.cwd !== '' && (isNamed(service, name) || isNamed(service, last)));
  if (named[0] !== undefined) return named[0];
  const hosts = new Set((facts?.ports ?? []).flatMap(({ host, container: target }) => [host, target]));
  const own = [...ownNames].some((known) => last === known || (known.length > 3 && last.startsWith(`${known}-`)));
  const listening = services.filter(({ port }) => port !== undefined && hosts.has(port.number));
  if (listening.length > 0 && (own || listening.some(({ port }) => port?.from === 'written'))) return listening[0];
  const sameRole = services.filter((service) => service.role === role);
  return own ? (sameRole[0] ?? services.find((service) => service.role === 'backend') ?? services[0]) : undefined;
}
