/** What the follower of a container is to do: its only argument, as JSON. */
import type { ServiceSpec } from '../model/service';
import { baseOf, composeV2, idWords, stopWords } from './words';

export interface FollowPlan {
  /** Docker's command line: a whole path, or a name on the PATH. */
  readonly docker: string;
  /** Starts the service; undefined when its container runs and is only followed. */
  readonly up?: readonly string[];
  /** Stops its container, which is killed after the grace period. */
  readonly stop: readonly string[];
  /** Prints the ids of its containers. */
  readonly ids: readonly string[];
}

/** `up` is the resolved command of a start, which is left out of the plan to attach; undefined for a service without `compose`. */
export function planOf(
  { compose, stopGracePeriod }: ServiceSpec,
  up: string | readonly string[],
  mode: 'start' | 'attach' = 'start',
): FollowPlan | undefined {
  if (compose === undefined || typeof up === 'string') return undefined;
  const base = baseOf(up, compose);
  const [program = '', subcommand] = base;
  return {
    docker: subcommand === composeV2[1] ? program : 'docker',
    ...(mode === 'start' && { up }),
    stop: stopWords(base, compose, stopGracePeriod),
    ids: idWords(base, compose),
  };
}

/** Undefined when it is none. */
export function readPlan(argument: string | undefined): FollowPlan | undefined {
  try {
    const value: unknown = JSON.parse(argument ?? '');
    return isPlan(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isPlan(value: unknown): value is FollowPlan {
  if (typeof value !== 'object' || value === null) return false;
  const words = ['stop', 'ids'].map((key): unknown => Reflect.get(value, key));
  const up: unknown = Reflect.get(value, 'up');
  if (up !== undefined && !isWords(up)) return false;
  return typeof Reflect.get(value, 'docker') === 'string' && words.every(isWords);
}

const isWords = (value: unknown): boolean =>
  Array.isArray(value) && value.length > 0 && value.every((word) => typeof word === 'string');
