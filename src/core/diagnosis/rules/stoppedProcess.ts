/** A stopped process (SIGSTOP) does not respond, while its port is open. */
import { briefPaused } from '../../wording/briefFailure';
import { t } from '../../wording/l10n';
import { listOf } from '../../wording/listOf';
import { resumeProcess, restartService } from '../actions';
import { membersOf } from '../queries';
import type { Rule } from '../rule';

export const stoppedProcess: Rule = {
  code: 'stopped-process',
  explains: ['hung', 'close-wait', 'slow', 'not-listening', 'reloader-alone'],
  find(facts) {
    const halted = membersOf(facts).filter(({ state }) => state === 'stopped');
    if (halted.length === 0) return [];
    const pids = listOf(
      halted.map(({ pid }) => String(pid)),
      'and',
    );
    return [
      {
        severity: 'error',
        title:
          halted.length === 1
            ? t('{0} is suspended: pid {1} is stopped (SIGSTOP, Ctrl+Z or a debugger).', facts.spec.key, pids)
            : t('{0} is suspended: pids {1} are stopped (SIGSTOP, Ctrl+Z or a debugger).', facts.spec.key, pids),
        short: briefPaused(halted.map(({ pid }) => pid)),
        detail: t('It keeps its port and runs no code. Continue it, or restart the service; in a debugger, continue there.'),
        evidence: halted.map(({ pid, command }) => t('pid {0} is stopped: {1}', pid, command)),
        actions: [...halted.map(resumeProcess), restartService(facts.spec.id)],
      },
    ];
  },
};
