/** Actions that findings offer. All but "Reload Window" run commands of this extension. */
import { t } from '../wording/l10n';
import { commandIds, reloadWindowCommandId } from '../model/commandIds';
import type { PortOwner, ProcessIdentity } from '../model/process';
import type { ServiceSpec } from '../model/service';
import { editedHealth } from '../authoring/editedHealth';
import type { HealthEdit } from '../authoring/editedHealth';
import type { ConfigChange } from '../config/setValues';
import type { FindingAction } from './finding';

export const startService = (id: string, name?: string): FindingAction =>
  act(name ? t('Start {0}', name) : t('Start'), 'start', id);
export const restartService = (id: string, name?: string): FindingAction =>
  act(name ? t('Restart {0}', name) : t('Restart'), 'restart', id);
export const showTerminal = (id: string): FindingAction => act(t('Show Terminal'), 'showTerminal', id);
export const openConfig = (id: string): FindingAction => act(t('Open Configuration'), 'openConfig', id);
export const diagnoseService = (id: string, name: string): FindingAction => act(t('Diagnose {0}', name), 'diagnose', id);
/** Shows the processes that use the port and asks before it ends them. */
export const freePort = (port: number): FindingAction => act(t('Free Port {0}', port), 'freePort', port);
/** Ends exactly this process, after the user confirmed it. */
export const stopProcess = ({ pid, born }: ProcessIdentity): FindingAction =>
  act(t('End pid {0}', pid), 'stopProcess', { pid, born });
/** The same for a second copy of a service. */
export const stopCopy = ({ pid, born }: ProcessIdentity): FindingAction => act(t('Stop the Copy'), 'stopProcess', { pid, born });
/** Shows the terminal of the service that has a copy. */
export const showCopied = (id: string): FindingAction => act(t('Show the Service'), 'showTerminal', id);
/** Ends the owners of a port where that may be offered: a service of this window is stopped, VS Code itself is left alone. */
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
/** Continues a stopped process (SIGCONT). */
export const resumeProcess = ({ pid, born }: ProcessIdentity): FindingAction =>
  act(t('Continue pid {0}', pid), 'resumeProcess', { pid, born });
/** Types Ctrl+Q into the terminal of the service. */
export const continueOutput = (id: string): FindingAction => act(t('Continue Output'), 'continueOutput', id);
/** A command of VS Code. Services keep running, and the new window reads their terminals again. */
export const reloadWindow = (): FindingAction => ({
  title: t('Reload Window'),
  command: reloadWindowCommandId,
  arguments: [],
});
/** Writes a script of the workspace with the line endings of Unix. */
export const convertLineEndings = (id: string, path: string): FindingAction =>
  act(t('Convert {0} to LF', nameIn(path)), 'convertLineEndings', id, path);
/** Deletes the pid file if its process is gone or is another program. */
export const removePidFile = (id: string, path: string): FindingAction =>
  act(t('Delete {0}', nameIn(path)), 'removePidFile', id, path);
/** Attaches VS Code's debugger for Node to the port on this machine. */
export const startDebugging = (id: string, port: number): FindingAction => act(t('Attach Debugger'), 'attachDebugger', id, port);
/** Writes the port into services.json. */
export const setPort = (id: string, port: number): FindingAction => act(t('Use Port {0}', port), 'setPort', id, port);
/** Writes `"port": "auto"` into services.json, and starts the service. */
export const useFreePort = (id: string): FindingAction => act(t('Use a Free Port in This Worktree'), 'useFreePort', id);
/** Writes values into the entry of the service in services.json; `title` names them. */
export const changeConfig = (title: string, id: string, ...changes: readonly ConfigChange[]): FindingAction =>
  act(title, 'changeConfig', id, changes);
/** Writes `health` with other values into the entry of the service, and keeps what its file has for the others. */
export const changeHealth = (title: string, { id, probe }: Pick<ServiceSpec, 'id' | 'probe'>, edit: HealthEdit): FindingAction =>
  changeConfig(title, id, { path: ['health'], value: editedHealth(probe, edit) });
/** Types the command into a new terminal in the folder, and leaves it to the user to run it. */
export const runInTerminal = (command: string, folder: string): FindingAction =>
  act(t('Run {0}', command), 'runInTerminal', command, folder);
/**
 * `line` and `column` start at 1. This is not `vscode.open`, which takes a position only in a `Uri`: plain data cannot hold one,
 * and in a remote window the string `file:…` means the other machine.
 */
export const openFile = (path: string, line = 1, column = 1): FindingAction =>
  act(line > 1 ? t('Open {0} at Line {1}', nameIn(path), line) : t('Open {0}', nameIn(path)), 'openFile', path, line, column);
/** Copies the example to the missing env file and starts the service. The command finds both paths in the failure itself. */
export const copyEnvFile = (id: string, example: string, file: string): FindingAction =>
  act(t('Copy {0} to {1}', nameIn(example), nameIn(file)), 'copyEnvFile', id);
/** Opens VS Code's chat with the report; the user sends it. */
export const askChat = (id: string): FindingAction => act(t('Ask Chat'), 'askChat', id);
export const copyReport = (id: string): FindingAction => act(t('Copy Report'), 'copyReport', id);

const act = (title: string, name: keyof typeof commandIds, ...args: readonly unknown[]): FindingAction => ({
  title,
  command: commandIds[name],
  arguments: args,
});

const nameIn = (path: string): string => path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
