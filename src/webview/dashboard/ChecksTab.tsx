/** Runs the health check and the checks of one service, and shows their results. */
import { useEffect, useState } from 'preact/hooks';
import type { Checks } from '../../core/dashboard/messages';
import { visibleText } from '../../core/logs/invisible';
import { t } from '../../core/wording/l10n';
import { StateIcon } from './StateIcon';

interface Props {
  readonly checks: Checks | undefined;
  readonly chosen: string | undefined;
  readonly run: (service: string) => void;
}

export function ChecksTab({ checks, chosen, run }: Props) {
  const [awaited, setAwaited] = useState<string>();
  useEffect(() => setAwaited(undefined), [checks]);
  if (chosen === undefined) return <p class="dash-empty">{t('Select a service in the list to run its checks.')}</p>;
  const results = checks?.service === chosen ? checks.results : undefined;
  return (
    <>
      <button
        type="button"
        onClick={() => {
          setAwaited(chosen);
          run(chosen);
        }}
      >
        {t('Run Checks')}
      </button>
      <p role="status" class="dash-empty">
        {awaited === chosen
          ? t('Running the checks of {0}…', chosen)
          : results?.length === 0
            ? t('{0} has no checks and no health check.', chosen)
            : ''}
      </p>
      <ul class="dash-checks" aria-label={t('Results')}>
        {(results ?? []).map(({ name, ok, text }) => (
          <li key={name}>
            <StateIcon severity={ok ? 'fine' : 'error'} />
            <span>
              {ok ? t('{0} passed', name) : t('{0} failed', name)}
              <span class="dash-cause">{visibleText(text)}</span>
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}
