/** The port has no owner and cannot be bound yet: the start waits for it. */
import { brief } from '../../wording/brief';
import { t } from '../../wording/l10n';
import { openConfig } from '../actions';
import type { Rule } from '../rule';

export const portClosing: Rule = {
  code: 'port-closing',
  explains: ['not-running', 'not-listening'],
  find({ state: { lifecycle }, spec }) {
    if (lifecycle.kind !== 'launching' || lifecycle.phase.kind !== 'portClosing') return [];
    const { port } = lifecycle.phase;
    return [
      {
        severity: 'info',
        title: t('Port {0} is still closing: nothing is listening there, and it cannot be used yet.', port),
        short: brief(() => t('Waiting: port {0} is closing', port)),
        detail: t('{0} is started as soon as the port is free, and refused after five seconds.', spec.key),
        evidence: [],
        actions: [openConfig(spec.id)],
      },
    ];
  },
};
