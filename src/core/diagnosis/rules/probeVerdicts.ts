/** The service responds, but not as its probe expects: one code per kind of failure. */
import { briefProbe } from '../../wording/briefFailure';
import type { ProbeFailure } from '../../model/failure';
import { explainProbe } from '../../wording/explainProbe';
import { t } from '../../wording/l10n';
import { changeHealth, openConfig, restartService, showTerminal } from '../actions';
import { alive, ownOutcome } from '../queries';
import type { Code } from '../codes';
import { probedAs } from '../evidence';
import type { Facts } from '../facts';
import type { FindingAction } from '../finding';
import { lastOutput } from '../output';
import type { Rule } from '../rule';

interface Advice {
  readonly detail: string;
  /** The most helpful action comes first. */
  readonly actions: readonly FindingAction[];
}

const onFailure = (
  code: Code,
  kinds: readonly ProbeFailure['kind'][],
  adviceOn: (failure: ProbeFailure, facts: Facts) => Advice,
): Rule => ({
  code,
  find(facts) {
    const outcome = ownOutcome(facts);
    if (alive(facts) === undefined || outcome === undefined || outcome.ok || !kinds.includes(outcome.failure.kind)) return [];
    return [
      {
        severity: 'error',
        title: explainProbe(outcome.failure),
        short: briefProbe(outcome.failure),
        evidence: [probedAs(facts), ...(code === 'bad-status' ? lastOutput(facts) : [])],
        ...adviceOn(outcome.failure, facts),
      },
    ];
  },
});

/** The configuration is to be corrected. */
const correct =
  (detail: () => string) =>
  (_failure: ProbeFailure, { spec: { id } }: Facts): Advice => ({
    detail: detail(),
    actions: [openConfig(id), showTerminal(id)],
  });

export const httpsExpected = onFailure(
  'https-expected',
  ['httpsExpected'],
  correct(() => t('Use https:// in the address in "health", and in the browser.')),
);
export const httpExpected = onFailure(
  'http-expected',
  ['httpExpected'],
  correct(() => t('Use http:// in the address in "health", or enable TLS in the server.')),
);
export const notHttp = onFailure('not-http', ['notHttp'], (_failure, facts) => ({
  detail: t('This may be a database or another protocol: a TCP probe checks only whether it accepts connections.'),
  actions: [...useTcp(facts), openConfig(facts.spec.id), showTerminal(facts.spec.id)],
}));
export const badBody = onFailure(
  'bad-body',
  ['badBody'],
  correct(() => t('The address responds with different content: correct "json" in "health", or the response.')),
);
export const containerUnhealthy = onFailure('container-unhealthy', ['containerUnhealthy'], (_failure, { spec: { id } }) => ({
  detail: t(
    'The engine runs this health check inside the container. The log of the container may show why; the check itself is in the Compose file or in the image.',
  ),
  actions: [showTerminal(id), restartService(id), openConfig(id)],
}));
export const probeFailed = onFailure(
  'probe-failed',
  ['reset', 'execFailed', 'unknownHost', 'unreachable', 'container', 'containerStarting'],
  (failure, { spec: { id } }) => ({
    detail:
      failure.kind === 'reset'
        ? t('It accepts connections and closes them: a proxy, such as that of a container, may listen before its server does.')
        : t('Check the output of the service, and the target in "health".'),
    actions: failure.kind === 'reset' ? [showTerminal(id), openConfig(id)] : [openConfig(id), showTerminal(id)],
  }),
);
export const badStatus = onFailure('bad-status', ['badStatus'], (failure, facts) => {
  if (failure.kind !== 'badStatus') return { detail: '', actions: [] };
  const { id } = facts.spec;
  if (failure.why === 'webSocket') {
    return {
      detail: t('A health check does not speak WebSocket: a TCP probe checks whether the server accepts connections.'),
      actions: [...useTcp(facts), openConfig(id), showTerminal(id)],
    };
  }
  const { status } = failure;
  // Its output shows why; the address is right.
  if (status >= 500) return { detail: statusAdvice(status), actions: [showTerminal(id), openConfig(id), restartService(id)] };
  const needsLogin = status === 401 || status === 403;
  const accept = needsLogin ? [changeHealth(t('Accept Status {0}', status), facts.spec, { accept: status })] : [];
  return { detail: statusAdvice(status), actions: [...accept, openConfig(id), showTerminal(id)] };
});

/** Nothing where the port is not known. */
const useTcp = ({ spec }: Facts): readonly FindingAction[] =>
  spec.port === undefined ? [] : [changeHealth(t('Use a TCP Probe'), spec, { tcp: spec.port })];

function statusAdvice(status: number): string {
  if (status === 404) return t('The server works, but does not know this path: correct "health".');
  if (status === 401 || status === 403)
    return t('The server works, but requires a login for this path: use a path without one, or accept the status in "health".');
  if (status >= 500) return t('The server works, but could not handle the request: its output shows why.');
  if (status >= 300 && status < 400) return t('The server redirects: use the target address, or accept the status in "health".');
  return t('Correct the path in "health", or the accepted statuses.');
}
