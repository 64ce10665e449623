/** A proposal as a row of the pick, with the state of its test run. */
import { startOf } from '../config/start';
import { commandIds } from '../model/commandIds';
import { commandLine } from '../model/service';
import { defined } from '../model/defined';
import { t } from '../wording/l10n';
import { listOf } from '../wording/listOf';
import { escapeIcons } from '../wording/markdown';
import { withoutFolders } from '../wording/text';
import type { FindingAction } from '../diagnosis/finding';
import type { ProposedService } from './proposal';
import { cameUp, isOutcome, outcomeOf } from './testRun';
import type { Response, TestRun } from './testRun';

export interface ProposalRow {
  readonly label: string;
  /** The command, with its folder and its port. */
  readonly description: string;
  /** The state of the test run; without one, the evidence for the service. */
  readonly detail: string;
}

export function proposalRow({ id, config, evidence, alternative }: ProposedService, testRun?: TestRun): ProposalRow {
  const { cwd = '' } = config;
  const port = typeof config.port === 'number' ? config.port : undefined;
  const command = commandLine({ command: startOf(config).command, ...defined({ port }) });
  const namesPort = port === undefined || new RegExp(`\\b${port}\\b`).test(command);
  const parts = [
    command,
    ...(cwd === '' ? [] : [t('in {0}', cwd)]),
    ...(namesPort ? [] : [t('port {0}', port)]),
    ...(alternative === undefined ? [] : [alternative.runsIn === 'container' ? t('or in its container') : t('or from source')]),
  ];
  return {
    label: escapeIcons(id),
    description: escapeIcons(parts.join(' · ')),
    detail: testRun === undefined ? escapeIcons(evidence.join('; ')) : `$(${icon(testRun)}) ${escapeIcons(words(testRun))}`,
  };
}

function words(testRun: TestRun): string {
  switch (testRun.kind) {
    case 'waiting':
      return t('Waiting for the previous test run');
    case 'starting':
      return testRun.reason === undefined ? t('Test run in progress') : t('Test run in progress: {0}', testRun.reason);
    case 'keptUp':
      return words(testRun.outcome);
    case 'ending':
      return t('Stopping the test run…');
    case 'runsAlready':
      return t('Its container is already running');
    case 'completes':
      return t('Completed with exit code 0');
    case 'notTried':
      return t('Not tried: {0} did not come up', testRun.dependency);
    case 'responds':
      return respondsWords(testRun.response, testRun.refused);
    case 'listens':
      return testRun.ports.length === 1
        ? t('Listening on port {0}', ports(testRun.ports))
        : t('Listening on ports {0}', ports(testRun.ports));
    case 'staysUp':
      return t('Running; no port opened within {0} s', testRun.ms / 1000);
    case 'elsewhere':
      return testRun.ports.length === 1
        ? t('Listening on port {0}, not on {1}', ports(testRun.ports), testRun.expected)
        : t('Listening on ports {0}, not on {1}', ports(testRun.ports), testRun.expected);
    case 'failed':
      return shortWhy(testRun);
    case 'stopped':
      return t('Test run stopped');
  }
}

/** The cause of a failed test run in one line: the verdict, or else the reason; folders are cut from paths, which would hide it. */
export const shortWhy = ({ why, verdict }: Extract<TestRun, { kind: 'failed' }>): string => withoutFolders(verdict?.title ?? why);

/** `2 of 3 respond`; undefined before the first outcome. A service that was stopped counts as not tried. */
export function testRunSummary(testRuns: readonly TestRun[]): string | undefined {
  const tried = testRuns.flatMap((testRun) => outcomeOf(testRun) ?? []).filter(({ kind }) => kind !== 'stopped');
  const good = tried.filter(cameUp);
  return tried.length === 0 ? undefined : t('{0} of {1} respond', good.length, tried.length);
}

/** The command that installs what a failed service misses; undefined for every other outcome. */
export function installAction(testRun: TestRun | undefined): FindingAction | undefined {
  if (testRun?.kind !== 'failed') return undefined;
  const [first] = testRun.verdict?.actions ?? [];
  return first?.command === commandIds.runInTerminal ? first : undefined;
}

const respondsWords = ({ url, status, latencyMs }: Response, refused: Response | undefined): string =>
  refused === undefined
    ? t('Responds at {0} (HTTP {1}, {2} ms)', url, status, Math.round(latencyMs))
    : t(
        'Responds at {0} (HTTP {1}, {2} ms); {3} gave HTTP {4}',
        url,
        status,
        Math.round(latencyMs),
        refused.path ?? refused.url,
        refused.status,
      );

function ports(all: readonly number[]): string {
  const ascending = [...all].sort((a, b) => a - b);
  return listOf(ascending.map(String), 'and');
}

function icon(testRun: TestRun): string {
  if (testRun.kind === 'keptUp') return icon(testRun.outcome);
  if (!isOutcome(testRun)) return testRun.kind === 'waiting' ? 'watch' : 'loading~spin';
  switch (testRun.kind) {
    case 'responds':
    case 'listens':
    case 'staysUp':
    case 'runsAlready':
    case 'completes':
      return 'pass';
    case 'elsewhere':
    case 'notTried':
      return 'warning';
    case 'failed':
      return 'error';
    case 'stopped':
      return 'circle-slash';
  }
}
