/** Connects what is below the rows of services with the system, and the commands of these rows. */
import * as vscode from 'vscode';
import type { CommandRuns } from '../app/commands/commandRuns';
import { RowLooks } from '../app/rowLook';
import { internalCommandIds } from '../core/model/commandIds';
import { openConfig } from '../host/config/openConfig';
import { RowDetails } from '../views/rowDetails';
import type { TreeElement } from '../views/treeElement';
import type { Own, Parts } from './parts';

/** The view that shows the rows. */
export interface RowsView {
  draw(rows: readonly TreeElement[]): void;
  /** Selects the row of a service. */
  reveal(id: string): Promise<void>;
}

interface ViewOfRows {
  readonly rows: RowsView;
  readonly isViewVisible: () => boolean;
}

export function connectRowDetails(
  parts: Parts,
  { rows, isViewVisible }: ViewOfRows,
  commands: CommandRuns,
  own: Own,
): RowDetails {
  const { store, usage, world } = parts;
  const { clock, processes, portTable, trees } = world;
  const looks = new RowLooks({ clock, processes, portTable, trees, usage });
  const register = (id: string, run: (id: string, name: unknown) => unknown): void =>
    void own(
      vscode.commands.registerCommand(id, (argument: unknown, name: unknown) =>
        typeof argument === 'string' ? run(argument, name) : undefined,
      ),
    );
  register(internalCommandIds.revealService, (id) => rows.reveal(id));
  register(internalCommandIds.showCommand, async (id, name) => {
    const service = store.get(id);
    if (service === undefined || typeof name !== 'string') return;
    if (!commands.show(service, name, 'keepFocus')) await openConfig(service.spec);
  });
  return own(
    new RowDetails({
      ...{ store, clock, isVisible: isViewVisible },
      look: (service) => looks.look(service),
      draw: (changed) => rows.draw(changed),
    }),
  );
}
