/** It answers, and not as its probe expects: one code for each way. */
import type { ProbeFailure } from '../../model/failure';
import { explainProbe } from '../../wording/explainProbe';
import { t } from '../../wording/l10n';
import { openConfig, restartService, showTerminal } from '../actions';
import { alive, ownOutcome } from '../ask';
import type { Code } from '../codes';
import type { Facts } from '../facts';
import { lastWords } from '../output';
import type { Rule } from '../rule';

const onFailure = (code: Code, kinds: readonly ProbeFailure['kind'][], detail: (failure: ProbeFailure) => string): Rule => ({
  code,
  find(facts) {
    const outcome = ownOutcome(facts);
    if (alive(facts) === undefined || outcome === undefined || outcome.ok || !kinds.includes(outcome.failure.kind)) return [];
    const { id } = facts.spec;
    return [
      {
        severity: 'error',
        title: explainProbe(outcome.failure),
        detail: detail(outcome.failure),
        evidence: [t('Probe: {0}', asked(facts)), ...(code === 'bad-status' ? lastWords(facts) : [])],
        actions:
          code === 'bad-status' ? [showTerminal(id), openConfig(id), restartService(id)] : [openConfig(id), showTerminal(id)],
      },
    ];
  },
});

export const httpsExpected = onFailure('https-expected', ['httpsExpected'], () =>
  t('Write the address with https:// in "health", and open it so in the browser.'),
);
export const httpExpected = onFailure('http-expected', ['httpExpected'], () =>
  t('Write the address with http:// in "health", or turn TLS on in the server.'),
);
export const notHttp = onFailure('not-http', ['notHttp'], () =>
  t('It may be a database or another protocol: a TCP probe only asks whether it accepts connections.'),
);
export const badBody = onFailure('bad-body', ['badBody'], () =>
  t('The address answers, with another content: correct "json" of "health", or the answer.'),
);
export const badStatus = onFailure('bad-status', ['badStatus'], (failure) =>
  failure.kind === 'badStatus' ? statusAdvice(failure.status) : '',
);
export const probeFailed = onFailure('probe-failed', ['reset', 'execFailed', 'unknownHost', 'unreachable'], () =>
  t('Look at its output, and whether "health" asks for the right thing.'),
);

function statusAdvice(status: number): string {
  if (status === 404) return t('The server works, but it does not know this path: correct "health".');
  if (status === 401 || status === 403)
    return t('The server works, but asks for a login there: use a path without one, or accept the status in "health".');
  if (status >= 500) return t('The server works, but failed to answer: its output tells why.');
  if (status >= 300 && status < 400) return t('It redirects: name the address where it leads, or accept the status in "health".');
  return t('Correct the path in "health", or the statuses that it accepts.');
}

function asked({ spec }: Facts): string {
  const target = spec.probe?.target;
  if (target === undefined) return t('none');
  return target.kind === 'http' ? target.address : target.kind === 'tcp' ? t('TCP port {0}', target.port) : target.command;
}
