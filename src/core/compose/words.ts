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
