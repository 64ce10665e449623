/** The service ended without an error of its own and without a request: another process ended it, by a signal. */
import { brief } from '../../wording/brief';
import { t } from '../../wording/l10n';
import { listOf } from '../../wording/listOf';
import { shortened } from '../../wording/text';
import { restartService, showTerminal } from '../actions';
import type { Facts } from '../facts';
import { causeOf, lastOutput, linesOf } from '../output';
import { commandOf, failureOf, value } from '../queries';
import type { Rule } from '../rule';
import { agentOf } from '../terminalProcesses';

/** As shells report an end by SIGHUP, SIGKILL and SIGTERM; SIGINT is what Ctrl+C sends. */
const signals: ReadonlyMap<number, string> = new Map([
  [129, 'SIGHUP'],
  [137, 'SIGKILL'],
  [143, 'SIGTERM'],
]);

/** As sh, bash and zsh print the end of what they ran, and as servers print that they were asked to end. */
const traces: readonly (readonly [RegExp, string])[] = [
  [/^(?:\S{1,80}: line \d{1,6}: +\d{1,9} |zsh: \w{1,20} +)?killed\b/i, 'SIGKILL'],
  [/^(?:\S{1,80}: line \d{1,6}: +\d{1,9} |zsh: \w{1,20} +)?terminated\b/i, 'SIGTERM'],
  [/\b(?:SIGTERM|signal: term(?:inated)?)\b/i, 'SIGTERM'],
];

/** Lines at the end of the output that may say how it ended. */
const lastLines = 6;
const maxShown = 5;
const maxCommand = 80;

export const killedFromOutside: Rule = {
  code: 'killed-from-outside',
  explains: ['crashed', 'crash-loop', 'not-running', 'not-listening', 'forced-shutdown'],
  find(facts) {
    const by = endedBy(facts);
    if (by === undefined) return [];
    const { id, key } = facts.spec;
    return [
      {
        severity: 'error',
        title:
          by === 'unknown'
            ? t('{0} ended without an error: another process has probably ended it.', key)
            : t('{0} was ended from outside, by {1}.', key, by),
        short: brief(() => (by === 'unknown' ? t('Probably ended from outside') : t('Ended from outside ({0})', by))),
        detail: t('No command in a terminal of this window explains it. Restart it; end servers with Stop, or with svc stop.'),
        evidence: [...possible(facts), ...lastOutput(facts)],
        actions: [restartService(id), showTerminal(id)],
      },
    ];
  },
};

/**
 * The signal; `unknown` where only the lack of an error speaks for one, because VS Code reports 0 for a process that was killed
 * (seen on 1.139.1). Undefined for any other end, and where the kernel may have ended it for lack of memory.
 */
function endedBy(facts: Facts): string | undefined {
  const failure = failureOf(facts);
  if (failure?.kind !== 'crashed' || failure.repeats !== undefined || facts.state.restarts.inARow > 1) return undefined;
  if ((facts.memoryKills ?? 0) > 0 || runsElsewhere(facts)) return undefined;
  const { exitCode = 0 } = failure.end;
  if (exitCode !== 0) return signals.get(exitCode);
  const isSilent = !failure.beforeReady && facts.host.platform !== 'windows' && causeOf(facts) === undefined;
  return isSilent ? signalIn(facts) : undefined;
}

function signalIn(facts: Facts): string {
  const last = linesOf(facts)
    .slice(-lastLines)
    .map((line) => line.trim());
  return traces.find(([pattern]) => last.some((line) => pattern.test(line)))?.[1] ?? 'unknown';
}

/** What ends a container is reported by its engine, and does not show here. */
const runsElsewhere = (facts: Facts): boolean => /\b(?:docker|podman|nerdctl|docker-compose|ssh)\b/.test(commandOf(facts));

/** Programs that could have done it. Nothing proves it: they ran at that moment, that is all. */
function possible(facts: Facts): readonly string[] {
  const running = value(facts.inTerminals ?? { kind: 'known', value: [] }) ?? [];
  const shown = [...running].sort((a, b) => Number(isAgent(b.command)) - Number(isAgent(a.command))).slice(0, maxShown);
  if (shown.length === 0) return [];
  const names = shown.map(({ command, pid, terminal }) =>
    t('{0} (pid {1}, terminal "{2}")', agentOf(command) ?? shortened(command, maxCommand), pid, shortened(terminal, maxCommand)),
  );
  return [t('Possible, not proven: {0} ran in a terminal at that moment', listOf(names, 'and'))];
}

const isAgent = (command: string): boolean => agentOf(command) !== undefined;
