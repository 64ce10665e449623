/** A command in another terminal ended the service: by its name, its pid or its port. */
import { brief } from '../../wording/brief';
import { t } from '../../wording/l10n';
import { span } from '../../wording/span';
import { shortened } from '../../wording/text';
import { restartService, showTerminal } from '../actions';
import type { Facts } from '../facts';
import { killedBy } from '../killCommands';
import { failureOf } from '../queries';
import type { Rule } from '../rule';

/** A command ends a process within this time (ms), and its report may come after the end. */
const within = { before: 10_000, after: 2000 };

/** As a shell and VS Code report an end by a signal; Windows ends with 1. */
const signalCodes: ReadonlySet<number | undefined> = new Set([undefined, 0, 129, 130, 137, 143]);

const maxShown = 100;

export const killedByCommand: Rule = {
  code: 'killed-by-command',
  explains: ['killed-from-outside', 'crashed', 'crash-loop', 'not-running', 'not-listening', 'forced-shutdown'],
  find(facts) {
    const at = endOf(facts);
    if (at === undefined) return [];
    for (const command of facts.commands ?? []) {
      const isNear = command.at >= at - within.before && command.at <= at + within.after;
      const killer = isNear ? killedBy(command.line, facts.spec, facts.lastPid) : undefined;
      if (killer === undefined) continue;
      const { id, key } = facts.spec;
      const line = shortened(command.line, maxShown);
      return [
        {
          severity: 'error',
          title: t('{0} was ended by a command in the terminal "{1}": {2}', key, shortened(command.terminal, maxShown), line),
          short: brief((name) => t('Ended by {0}', name), killer.command),
          detail: t('A command that ends processes ends services as well. Restart it; end servers with Stop, or with svc stop.'),
          evidence: [
            t('Command: {0}', line),
            t('It matches {0}', killer.by),
            t('It ran {0} before the diagnosis', span(Math.max(0, facts.at - command.at))),
          ],
          actions: [restartService(id), showTerminal(id)],
        },
      ];
    }
    return [];
  },
};

/** When it ended without an error of its own (ms since the epoch). */
function endOf(facts: Facts): number | undefined {
  const failure = failureOf(facts);
  const { lifecycle } = facts.state;
  if (failure?.kind !== 'crashed' || failure.repeats !== undefined) return undefined;
  const isSignal = signalCodes.has(failure.end.exitCode) || (facts.host.platform === 'windows' && failure.end.exitCode === 1);
  if (!isSignal) return undefined;
  return lifecycle.kind === 'failed' ? lifecycle.at : lifecycle.kind === 'backingOff' ? lifecycle.since : undefined;
}
