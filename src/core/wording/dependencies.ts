/** The services that one depends on, in words: what they do while it waits, and why it cannot start with them. */
import { t } from './l10n';
import { short } from './sentence';
import type { DependencyProblem, WaitingState } from '../model/dependency';

/** In lower case, for brackets behind the name of the service. */
export function waitingStateWords(state: WaitingState): string {
  switch (state) {
    case 'waiting':
      return t('waiting');
    case 'beingSetUp':
      return t('being set up');
    case 'starting':
      return t('starting');
    case 'running':
      return t('running');
    case 'unknown':
      return t('unknown');
    case 'unhealthy':
      return t('unhealthy');
    case 'reloading':
      return t('reloading');
    case 'stopping':
      return t('stopping');
    case 'ending':
      return t('ending');
    case 'backingOff':
      return t('waiting to be tried again');
  }
}

export function explainDependency(id: string, problem: DependencyProblem): string {
  return t('Depends on {0}, which is not available: {1}.', id, dependencyProblemWords(problem));
}

/** In lower case, for the end of a sentence. */
export function dependencyProblemWords(problem: DependencyProblem): string {
  switch (problem.kind) {
    case 'notConfigured':
      return t('it is not configured');
    case 'stopped':
      return t('it was stopped');
    case 'failed':
      return t('it failed');
    case 'exited':
      return t('it ended');
    case 'notCompleted':
      return problem.exitCode === undefined
        ? t('it exited, and its exit code is unknown')
        : t('it ended with code {0}', problem.exitCode);
    case 'circle':
      return t('these services wait for one another and could never start: {0}', problem.ids.map(short).join(' → '));
  }
}
