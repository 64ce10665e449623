/** The system refuses the port although no process uses it. */
import { brief } from '../../wording/brief';
import { t } from '../../wording/l10n';
import { openConfig } from '../actions';
import { failureOf, isTroubled, value } from '../queries';
import type { Facts } from '../facts';
import { latestMatch, quoted } from '../output';
import type { Rule } from '../rule';

export const portForbidden: Rule = {
  code: 'port-forbidden',
  explains: ['crashed', 'crash-loop', 'not-running', 'reloader-alone', 'not-listening'],
  find(facts) {
    const failure = failureOf(facts);
    const match = isTroubled(facts) ? latestMatch(facts, 'portForbidden') : undefined;
    if (failure?.kind !== 'portForbidden' && match === undefined) return [];
    const port = failure?.kind === 'portForbidden' ? failure.port : (numbered(match?.groups['port']) ?? facts.spec.port);
    return [
      {
        severity: 'error',
        title:
          port === undefined
            ? t('The system does not allow this user to listen on the port of {0}.', facts.spec.key)
            : t('The system does not allow this user to listen on port {0}.', port),
        short: port === undefined ? brief(() => t('Its port is not allowed')) : brief(() => t('Port {0} is not allowed', port)),
        detail: `${why(facts, failure?.kind === 'portForbidden' ? failure.why : undefined)} ${t('Use an allowed port, such as {0}.', suggestion(port))}`,
        evidence: match === undefined ? [] : [quoted(match.line)],
        actions: [openConfig(facts.spec.id)],
      },
    ];
  },
};

function why(facts: Facts, reason: string | undefined): string {
  const known = reason ?? value(facts.port.forbidden);
  if (known !== undefined && known !== '') return /[.!?]$/.test(known) ? known : `${known}.`;
  return facts.host.platform === 'windows'
    ? t('Windows reserves ranges of ports (netsh interface ipv4 show excludedportrange protocol=tcp).')
    : t('Ports below 1024 require additional privileges.');
}

/** Ranges that Windows reserves have hundreds of ports. */
const suggestion = (port = 0): number => (port > 0 && port < 1024 ? 8000 + port : port > 7000 && port < 9000 ? 3000 : 8000);

const numbered = (text: string | undefined): number | undefined => (text === undefined ? undefined : Number(text));
