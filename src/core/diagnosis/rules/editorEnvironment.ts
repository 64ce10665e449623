/** A debug session of VS Code left its NODE_OPTIONS in the environment, and the file that they load is gone. */
import { brief } from '../../wording/brief';
import { t } from '../../wording/l10n';
import { changeConfig, reloadWindow, showTerminal } from '../actions';
import { latestMatch, quoted } from '../output';
import { isTroubled } from '../queries';
import type { Rule } from '../rule';

/** The file that js-debug has loaded before the program; old versions had other folders. */
const bootloader = /[\\/](?:ms-vscode\.)?js-debug[\w.-]{0,60}[\\/](?:[\w.-]{1,60}[\\/]){0,4}bootloader(?:\.bundle)?(?:\.js)?$/;

export const editorEnvironment: Rule = {
  code: 'editor-environment',
  explains: ['missing-preload', 'missing-dependency', 'missing-command', 'crashed', 'crash-loop', 'not-running'],
  find(facts) {
    const match = isTroubled(facts) ? latestMatch(facts, 'nodeModule') : undefined;
    const module = match?.groups['module'];
    if (match === undefined || module === undefined || !bootloader.test(module)) return [];
    const { id, key } = facts.spec;
    return [
      {
        severity: 'error',
        title: t('The environment of {0} loads a debugger of VS Code that is gone.', key),
        short: brief(() => t('NODE_OPTIONS of a debugger')),
        detail: t(
          'NODE_OPTIONS comes from a debug session, or from a version of VS Code that was updated. No package is missing. Start without it, or reload the window.',
        ),
        evidence: [quoted(match.line)],
        actions: [
          changeConfig(t('Start without NODE_OPTIONS'), id, { path: ['env', 'NODE_OPTIONS'], value: '' }),
          reloadWindow(),
          showTerminal(id),
        ],
      },
    ];
  },
};
