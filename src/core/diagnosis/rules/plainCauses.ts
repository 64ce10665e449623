/** Causes that the output names, which need no other fact: memory, file watchers. */
import { brief } from '../../wording/brief';
import { t } from '../../wording/l10n';
import { openConfig, restartService, showTerminal } from '../actions';
import { failureOf, isTroubled } from '../queries';
import { latestMatch, quoted } from '../output';
import type { Rule } from '../rule';

export const outOfMemory: Rule = {
  code: 'out-of-memory',
  explains: ['crashed', 'crash-loop', 'reloader-alone', 'not-listening', 'not-running'],
  find(facts) {
    const match = isTroubled(facts) ? latestMatch(facts, 'memory') : undefined;
    if (match === undefined) return [];
    const remedy =
      match.tool === 'Node'
        ? t('Look for a memory leak, or raise the limit: NODE_OPTIONS=--max-old-space-size=4096 in "env".')
        : t('Look for a memory leak, or give it more memory.');
    return [
      {
        severity: 'error',
        title: t('{0} ran out of memory.', facts.spec.key),
        short: brief(() => t('Out of memory')),
        detail: remedy,
        evidence: [quoted(match.line), ...exitOf(facts)],
        actions: [openConfig(facts.spec.id), restartService(facts.spec.id), showTerminal(facts.spec.id)],
      },
    ];
  },
};

export const watcherLimit: Rule = {
  code: 'watcher-limit',
  explains: ['crashed', 'crash-loop', 'reloader-alone', 'not-listening', 'not-running'],
  find(facts) {
    const match = latestMatch(facts, 'watchers');
    if (match === undefined) return [];
    const isLinux = facts.host.platform === 'linux';
    return [
      {
        severity: isTroubled(facts) ? 'error' : 'warning',
        title: t('The limit of watched files is reached, so {0} does not notice changes.', facts.spec.key),
        short: brief(() => t('Too many watched files')),
        detail: isLinux
          ? t(
              'Raise the limit: sudo sysctl fs.inotify.max_user_watches=524288 fs.inotify.max_user_instances=512. Or make the tool ignore large folders.',
            )
          : t('Raise the limit of open files (ulimit -n), or make the tool ignore large folders.'),
        evidence: [quoted(match.line)],
        actions: [showTerminal(facts.spec.id), restartService(facts.spec.id)],
      },
    ];
  },
};

function exitOf(facts: Parameters<Rule['find']>[0]): readonly string[] {
  const failure = failureOf(facts);
  return failure?.kind === 'crashed' && failure.end.exitCode ? [t('Exit code: {0}', failure.end.exitCode)] : [];
}
