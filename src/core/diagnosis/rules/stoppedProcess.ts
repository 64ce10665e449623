/** A process that is halted answers nobody, while its port looks open. */
import { t } from '../../wording/l10n';
import { resumeProcess, restartService } from '../actions';
import { membersOf } from '../ask';
import type { Rule } from '../rule';

export const stoppedProcess: Rule = {
  code: 'stopped-process',
  explains: ['hung', 'close-wait', 'slow', 'not-listening', 'reloader-alone'],
  find(facts) {
    const halted = membersOf(facts).filter(({ state }) => state === 'stopped');
    if (halted.length === 0) return [];
    const pids = halted.map(({ pid }) => pid).join(', ');
    return [
      {
        severity: 'error',
        title:
          halted.length === 1
            ? t('{0} is halted: pid {1} is stopped (SIGSTOP, Ctrl+Z or a debugger).', facts.spec.key, pids)
            : t('{0} is halted: pid {1} are stopped (SIGSTOP, Ctrl+Z or a debugger).', facts.spec.key, pids),
        detail: t('It holds its port and runs nothing. Let it continue, or restart it; under a debugger, continue there.'),
        evidence: halted.map(({ pid, command }) => t('pid {0} is stopped: {1}', pid, command)),
        actions: [...halted.map(resumeProcess), restartService(facts.spec.id)],
      },
    ];
  },
};
