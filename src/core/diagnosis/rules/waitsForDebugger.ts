/** The program was started with an option that makes it wait for a debugger. That is what was asked for, and no failure. */
import { brief } from '../../wording/brief';
import { t } from '../../wording/l10n';
import { openConfig, showTerminal, startDebugging } from '../actions';
import { debuggerPortsOf, waitsForDebugger } from '../debuggers';
import { listens } from '../evidence';
import type { Facts } from '../facts';
import { linesOf, matchSignatures, quoted } from '../output';
import { alive, isTroubled, place, value } from '../queries';
import type { Rule } from '../rule';

export const waitsForADebugger: Rule = {
  code: 'waits-for-debugger',
  explains: ['not-listening', 'probe-failed', 'wrong-port', 'hung', 'slow'],
  find(facts) {
    const living = alive(facts);
    if (living === undefined || living.kind === 'external' || !isTroubled(facts) || !waitsForDebugger(facts)) return [];
    const ports = debuggerPortsOf(facts);
    const own = (value(facts.ownListeners) ?? []).filter(({ port }) => ports.has(port));
    // It has begun to serve, so it waits no more.
    if ((value(facts.ownListeners) ?? []).some(({ port }) => port === facts.spec.port)) return [];
    const address = addressOf(facts) ?? own.map(place)[0];
    const match = matchSignatures(linesOf(facts), 'debugger').at(-1);
    const { key, id } = facts.spec;
    return [
      {
        severity: 'info',
        title:
          address === undefined
            ? t('{0} waits for a debugger to attach.', key)
            : t('{0} waits for a debugger to attach ({1}).', key, address),
        short: brief(() => t('Waits for a debugger')),
        detail: t('It goes on as soon as one is attached. To start without one, remove the option from "command".'),
        evidence: [...(match === undefined ? [] : [quoted(match.line)]), ...own.map(listens)],
        actions: [...attach(facts, own[0]?.port), showTerminal(id), openConfig(id)],
      },
    ];
  },
};

const addressOf = (facts: Facts): string | undefined => matchSignatures(linesOf(facts), 'debugger').at(-1)?.groups['address'];

/** VS Code has a debugger for Node only; those of other languages are extensions. */
function attach(facts: Facts, port: number | undefined) {
  const isNode = matchSignatures(linesOf(facts), 'debugger').some(({ tool }) => tool === 'Node');
  return isNode && port !== undefined ? [startDebugging(facts.spec.id, port)] : [];
}
