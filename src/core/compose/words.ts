/** The commands of Docker Compose for one service, as lists of words: no shell reads them. */
import type { ComposeRef } from '../model/service';

/**
 * How Compose is called, before its own options. v2 is a plugin of Docker's command line, docker-compose 1.29 a program of its own;
 * both understand every word here. Podman's `podman compose` passes them on to one of the two.
 */
export type ComposeProgram = readonly string[];

/** The program as the user reads it, and as it is called where v2 is installed. */
export const composeV2: ComposeProgram = ['docker', 'compose'];

/** Compose with its files, profiles and project. Without `files` it looks in its folder, then in the folders above. */
export function composeBase({ files, profiles, project }: ComposeRef, program: ComposeProgram = composeV2): readonly string[] {
  return [
    ...program,
    ...files.flatMap((file) => ['-f', file]),
    ...profiles.flatMap((profile) => ['--profile', profile]),
    ...(project === undefined ? [] : ['-p', project]),
  ];
}

/** Starts the service, with what it depends on in its Compose file, and comes back when its container runs. */
export const upWords = (ref: ComposeRef, program?: ComposeProgram): readonly string[] => [
  ...composeBase(ref, program),
  'up',
  '-d',
  ...(ref.build ? ['--build'] : []),
  ref.service,
];

/** Of the words that `upWords` made, and in which the program and variables were replaced since, those before "up". */
export const baseOf = (up: readonly string[], ref: ComposeRef): readonly string[] =>
  up.slice(0, up.length - (upWords(ref).length - composeBase(ref).length));

/** Puts the program that there is in the place of v2. */
export const withProgram = (up: readonly string[], program: ComposeProgram): readonly string[] => [
  ...program,
  ...up.slice(composeV2.length),
];

/** `graceMs` is rounded up to whole seconds, which is what Compose takes. */
export const stopWords = (base: readonly string[], { service }: ComposeRef, graceMs: number): readonly string[] => [
  ...base,
  ...['stop', '-t', String(Math.ceil(graceMs / 1000)), service],
];

export const killWords = (base: readonly string[], { service }: ComposeRef): readonly string[] => [...base, 'kill', service];

/** Prints the ids of all containers of the service, also of those that have exited. */
export const idWords = (base: readonly string[], { service }: ComposeRef): readonly string[] => [
  ...base,
  'ps',
  '-a',
  '-q',
  service,
];
