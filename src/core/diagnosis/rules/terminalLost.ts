/** The service is running without a terminal: its terminal was closed. */
import { brief } from '../../wording/brief';
import { t } from '../../wording/l10n';
import { restartService } from '../actions';
import { alive } from '../queries';
import type { Rule } from '../rule';

export const terminalLost: Rule = {
  code: 'terminal-lost',
  find(facts) {
    const living = alive(facts);
    if (living === undefined || !('terminal' in living) || living.terminal !== 'lost') return [];
    const { key, id } = facts.spec;
    return [
      {
        severity: 'warning',
        title: t('{0} is running without a terminal (pid {1}), so its output is not visible.', key, living.process.pid),
        short: brief(() => t('No terminal')),
        detail: t('The service kept running when its terminal was lost. Restart it to get a new terminal.'),
        evidence: [t('pid {0} is running.', living.process.pid)],
        actions: [restartService(id)],
      },
    ];
  },
};
