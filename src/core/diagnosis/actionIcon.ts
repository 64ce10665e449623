/** The icon of what a finding offers, so that a list of actions can be scanned. */
import { commandIds, reloadWindowCommandId } from '../model/commandIds';
import type { FindingAction } from './finding';

/** Returns the name of a product icon. */
export const actionIcon = ({ command }: Pick<FindingAction, 'command'>): string => icons.get(command) ?? 'play';

const icons: ReadonlyMap<string, string> = new Map([
  [commandIds.start, 'debug-start'],
  [commandIds.stop, 'debug-stop'],
  [commandIds.restart, 'debug-restart'],
  [commandIds.showTerminal, 'terminal'],
  [commandIds.runInTerminal, 'terminal'],
  [commandIds.open, 'globe'],
  [commandIds.openConfig, 'gear'],
  [commandIds.openFile, 'go-to-file'],
  [commandIds.diagnose, 'lightbulb'],
  [commandIds.runChecks, 'beaker'],
  [commandIds.freePort, 'plug'],
  [commandIds.stopProcess, 'debug-stop'],
  [commandIds.resumeProcess, 'debug-continue'],
  [commandIds.continueOutput, 'debug-continue'],
  [commandIds.attachDebugger, 'debug-alt'],
  [commandIds.setPort, 'edit'],
  [commandIds.changeConfig, 'edit'],
  [commandIds.convertLineEndings, 'edit'],
  [commandIds.removePidFile, 'trash'],
  [commandIds.copyEnvFile, 'files'],
  [commandIds.copyReport, 'copy'],
  [reloadWindowCommandId, 'refresh'],
]);
