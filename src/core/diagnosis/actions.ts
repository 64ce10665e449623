/** What a finding offers to do. Ids without a handler of VS Code's own are this extension's. */
import { t } from '../wording/l10n';
import { commandIds, reloadWindowCommandId } from '../model/commandIds';
import type { PortOwner, ProcessIdentity } from '../model/process';
import type { FindingAction } from './finding';

export const startService = (id: string, name?: string): FindingAction =>
  act(name ? t('Start {0}', name) : t('Start'), 'start', id);
export const restartService = (id: string, name?: string): FindingAction =>
  act(name ? t('Restart {0}', name) : t('Restart'), 'restart', id);
export const showTerminal = (id: string): FindingAction => act(t('Show Terminal'), 'showTerminal', id);
export const openConfig = (id: string): FindingAction => act(t('Open Configuration'), 'openConfig', id);
export const diagnoseService = (id: string, name: string): FindingAction => act(t('Diagnose {0}', name), 'diagnose', id);
/** Shows who holds the port and asks before it ends them. */
export const freePort = (port: number): FindingAction => act(t('Free Port {0}', port), 'freePort', port);
/** Ends exactly this process, after the person's consent. */
export const stopProcess = ({ pid, born }: ProcessIdentity): FindingAction =>
  act(t('Stop pid {0}', pid), 'stopProcess', { pid, born });
/** Ends the owners of a port, as far as that may be offered: a service of this window is stopped, VS Code itself is left alone. */
export function stopOwners(owners: readonly PortOwner[]): readonly FindingAction[] {
  const services = new Set<string>();
  return owners.flatMap(({ process, origin }) => {
    if (origin.kind === 'editor') return [];
    if (origin.kind !== 'service' || origin.id === undefined) return [stopProcess(process)];
    if (services.has(origin.id)) return [];
    services.add(origin.id);
    return [act(t('Stop {0}', origin.key), 'stop', origin.id)];
  });
}
/** Lets a stopped process go on (SIGCONT). */
export const resumeProcess = ({ pid, born }: ProcessIdentity): FindingAction =>
  act(t('Continue pid {0}', pid), 'resumeProcess', { pid, born });
/** Types Ctrl+Q into the terminal of the service. */
export const continueOutput = (id: string): FindingAction => act(t('Continue Output'), 'continueOutput', id);
/** A command of VS Code's own. Services go on, and their terminals are read anew. */
export const reloadWindow = (): FindingAction => ({
  title: t('Reload Window'),
  command: reloadWindowCommandId,
  arguments: [],
});
/** Writes the port into services.json. */
export const setPort = (id: string, port: number): FindingAction => act(t('Use Port {0}', port), 'setPort', id, port);
/** Types the command into a terminal of its own, in the folder, where the person sees and starts it. */
export const runInTerminal = (command: string, folder: string): FindingAction =>
  act(t('Run {0}', command), 'runInTerminal', command, folder);
/**
 * Line and column count from 1. A command of our own: `vscode.open` takes a position only in a `Uri`, which plain data cannot
 * hold, and in a remote window the text `file:…` means the other machine.
 */
export const openFile = (path: string, line = 1, column = 1): FindingAction =>
  act(line > 1 ? t('Open {0} at Line {1}', nameIn(path), line) : t('Open {0}', nameIn(path)), 'openFile', path, line, column);
/** Copies the example beside the missing env file, and starts the service. Which files they are is looked up when it is done. */
export const copyEnvFile = (id: string, example: string, file: string): FindingAction =>
  act(t('Copy {0} to {1}', nameIn(example), nameIn(file)), 'copyEnvFile', id);
export const copyReport = (id: string): FindingAction => act(t('Copy Report'), 'copyReport', id);

const act = (title: string, name: keyof typeof commandIds, ...args: readonly unknown[]): FindingAction => ({
  title,
  command: commandIds[name],
  arguments: args,
});

const nameIn = (path: string): string => path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
