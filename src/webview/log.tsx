/** The page of Show Logs: one log alone. */
import './page/language';
import { render } from 'preact';
import type { LogToHost, LogToPage } from '../core/logs/logMessages';
import { t } from '../core/wording/l10n';
import { connectHost } from './page/host';
import { keptLog } from './log/keptLog';
import { LogView } from './log/LogView';
import './page/page.css';
import './log/log.css';

const host = connectHost<LogToHost, LogToPage>();
const page = document.getElementById('page');
if (page !== null)
  render(
    <>
      <h1 class="spoken">{t('Services Log')}</h1>
      <LogView
        link={{
          kept: keptLog(host.kept),
          post: (message) => host.post(message),
          onMessage: (listener) => host.onMessage(listener),
          keep: (state) => host.keep(state),
        }}
      />
    </>,
    page,
  );
// Effects, which listen, come after the first drawing.
requestAnimationFrame(() => setTimeout(() => host.ready(), 0));
