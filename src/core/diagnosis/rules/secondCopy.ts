/** A terminal runs the same program in the same folder as the service: a second copy, on another port. */
import type { Listener } from '../../model/process';
import { brief } from '../../wording/brief';
import { t } from '../../wording/l10n';
import { shortened } from '../../wording/text';
import { showCopied, stopCopy } from '../actions';
import type { Facts } from '../facts';
import { isSameProgram } from '../programs';
import { alive, membersOf, value } from '../queries';
import type { Rule } from '../rule';
import type { TerminalProcess } from '../terminalProcesses';
import { isSamePath } from '../../workspaceFiles/paths';

const maxShown = 80;

export const secondCopy: Rule = {
  code: 'second-copy',
  find(facts) {
    const living = alive(facts);
    const copy = living === undefined || living.kind === 'external' ? undefined : copyOf(facts);
    if (living === undefined || copy === undefined) return [];
    const { key, id } = facts.spec;
    const terminal = shortened(copy.terminal, maxShown);
    const [port = 0] = copy.ports;
    const own = ownPort(facts);
    return [
      {
        severity: 'warning',
        title: t('A second copy of {0} is running in the terminal "{1}", on port {2}.', key, terminal, port),
        short: brief(() => t('Second copy on port {0}', port)),
        detail:
          own === undefined
            ? t(
                'The service is pid {0}, the copy is pid {1}. What reaches port {2} does not reach the service.',
                living.process.pid,
                copy.pid,
                port,
              )
            : t(
                'The service is pid {0} on port {1}, the copy is pid {2}. What reaches port {3} does not reach the service.',
                living.process.pid,
                own,
                copy.pid,
                port,
              ),
        evidence: [
          t('Copy: pid {0}, port {1}, terminal "{2}"', copy.pid, port, terminal),
          t('Its command: {0}', shortened(copy.command, maxShown)),
          ...(copy.cwd === undefined ? [] : [t('Its folder: {0}', copy.cwd)]),
        ],
        actions: [stopCopy(copy), showCopied(id)],
      },
    ];
  },
};

/** Only what listens is a copy: a build, a test run or `--help` of the same tool is none, and another worktree is another folder. */
function copyOf(facts: Facts): TerminalProcess | undefined {
  const running = value(facts.inTerminals ?? { kind: 'known', value: [] }) ?? [];
  const own = new Set(membersOf(facts).map(({ pid }) => pid));
  const listening = new Set(listenersOfOwn(facts).flatMap(({ pids }) => pids));
  const servers = membersOf(facts).filter(({ pid }) => listening.has(pid));
  const match = facts.host.platform === 'linux' ? 'exact' : 'loose';
  const folders = [facts.cwd, value(facts.files)?.realCwd ?? facts.cwd];
  const isHere = (cwd: string | undefined): boolean =>
    cwd !== undefined && folders.some((folder) => isSamePath(cwd, folder, match));
  return running.find(
    ({ pid, cwd, command, ports }) =>
      !own.has(pid) && ports.length > 0 && isHere(cwd) && servers.some((server) => isSameProgram(server.command, command)),
  );
}

const listenersOfOwn = (facts: Facts): readonly Listener[] => value(facts.ownListeners) ?? [];

const ownPort = (facts: Facts): number | undefined =>
  listenersOfOwn(facts).find(({ port }) => port === facts.spec.port)?.port ?? listenersOfOwn(facts)[0]?.port;
