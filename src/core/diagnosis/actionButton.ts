/** The title of an action on a button of a notification, which has less room than a row of the diagnosis. */
import { commandIds, reloadWindowCommandId } from '../model/commandIds';
import { button } from '../wording/button';
import type { ButtonTitle } from '../wording/button';
import { t } from '../wording/l10n';
import type { FindingAction } from './finding';

/** The whole command of an action stays in the diagnosis, and in the terminal before it runs. */
export function actionButton({ title, command, arguments: args = [] }: FindingAction): ButtonTitle {
  switch (command) {
    case commandIds.start:
      return button(title, t('Start It'));
    case commandIds.stop:
      return button(title, t('Stop It'));
    case commandIds.restart:
      return button(title, t('Restart It'));
    case commandIds.diagnose:
      return button(title, t('Diagnose Cause'));
    case commandIds.showTerminal:
      return button(t('Terminal'));
    case commandIds.runInTerminal:
      return installButton(args[0]) ?? button(title, t('Run in Terminal'));
    case commandIds.openConfig:
    case commandIds.openFile:
      return button(title, t('Open File'));
    case commandIds.freePort:
      return button(title, t('Free Port'));
    case commandIds.stopProcess:
      return button(title, t('End Process'));
    case commandIds.resumeProcess:
      return button(title, t('Continue'));
    default:
      return changeButton(title, command);
  }
}

function changeButton(title: string, command: string): ButtonTitle {
  switch (command) {
    case commandIds.continueOutput:
      return button(title, t('Continue'));
    case commandIds.attachDebugger:
      return button(title, t('Debug'));
    case commandIds.convertLineEndings:
      return button(title, t('Convert to LF'));
    case commandIds.removePidFile:
      return button(title, t('Delete File'));
    case commandIds.copyEnvFile:
      return button(title, t('Copy Example'));
    case commandIds.copyReport:
      return button(title, t('Copy Report'));
    case commandIds.setPort:
    case commandIds.changeConfig:
      return button(title, t('Change File'));
    case reloadWindowCommandId:
      return button(title, t('Reload'));
    default:
      return button(title, t('Run'));
  }
}

/** `pip install stripe`, `/venv/bin/python -m pip install "stripe==7"`, `npm install`, `pnpm add x`, `uv sync`, and the like. */
function installButton(line: unknown): ButtonTitle | undefined {
  const words = typeof line === 'string' ? line.split(/\s+/) : [];
  const verb = words.findIndex((word) => installs.has(word));
  if (verb < 1) return undefined;
  const wanted = words.slice(verb + 1).filter((word) => !word.startsWith('-'));
  const isOne = wanted.length === 1 && !words.includes('-r');
  return isOne ? button(t('Install {0}', nameIn(wanted[0] ?? '')), t('Install')) : button(t('Install'));
}

const installs: ReadonlySet<string> = new Set(['install', 'add', 'sync', 'ci']);

/** The package without quotes and version. */
const nameIn = (wanted: string): string => wanted.replaceAll(/["']/g, '').replace(/(?<=.)[=<>~@[].*$/, '');
