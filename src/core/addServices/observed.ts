/** What a test run showed corrects the proposal, and is written as a comment above it. */
import { t } from '../wording/l10n';
import { listOf } from '../wording/listOf';
import type { ServiceConfig } from '../config/schema';
import { unprovenStatuses } from '../model/unprovenPath';
import type { ProposedService } from './proposal';
import type { Response, TestRunOutcome } from './testRun';

/** Returns the proposal as it was seen to work, with what was seen among its evidence; without a test run it says that. */
export function observed(proposal: ProposedService, outcome: TestRunOutcome | undefined): ProposedService {
  const { config, evidence } = proposal;
  const [unproven, path] = withUnprovenPath(config);
  const doubt = path === undefined ? [] : [t('The health path {0} was not tried, so HTTP 401, 403 and 404 count as up.', path)];
  if (outcome === undefined || outcome.kind === 'stopped')
    return { ...proposal, config: unproven, evidence: [...evidence, t('Not tried: inferred from these files.'), ...doubt] };
  // A test run without a response to the path proves nothing about it.
  const seen = outcome.kind === 'responds' ? seenOf(config, outcome) : seenOf(unproven, outcome);
  const unseen = outcome.kind === 'responds' ? [] : doubt;
  const { needs = [] } = outcome;
  return {
    ...proposal,
    config: withDependencies(seen.config, needs),
    evidence: [
      ...evidence,
      ...seen.evidence,
      ...unseen,
      ...needs.map((key) => t('Seen in a test run: without {0} it failed.', key)),
    ],
  };
}

/** Returns the entry as it is written without a response to its health path, and that path; a path with a status of its own stays. */
function withUnprovenPath(config: ServiceConfig): readonly [config: ServiceConfig, path: string | undefined] {
  const { health } = config;
  const whole = typeof health === 'string' ? { http: health } : health;
  if (whole?.http === undefined || whole.status !== undefined || whole.json !== undefined) return [config, undefined];
  return [{ ...config, health: { ...whole, status: [...unprovenStatuses] } }, whole.http];
}

interface Seen {
  readonly config: ServiceConfig;
  readonly evidence: readonly string[];
}

function seenOf(config: ServiceConfig, outcome: TestRunOutcome): Seen {
  switch (outcome.kind) {
    case 'responds':
      return respondsOf(config, outcome.response, outcome.refused);
    case 'listens':
      return listensOf(config, outcome.ports);
    case 'elsewhere':
      return listensOf(
        { ...config, ...(outcome.ports.length === 1 ? { port: outcome.ports[0] ?? outcome.expected } : {}) },
        outcome.ports,
      );
    case 'staysUp':
      return staysUpOf(config, outcome);
    case 'runsAlready':
      return { config, evidence: [t('Not tried: its container was already running.')] };
    case 'completes':
      return { config, evidence: [t('Seen in a test run: it ended with exit code 0.')] };
    case 'failed':
      return { config, evidence: [t('Failed in a test run: {0}', outcome.why)] };
    case 'notTried':
      return { config, evidence: [t('Not tried, because {0} did not come up.', outcome.dependency)] };
    case 'stopped':
      return { config, evidence: [] };
  }
}

/** Its health stays as it was found: a ready line is only for a service of which neither it nor the engine is asked. */
function staysUpOf(config: ServiceConfig, { ms, readyLine }: Extract<TestRunOutcome, { kind: 'staysUp' }>): Seen {
  const evidence = [t('Seen in a test run: it was running, and opened no port within {0} s.', ms / 1000)];
  if (readyLine === undefined || config.health !== undefined || config.compose !== undefined) return { config, evidence };
  return {
    config: { ...config, readyLine },
    evidence: [...evidence, t('Seen in a test run: it wrote its ready line.')],
  };
}

function respondsOf(config: ServiceConfig, response: Response, refused: Response | undefined): Seen {
  const { path, status } = response;
  if (path === undefined) {
    if (refused === undefined) return { config, evidence: [t('Seen in a test run: it responded with HTTP {0}.', status)] };
    // A wrong path would keep those that depend on it waiting: an open port is enough then.
    const { health: _, ...others } = config;
    return { config: others, evidence: [wrongPath(refused)] };
  }
  const words = t('Seen in a test run: {0} responded with HTTP {1}.', path, status);
  if (refused === undefined) return { config, evidence: [words] };
  return { config: { ...config, health: withPath(config.health, path) }, evidence: [wrongPath(refused), words] };
}

const wrongPath = ({ path, url, status }: Response): string =>
  t('Seen in a test run: {0} responded with HTTP {1}, so it is not the health check.', path ?? url, status);

const withPath = (health: ServiceConfig['health'], path: string): NonNullable<ServiceConfig['health']> =>
  typeof health === 'object' ? { ...health, http: path } : path;

function listensOf(config: ServiceConfig, ports: readonly number[]): Seen {
  const [only, ...others] = ports;
  const isNew = config.port === undefined && only !== undefined && others.length === 0;
  const sorted = [...ports].sort((a, b) => a - b).map(String);
  return {
    config: isNew ? { ...config, port: only } : config,
    evidence: [t('Seen in a test run: it listened on {0}.', listOf(sorted, 'and'))],
  };
}

function withDependencies(config: ServiceConfig, needs: readonly string[]): ServiceConfig {
  if (needs.length === 0) return config;
  const { dependsOn = [] } = config;
  return {
    ...config,
    dependsOn: Array.isArray(dependsOn)
      ? [...dependsOn, ...needs]
      : { ...dependsOn, ...Object.fromEntries(needs.map((key) => [key, 'healthy'])) },
  };
}
