/** Connects the one-off commands of services with their terminals and with the diagnosis. */
import { CommandRuns } from '../app/commands/commandRuns';
import { findingsOfCommand, runOf } from '../app/commands/failedCommand';
import type { DiagnosedRun } from '../app/commands/failedCommand';
import type { Finding } from '../core/diagnosis/finding';
import type { Parts } from './parts';

export function connectCommands(
  { store, world, stepTerminals }: Parts,
  diagnose: (id: string, run: DiagnosedRun) => Promise<readonly Finding[]>,
): CommandRuns {
  const { preflight, trees, clock, log } = world;
  return new CommandRuns({
    ...{ store, preflight, trees, clock, log, newRun: () => world.newRun() },
    terminals: stepTerminals,
    diagnose: async (failed) => {
      const { id } = failed.service.spec;
      return findingsOfCommand(await diagnose(id, runOf(failed, store.services(), clock.now())), failed);
    },
  });
}
