/** Causes that the output names and that need no further look: memory, file watchers. */
import { t } from '../../wording/l10n';
import { openConfig, restartService, showTerminal } from '../actions';
import { failureOf, isTroubled } from '../ask';
import { lastTold, quoted } from '../output';
import type { Rule } from '../rule';

export const outOfMemory: Rule = {
  code: 'out-of-memory',
  explains: ['crashed', 'crash-loop', 'reloader-alone', 'not-listening', 'not-running'],
  find(facts) {
    const said = isTroubled(facts) ? lastTold(facts, 'memory') : undefined;
    if (said === undefined) return [];
    const remedy =
      said.tool === 'Node'
        ? t('Look for what grows, or raise the limit: NODE_OPTIONS=--max-old-space-size=4096 in "env".')
        : t('Look for what grows, or give it more memory.');
    return [
      {
        severity: 'error',
        title: t('{0} ran out of memory.', facts.spec.key),
        detail: remedy,
        evidence: [quoted(said.line), ...exitOf(facts)],
        actions: [restartService(facts.spec.id), openConfig(facts.spec.id), showTerminal(facts.spec.id)],
      },
    ];
  },
};

export const watcherLimit: Rule = {
  code: 'watcher-limit',
  explains: ['crashed', 'crash-loop', 'reloader-alone', 'not-listening', 'not-running'],
  find(facts) {
    const said = lastTold(facts, 'watchers');
    if (said === undefined) return [];
    const isLinux = facts.host.platform === 'linux';
    return [
      {
        severity: isTroubled(facts) ? 'error' : 'warning',
        title: t('The limit of watched files is reached, so {0} cannot see changes.', facts.spec.key),
        detail: isLinux
          ? t(
              'Raise it with: sudo sysctl fs.inotify.max_user_watches=524288 fs.inotify.max_user_instances=512. Or let the tool ignore large folders.',
            )
          : t('Raise the limit of open files (ulimit -n), or let the tool ignore large folders.'),
        evidence: [quoted(said.line)],
        actions: [showTerminal(facts.spec.id), restartService(facts.spec.id)],
      },
    ];
  },
};

function exitOf(facts: Parameters<Rule['find']>[0]): readonly string[] {
  const failure = failureOf(facts);
  return failure?.kind === 'crashed' && failure.end.exitCode !== undefined ? [t('Exit code: {0}', failure.end.exitCode)] : [];
}
