/** What happened while the user was away; the user can close it. */
import { useEffect, useState } from 'preact/hooks';
import { visibleText } from '../../core/logs/invisible';
import { t } from '../../core/wording/l10n';

export function AwayLine({ text = '' }: { readonly text: string | undefined }) {
  const [isOpen, setOpen] = useState(true);
  useEffect(() => setOpen(true), [text]);
  const shown = isOpen ? text : '';
  return (
    <div class="dash-away" hidden={shown === ''}>
      <p role="status">{visibleText(shown)}</p>
      <button type="button" onClick={() => setOpen(false)}>
        {t('Dismiss')}
      </button>
    </div>
  );
}
