/** It runs unseen: the terminal that it lived in was closed. */
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
        title: `${key} runs as pid ${living.process.pid} without a terminal, so its output cannot be seen.`,
        detail: 'It was left running when its terminal went. A restart gives it a new one.',
        evidence: [`pid ${living.process.pid} is alive.`],
        actions: [restartService(id)],
      },
    ];
  },
};
