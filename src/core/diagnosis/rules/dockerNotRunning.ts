/** The Docker daemon does not run, or this user may not use it. */
import { brief } from '../../wording/brief';
import { t } from '../../wording/l10n';
import { runInTerminal, showTerminal, startService } from '../actions';
import type { Facts } from '../facts';
import type { FindingAction } from '../finding';
import { latestMatch, quoted } from '../output';
import { isTroubled } from '../queries';
import type { Rule } from '../rule';

export const dockerNotRunning: Rule = {
  code: 'docker-not-running',
  explains: ['missing-command', 'dependency-down', 'compose-port', 'crashed', 'crash-loop', 'not-listening', 'not-running'],
  find(facts) {
    const match = isTroubled(facts) ? latestMatch(facts, 'dockerNotRunning', 'dockerDenied') : undefined;
    if (match === undefined) return [];
    const { id, key } = facts.spec;
    if (match.kind === 'dockerDenied') {
      return [
        {
          severity: 'error',
          title: t('This user may not use Docker, which {0} needs.', key),
          short: brief(() => t('No access to Docker')),
          detail: t('Docker admits members of the group docker: add the user to it, and log in again.'),
          evidence: [quoted(match.line)],
          actions: [showTerminal(id), startService(id)],
        },
      ];
    }
    return [
      {
        severity: 'error',
        title:
          match.tool === 'Podman'
            ? t('Podman is not running, and {0} needs it.', key)
            : t('Docker is not running, and {0} needs it.', key),
        short: brief((tool) => t('{0} is not running', tool), match.tool === 'Podman' ? 'Podman' : 'Docker'),
        detail:
          facts.spec.compose === undefined
            ? t('Start it, then start the service again.')
            : t('Start it: the service then starts automatically.'),
        evidence: [quoted(match.line)],
        actions: [...startDaemon(facts, match.tool), startService(id), showTerminal(id)],
      },
    ];
  },
};

/** Within a container there is no daemon to start. */
function startDaemon({ host, cwd }: Facts, tool: string): readonly FindingAction[] {
  if (tool === 'Podman') return [runInTerminal('podman machine start', cwd)];
  if (host.platform === 'darwin') return [runInTerminal('open -a Docker', cwd)];
  if (host.platform === 'windows') return [runInTerminal('docker desktop start', cwd)];
  return host.inContainer ? [] : [runInTerminal('sudo systemctl start docker', cwd)];
}
