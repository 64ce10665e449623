/** Keys act on the row with the focus, which may be that of a group or of a one-off command. */
import type { Service } from '../core/lifecycle/state';
import { commandIds } from '../core/model/commandIds';
import { rowOf } from '../core/views/grouping';

export interface FocusedRow {
  readonly key: string;
  /** Of the service; undefined for the row of a group, a role or a folder. */
  readonly id: string | undefined;
  /** Name of the one-off command that the row stands for. */
  readonly command?: string;
}

export interface FocusActions {
  /** The row with the keyboard focus; only right after `list.toggleSelection`. */
  focusedRow(): FocusedRow | undefined;
  services(): readonly Service[];
  get(id: string): Service | undefined;
  showCommand(service: Service, name: string): Promise<void>;
}

type Handler = (argument: unknown) => unknown;
type RowHandler = (row: FocusedRow) => unknown;

/** What replaces handlers of services where a key was pressed on another row. */
export function ofFocusedRow(actions: FocusActions, all: Readonly<Record<string, Handler>>): Readonly<Record<string, Handler>> {
  const show: RowHandler = (row) => showCommand(actions, row);
  const forRows = (id: string, { group, command }: { readonly group?: string; readonly command: RowHandler | undefined }) =>
    [
      id,
      (argument: unknown): unknown => {
        const row = isFocus(argument) ? actions.focusedRow() : undefined;
        if (row?.command !== undefined) return command?.(row);
        return group !== undefined && isTogether(row, actions) ? all[group]?.(row) : all[id]?.(argument);
      },
    ] as const;
  return Object.fromEntries([
    forRows(commandIds.start, { group: commandIds.startGroup, command: all[commandIds.runCommand] }),
    forRows(commandIds.restart, { group: commandIds.restartGroup, command: all[commandIds.runCommand] }),
    // It is ended in its terminal; its service is not meant.
    forRows(commandIds.stop, { group: commandIds.stopGroup, command: show }),
    forRows(commandIds.showTerminal, { command: show }),
  ]);
}

const isFocus = (argument: unknown): boolean => typeof argument === 'object' && argument !== null && 'focused' in argument;

const isTogether = (row: FocusedRow | undefined, actions: FocusActions): boolean =>
  row !== undefined && row.id === undefined && rowOf(row.key, actions.services()) !== undefined;

function showCommand(actions: FocusActions, { id = '', command = '' }: FocusedRow): unknown {
  const service = actions.get(id);
  return service === undefined ? undefined : actions.showCommand(service, command);
}
