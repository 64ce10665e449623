/** The terminal accepts no output, so the service waits to write. A server that logs its requests does not respond in that time. */
import { brief } from '../../wording/brief';
import { t } from '../../wording/l10n';
import { span } from '../../wording/span';
import { continueOutput, reloadWindow, restartService } from '../actions';
import { alive, value } from '../queries';
import type { Rule } from '../rule';

/** A flood of output blocks the terminal repeatedly, but for less time than this. */
const minBlockedMs = 5000;

export const terminalBlocked: Rule = {
  code: 'terminal-blocked',
  explains: ['hung', 'close-wait', 'slow', 'not-listening', 'probe-failed', 'reloader-alone'],
  find(facts) {
    const since = value(facts.blockedSince);
    const living = alive(facts);
    if (living === undefined || since === undefined || facts.at - since < minBlockedMs) return [];
    const { key, id } = facts.spec;
    const waited = span(facts.at - since);
    return [
      {
        severity: 'error',
        title: t('{0} is blocked: its terminal has accepted no output for {1}.', key, waited),
        short: brief(() => t('Terminal is blocked')),
        detail: t(
          'Ctrl+S pauses a terminal until Ctrl+Q, and VS Code may stop reading a terminal that was flooded. Continue the output; if that does not help, reload the window, which leaves the service running, or restart the service.',
        ),
        evidence: [t('A process has been waiting for {0} to write to the terminal.', waited)],
        actions: [continueOutput(id), reloadWindow(), restartService(id)],
      },
    ];
  },
};
