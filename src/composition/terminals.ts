/** Watches what runs in terminals beside the services: commands that end a service, and second copies. */
import { CopyWatch } from '../app/diagnosis/copyWatch';
import type { CopyWatchParts } from '../app/diagnosis/copyWatch';
import { SeenKills } from '../app/diagnosis/seenKills';
import { readTerminalProcesses } from '../app/diagnosis/terminalFacts';
import { copyNotification } from '../core/notifications/copyNotification';
import { openTerminals } from '../host/terminals/openTerminals';
import { watchCommands } from '../host/agents/watchCommands';
import { isNotificationWanted } from '../host/config/settings';
import { showNotification } from '../host/notifications/showNotification';
import { countMemoryKills } from '../os/processTable/memoryKills';
import type { Own, Parts } from './parts';

/** To be given to the diagnosis. */
export function watchTerminals({ store, world }: Parts, own: Own): SeenKills {
  const seenKills = own(new SeenKills(store, world.clock, countMemoryKills));
  own(watchCommands({ started: (command) => seenKills.ran(command) }));
  return seenKills;
}

export function watchCopies(
  { store, world }: Parts,
  own: Own,
  given: Pick<CopyWatchParts, 'diagnose' | 'files'> & { isViewVisible(): boolean },
): void {
  const copies = own(
    new CopyWatch({
      clock: world.clock,
      services: () => store.services(),
      look: async () => readTerminalProcesses(await openTerminals(), store.services(), world),
      folderOf: ({ spec }) => world.folderOf(spec),
      files: given.files,
      diagnose: (id) => given.diagnose(id),
      report: (copy) => {
        if (isNotificationWanted(given.isViewVisible())) void showNotification(copyNotification(copy));
      },
    }),
  );
  own(watchCommands({ started: (command) => copies.ran(command), ended: (command) => copies.ended(command) }));
}
