/** The service put itself into the background: its terminal shows nothing, and VS Code takes its first process for the whole. */
import { brief } from '../../wording/brief';
import { t } from '../../wording/l10n';
import { changeConfig, openConfig, restartService } from '../actions';
import { backgroundCause } from '../daemons';
import type { Facts } from '../facts';
import type { FindingAction } from '../finding';
import { alive, commandOf, failureOf } from '../queries';
import type { Rule } from '../rule';

export const inBackground: Rule = {
  code: 'in-background',
  explains: ['crashed', 'crash-loop', 'foreign-owner', 'not-running', 'terminal-lost'],
  find(facts) {
    const pid = backgroundPid(facts);
    const cause = backgroundCause(facts.spec.command);
    if (pid === undefined && !(cause !== undefined && endedWithoutError(facts))) return [];
    const { key, id } = facts.spec;
    return [
      {
        severity: pid === undefined ? 'error' : 'warning',
        title:
          pid === undefined
            ? t('{0} put itself into the background, so its command has exited.', key)
            : t('{0} put itself into the background (pid {1}), so its output is not visible.', key, pid),
        short: brief(() => t('Runs in the background')),
        detail: detailOf(cause?.option, cause?.program ?? key),
        evidence: [t('Command: {0}', commandOf(facts)), ...(pid === undefined ? [] : [t('pid {0} is running.', pid)])],
        actions: [...keepInFront(facts), openConfig(id), ...(pid === undefined ? [] : [restartService(id)])],
      },
    ];
  },
};

function backgroundPid(facts: Facts): number | undefined {
  const living = alive(facts);
  return living !== undefined && 'terminal' in living && living.terminal === 'left' ? living.process.pid : undefined;
}

/** VS Code reports 0 for a killed process as well, so the command itself must send it there. */
function endedWithoutError(facts: Facts): boolean {
  const { lifecycle } = facts.state;
  if (lifecycle.kind === 'exited') return facts.spec.port !== undefined && (lifecycle.exitCode ?? 0) === 0;
  const failure = failureOf(facts);
  return failure?.kind === 'crashed' && failure.beforeReady && (failure.end.exitCode ?? 0) === 0;
}

function keepInFront({ spec }: Facts): readonly FindingAction[] {
  const cause = backgroundCause(spec.command);
  if (cause === undefined) return [];
  const line = typeof cause.inFront === 'string' ? cause.inFront : cause.inFront.join(' ');
  return [changeConfig(t('Set "command" to "{0}"', line), spec.id, { path: ['command'], value: cause.inFront })];
}

function detailOf(option: string | undefined, program: string): string {
  return option === undefined
    ? t('{0} does that unless an option keeps it in the foreground: there its output and its end are visible.', program)
    : t('Remove "{0}" from "command": in the foreground its output and its end are visible.', option);
}
