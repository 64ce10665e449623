/** Completes the names of launch configurations and compounds. */
import type { Cursor } from '../config/find';
import type { LaunchTargets } from '../debug/launchEntries';
import type { Completion } from './completion';
import { stringCompletion } from './completion';

export const launchCompletions = (cursor: Cursor, { configurations, compounds }: LaunchTargets): readonly Completion[] => [
  ...configurations.map(({ name, type }) => stringCompletion(cursor, name, { kind: 'launch', detail: type })),
  ...compounds.map(({ name, configurations: parts }) =>
    stringCompletion(cursor, name, { kind: 'launch', detail: parts.join(', ') }),
  ),
];
