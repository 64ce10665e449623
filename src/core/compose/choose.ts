/** Of the containers of one service, the one that is followed. */
import type { Container } from '../model/container';

/** Those that run come before those that do not; of equals the one that started last. Undefined when there is none. */
export const chosen = (containers: readonly Container[]): Container | undefined =>
  containers.toSorted((a, b) => rank(a) - rank(b) || compare(b.startedAt ?? '', a.startedAt ?? ''))[0];

const rank = ({ state }: Container): number => (isUp(state) ? 0 : 1);

/** Whether the engine runs it, or is about to. */
export const isUp = (state: Container['state']): boolean => state === 'running' || state === 'paused' || state === 'restarting';

/** Times of the engine are in UTC and begin with the year. */
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The ids that `ps -q` prints, one per line. */
export const idsIn = (printed: string): readonly string[] =>
  printed
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => /^[0-9a-f]{12,64}$/.test(line));
