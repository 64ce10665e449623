/** The service responds, but not as its probe expects: one code per kind of failure. */
import type { ProbeFailure } from '../../model/failure';
import { explainProbe } from '../../wording/explainProbe';
import { t } from '../../wording/l10n';
import { openConfig, restartService, showTerminal } from '../actions';
import { alive, ownOutcome } from '../queries';
import type { Code } from '../codes';
import type { Facts } from '../facts';
import { lastOutput } from '../output';
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
        evidence: [t('Probe: {0}', asked(facts)), ...(code === 'bad-status' ? lastOutput(facts) : [])],
        actions:
          code === 'bad-status' ? [showTerminal(id), openConfig(id), restartService(id)] : [openConfig(id), showTerminal(id)],
      },
    ];
  },
});

export const httpsExpected = onFailure('https-expected', ['httpsExpected'], () =>
  t('Use https:// in the address in "health", and in the browser.'),
);
export const httpExpected = onFailure('http-expected', ['httpExpected'], () =>
  t('Use http:// in the address in "health", or enable TLS in the server.'),
);
export const notHttp = onFailure('not-http', ['notHttp'], () =>
  t('This may be a database or another protocol: a TCP probe checks only whether it accepts connections.'),
);
export const badBody = onFailure('bad-body', ['badBody'], () =>
  t('The address responds with different content: correct "json" in "health", or the response.'),
);
export const badStatus = onFailure('bad-status', ['badStatus'], (failure) =>
  failure.kind === 'badStatus' ? statusAdvice(failure.status) : '',
);
export const probeFailed = onFailure('probe-failed', ['reset', 'execFailed', 'unknownHost', 'unreachable'], () =>
  t('Check the output of the service, and the target in "health".'),
);

function statusAdvice(status: number): string {
  if (status === 404) return t('The server works, but does not know this path: correct "health".');
  if (status === 401 || status === 403)
    return t('The server works, but requires a login for this path: use a path without one, or accept the status in "health".');
  if (status >= 500) return t('The server works, but could not handle the request: its output shows why.');
  if (status >= 300 && status < 400) return t('The server redirects: use the target address, or accept the status in "health".');
  return t('Correct the path in "health", or the accepted statuses.');
}

function asked({ spec }: Facts): string {
  const target = spec.probe?.target;
  if (target === undefined) return t('none');
  return target.kind === 'http' ? target.address : target.kind === 'tcp' ? t('TCP port {0}', target.port) : target.command;
}
