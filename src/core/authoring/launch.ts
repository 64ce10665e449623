/** Completes the names of launch configurations. */
import type { Cursor } from '../config/find';
import type { LaunchEntry } from '../debug/launchEntries';
import type { Completion } from './completion';
import { stringCompletion } from './completion';

export const launchCompletions = (cursor: Cursor, entries: readonly LaunchEntry[]): readonly Completion[] =>
  entries.map(({ name, type }) => stringCompletion(cursor, name, { kind: 'launch', detail: type }));
