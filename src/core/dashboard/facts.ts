/** What the details of the dashboard show of a service besides its processes. */
import type { Service } from '../lifecycle/state';
import { commandLine } from '../model/service';
import { toSnapshot } from '../snapshot/toSnapshot';
import { actorWords } from '../wording/actor';
import { t } from '../wording/l10n';
import { listOf } from '../wording/listOf';
import { span } from '../wording/span';

type Fact = readonly [name: string, value: string];

export function factsOf(service: Service): readonly Fact[] {
  const { spec } = service;
  const { reason, verdict, pid, port, url, startedBy, lastProbe, exitCode } = toSnapshot(service);
  const facts: readonly (readonly [string, string | undefined])[] = [
    [t('Reason'), reason],
    [t('Verdict'), verdict?.title],
    [t('Command'), commandLine(spec)],
    [t('Folder'), spec.cwd === '' ? spec.folder : spec.cwd],
    [t('Process'), pid === undefined ? undefined : t('pid {0}', pid)],
    [t('Started by'), startedBy === undefined ? undefined : actorWords(startedBy)],
    [t('Exit code'), exitCode === undefined ? undefined : String(exitCode)],
    [t('Port'), port === undefined ? undefined : String(port)],
    [t('Address'), url],
    [
      t('Waits for'),
      spec.dependsOn.length === 0
        ? undefined
        : listOf(
            spec.dependsOn.map(({ id }) => id),
            'and',
          ),
    ],
    [t('Last probe'), lastProbe === undefined ? undefined : probeWords(lastProbe)],
  ];
  return facts.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
}

/** Names only: values may be secret. */
export const environmentOf = ({ spec }: Service): readonly string[] => [...Object.keys(spec.env), ...spec.envFiles].sort();

type LastProbe = NonNullable<ReturnType<typeof toSnapshot>['lastProbe']>;

function probeWords({ ok, status, latencyMs, error }: LastProbe): string {
  const figures = [
    ok ? t('ok') : t('failed'),
    status === undefined ? undefined : `HTTP ${status}`,
    latencyMs === undefined ? undefined : t('in {0}', span(latencyMs)),
  ].filter((figure) => figure !== undefined);
  return error === undefined ? figures.join(', ') : `${figures.join(', ')}: ${error}`;
}
