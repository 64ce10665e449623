/** Bands of states over the last hour, and what happened, in sentences. */
import type { ShownIncident, Timeline } from '../../core/dashboard/messages';
import type { Band, BandState } from '../../core/history/bands';
import { visibleText } from '../../core/logs/invisible';
import { displayLanguage, t } from '../../core/wording/l10n';
import { span } from '../../core/wording/span';

interface Props {
  readonly timeline: Timeline | undefined;
  /** Shows the log of the service at that moment. */
  readonly openLog: (service: string, at: number) => void;
}

export function TimelineTab({ timeline, openLog }: Props) {
  if (timeline === undefined) return <p class="dash-empty">{t('Loading…')}</p>;
  const { from, to, bands, incidents } = timeline;
  return (
    <>
      <h2>{t('States in the last hour')}</h2>
      <ul class="dash-bands">
        {bands.map(({ service, bands: states }) => (
          <li key={service}>
            <span class="dash-band-name">{visibleText(service)}</span>
            <span class="dash-band" role="img" aria-label={`${service}: ${states.map(bandText).join(', ')}`}>
              {states.map((band) => (
                <span
                  key={band.from}
                  class={`dash-is-${band.state}`}
                  title={bandText(band)}
                  style={{ width: `${(100 * (band.to - band.from)) / (to - from)}%` }}
                />
              ))}
            </span>
          </li>
        ))}
      </ul>
      <p class="dash-axis" aria-hidden="true">
        <span>{timeOf(from)}</span>
        <span>{timeOf((from + to) / 2)}</span>
        <span>{timeOf(to)}</span>
      </p>
      <ul class="dash-legend" aria-label={t('Legend')}>
        {(Object.keys(words) as BandState[]).map((state) => (
          <li key={state}>
            <span class={`dash-swatch dash-is-${state}`} aria-hidden="true" />
            {words[state]}
          </li>
        ))}
      </ul>
      <h2>{t('Incidents')}</h2>
      {incidents.length === 0 ? (
        <p class="dash-empty">{t('Nothing happened in the last 24 hours.')}</p>
      ) : (
        <ol class="dash-incidents" aria-label={t('Incidents')}>
          {incidents.map((incident) => (
            <Entry key={`${incident.service} ${incident.at} ${incident.kind}`} incident={incident} openLog={openLog} />
          ))}
        </ol>
      )}
    </>
  );
}

function Entry({ incident, openLog }: { readonly incident: ShownIncident; readonly openLog: Props['openLog'] }) {
  const { service, at, kind, text, verdict } = incident;
  return (
    <li class={`dash-kind-${kind}`}>
      <button type="button" title={t('Show the log at this moment')} onClick={() => openLog(service, at)}>
        <time dateTime={new Date(at).toISOString()}>{timeOf(at)}</time>
        <span>
          {visibleText(text)}
          {verdict !== undefined && <span class="dash-cause">{visibleText(verdict)}</span>}
        </span>
      </button>
    </li>
  );
}

const words: Readonly<Record<BandState, string>> = {
  up: t('Running'),
  starting: t('Starting'),
  unhealthy: t('Unhealthy'),
  failed: t('Failed'),
  stopped: t('Stopped'),
  exited: t('Exited'),
  unknown: t('Not recorded'),
};

const bandText = ({ state, from, to }: Band): string => `${words[state]} ${span(to - from)}`;

const timeOf = (at: number): string =>
  new Date(at).toLocaleTimeString(displayLanguage(), { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });
