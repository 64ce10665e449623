/** The system refuses the port although nobody has it. */
import { t } from '../../wording/l10n';
import { openConfig } from '../actions';
import { failureOf, isTroubled, value } from '../ask';
import type { Facts } from '../facts';
import { lastTold, quoted } from '../output';
import type { Rule } from '../rule';

export const portForbidden: Rule = {
  code: 'port-forbidden',
  explains: ['crashed', 'crash-loop', 'not-running', 'reloader-alone', 'not-listening'],
  find(facts) {
    const failure = failureOf(facts);
    const said = isTroubled(facts) ? lastTold(facts, 'portForbidden') : undefined;
    if (failure?.kind !== 'portForbidden' && said === undefined) return [];
    const port = failure?.kind === 'portForbidden' ? failure.port : (numbered(said?.groups['port']) ?? facts.spec.port);
    return [
      {
        severity: 'error',
        title:
          port === undefined
            ? t('The system does not let this user listen on port it wants.')
            : t('The system does not let this user listen on port {0}.', port),
        detail: `${why(facts, failure?.kind === 'portForbidden' ? failure.why : undefined)} ${t('Give it a port that is allowed, such as {0}.', suggestion(port))}`,
        evidence: said === undefined ? [] : [quoted(said.line)],
        actions: [openConfig(facts.spec.id)],
      },
    ];
  },
};

function why(facts: Facts, told: string | undefined): string {
  const known = told ?? value(facts.port.forbidden);
  if (known !== undefined && known !== '') return /[.!?]$/.test(known) ? known : `${known}.`;
  return facts.host.platform === 'windows'
    ? t('Windows reserves ranges of ports (netsh interface ipv4 show excludedportrange protocol=tcp).')
    : t('Ports below 1024 need more rights.');
}

const suggestion = (port: number | undefined): number => (port !== undefined && port < 1024 ? 8000 + port : 8000);

const numbered = (text: string | undefined): number | undefined => (text === undefined ? undefined : Number(text));
