/** It waits to write: its terminal takes no output. A server that logs what it does then answers nobody. */
import { t } from '../../wording/l10n';
import { span } from '../../wording/span';
import { continueOutput, reloadWindow, restartService } from '../actions';
import { alive, value } from '../ask';
import type { Rule } from '../rule';

/** A flood of output is blocked again and again, for less than this. In ms. */
const patience = 5000;

export const terminalBlocked: Rule = {
  code: 'terminal-blocked',
  explains: ['hung', 'close-wait', 'slow', 'not-listening', 'probe-failed', 'reloader-alone'],
  find(facts) {
    const since = value(facts.blockedSince);
    const living = alive(facts);
    if (living === undefined || since === undefined || facts.at - since < patience) return [];
    const { key, id } = facts.spec;
    const waited = span(facts.at - since);
    return [
      {
        severity: 'error',
        title: t('{0} is held up: its terminal has taken no output for {1}, and it waits to write.', key, waited),
        detail: t(
          'Ctrl+S typed into a terminal holds it until Ctrl+Q, and VS Code may cease to read one that was flooded. Continue the output; if that does not help, reload the window, which leaves the service running, or restart it.',
        ),
        evidence: [t('Somebody has waited to write to its terminal for {0}, and nothing has come of it since.', waited)],
        actions: [continueOutput(id), reloadWindow(), restartService(id)],
      },
    ];
  },
};
