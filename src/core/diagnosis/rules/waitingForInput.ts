/** The program asks something in its terminal, and goes on only after the answer. */
import { brief } from '../../wording/brief';
import { t } from '../../wording/l10n';
import { asSentence } from '../../wording/sentence';
import { showTerminal } from '../actions';
import { alive } from '../queries';
import type { Rule } from '../rule';

export const waitingForInput: Rule = {
  code: 'waiting-for-input',
  explains: ['not-listening', 'probe-failed', 'hung'],
  find(facts) {
    const living = alive(facts);
    if (living === undefined || living.kind === 'external' || living.question === undefined) return [];
    if (living.health.kind === 'healthy') return [];
    return [
      {
        severity: 'warning',
        title: t('{0} is waiting for an answer in its terminal: {1}', facts.spec.key, asSentence(living.question)),
        short: brief(() => t('Needs you: see terminal')),
        detail: t('Answer in the terminal. To start without the question, pass the answer in "command", for example with --yes.'),
        evidence: [t('Output: {0}', living.question)],
        actions: [showTerminal(facts.spec.id)],
      },
    ];
  },
};
