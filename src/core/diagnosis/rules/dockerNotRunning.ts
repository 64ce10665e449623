/** The Docker daemon does not run, or this user may not use it. */
import { hostIn } from '../../compose/engineAddress';
import { brief } from '../../wording/brief';
import { t } from '../../wording/l10n';
import { runInTerminal, showTerminal, startService } from '../actions';
import type { Facts } from '../facts';
import type { FindingAction } from '../finding';
import { latestMatch, quoted } from '../output';
import { isTroubled } from '../queries';
import type { Rule, Verdict } from '../rule';
import type { SignatureMatch } from '../signatures/signatures';

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
    const { address = '' } = match.groups;
    const host = match.groups['host'] ?? hostIn(address);
    return [host === undefined ? notRunning(facts, match, address) : notReached(facts, match, host)];
  },
};

/** An engine that is reached by TCP or ssh: how it is started is not known here, on whatever machine it is. */
function notReached(facts: Facts, { line }: SignatureMatch, host: string): Verdict {
  const { id, key, compose } = facts.spec;
  return {
    severity: 'error',
    title: t('Docker on {0} does not respond, and {1} needs it.', host, key),
    short: brief((name) => t('{0} does not respond', name), 'Docker'),
    detail:
      compose === undefined
        ? t('DOCKER_HOST or the context of Docker names it. Start Docker there, then start the service again.')
        : t('DOCKER_HOST or the context of Docker names it. Start Docker there: the service then starts automatically.'),
    evidence: [quoted(line)],
    actions: [startService(id), showTerminal(id)],
  };
}

function notRunning(facts: Facts, { line, tool: program }: SignatureMatch, address: string): Verdict {
  const { id, key, compose } = facts.spec;
  const tool = program === 'Podman' || address.includes('podman') ? 'Podman' : 'Docker';
  return {
    severity: 'error',
    title:
      tool === 'Podman' ? t('Podman is not running, and {0} needs it.', key) : t('Docker is not running, and {0} needs it.', key),
    short: brief((name) => t('{0} is not running', name), tool),
    detail:
      compose === undefined
        ? t('Start it, then start the service again.')
        : t('Start it: the service then starts automatically.'),
    evidence: [quoted(line)],
    actions: [...startDaemon(facts, tool, address), startService(id), showTerminal(id)],
  };
}

/** Within a container there is no daemon to start. */
function startDaemon({ host, cwd }: Facts, tool: 'Docker' | 'Podman', address: string): readonly FindingAction[] {
  if (host.platform === 'linux' && host.inContainer) return [];
  const bySocket = host.platform === 'linux' ? units.find(([socket]) => socket.test(address)) : undefined;
  if (bySocket !== undefined) return [runInTerminal(`${bySocket[1]} start ${bySocket[2]}`, cwd)];
  if (tool === 'Podman') return [runInTerminal('podman machine start', cwd)];
  if (host.platform === 'darwin') return [runInTerminal('open -a Docker', cwd)];
  if (host.platform === 'windows') return [runInTerminal('docker desktop start', cwd)];
  return [runInTerminal('sudo systemctl start docker', cwd)];
}

/** By the socket of an engine on Linux, the unit that provides it: of Podman, of Docker without root and of Docker Desktop, by their manuals. */
const units: readonly (readonly [socket: RegExp, systemctl: string, unit: string])[] = [
  [/\/run\/user\/\d+\/podman\/podman\.sock$/, 'systemctl --user', 'podman.socket'],
  [/\/run\/podman\/podman\.sock$/, 'sudo systemctl', 'podman.socket'],
  [/\/run\/user\/\d+\/docker\.sock$/, 'systemctl --user', 'docker'],
  [/\/\.docker\/desktop\/docker\.sock$/, 'systemctl --user', 'docker-desktop'],
];
