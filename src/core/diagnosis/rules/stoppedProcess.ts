/** A process that is halted answers nobody, while its port looks open. */
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
        title: `${facts.spec.key} is halted: pid ${pids} ${halted.length === 1 ? 'is' : 'are'} stopped (SIGSTOP, Ctrl+Z or a debugger).`,
        detail: 'It holds its port and runs nothing. Let it continue, or restart it; under a debugger, continue there.',
        evidence: halted.map(({ pid, command }) => `pid ${pid} is stopped: ${command}`),
        actions: [...halted.map(resumeProcess), restartService(facts.spec.id)],
      },
    ];
  },
};
