/** It runs unseen: the terminal that it lived in was closed. */
import { t } from '../../wording/l10n';
import { restartService } from '../actions';
import { alive } from '../ask';
import type { Rule } from '../rule';

export const terminalLost: Rule = {
  code: 'terminal-lost',
  find(facts) {
    const living = alive(facts);
    if (living === undefined || !('terminal' in living) || living.terminal === 'attached') return [];
    const { key, id } = facts.spec;
    return [
      {
        severity: 'warning',
        title: t('{0} runs as pid {1} without a terminal, so its output cannot be seen.', key, living.process.pid),
        detail: t('It was left running when its terminal went. A restart gives it a new one.'),
        evidence: [t('pid {0} is alive.', living.process.pid)],
        actions: [restartService(id)],
      },
    ];
  },
};
