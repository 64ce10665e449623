/** The server accepts only certain host names: it refused the health check, or what a browser asked for. */
import { brief } from '../../wording/brief';
import { briefProbe } from '../../wording/briefFailure';
import { explainProbe } from '../../wording/explainProbe';
import { t } from '../../wording/l10n';
import { allowedHostsIn } from '../../workspaceFiles/allowedHosts';
import { openConfig, showTerminal } from '../actions';
import { probedAs } from '../evidence';
import type { Facts } from '../facts';
import type { FindingAction } from '../finding';
import { openAt } from '../openAt';
import { latestMatch, quoted } from '../output';
import { alive, ownOutcome } from '../queries';
import { textsOf } from '../references';
import type { Rule } from '../rule';

export const hostNotAllowed: Rule = {
  code: 'host-not-allowed',
  explains: ['bad-status'],
  find(facts) {
    if (alive(facts) === undefined) return [];
    const { id, key } = facts.spec;
    const outcome = ownOutcome(facts);
    const match = latestMatch(facts, 'hostRefused');
    const places = allowedAt(facts);
    if (outcome?.ok === false && outcome.failure.kind === 'badStatus' && outcome.failure.why === 'host')
      return [
        {
          severity: 'error',
          title: explainProbe(outcome.failure),
          short: briefProbe(outcome.failure),
          detail: t(
            'It accepts only certain host names, and the health check asks for {0}. Allow {0} in the server, or set the Host header in "health", for example "headers": { "Host": "shop.test" }.',
            hostHeader(facts),
          ),
          evidence: [probedAs(facts), ...(match === undefined ? [] : [quoted(match.line)])],
          actions: [...places, openConfig(id), showTerminal(id)],
        },
      ];
    const host = match?.groups['host'];
    if (match === undefined || host === undefined) return [];
    return [
      {
        severity: 'warning',
        title: t('{0} refused a request for the host {1}.', key, host),
        short: brief((name) => t('Host {0} refused', name), host),
        detail: t('It accepts only certain host names. Open another address in the browser, or allow this one in the server.'),
        evidence: [quoted(match.line)],
        actions: [...places, showTerminal(id)],
      },
    ];
  },
};

/** The setting in the files of the service. */
const allowedAt = (facts: Facts): readonly FindingAction[] =>
  [...textsOf(facts, facts.cwd)]
    .flatMap(([file, text]) => {
      const offset = allowedHostsIn(file, text);
      return offset === undefined ? [] : [openAt(file, text, offset)];
    })
    .slice(0, 1);

/** The Host header that the health check sends, without the port. */
function hostHeader({ spec: { probe } }: Facts): string {
  const set = Object.entries(probe?.headers ?? {}).find(([name]) => name.toLowerCase() === 'host')?.[1];
  const address = probe?.target.kind === 'http' ? probe.target.address : '';
  const host = set ?? /^https?:\/\/(\[[^\]]*\]|[^:/?#]+)/i.exec(address)?.[1] ?? 'localhost';
  return host.replace(/:\d+$/, '');
}
