/** Show Logs: one editor tab with the log of the chosen services. */
import type * as vscode from 'vscode';
import { isTexts } from '../../core/webview/pageMessage';
import { t } from '../../core/wording/l10n';
import type { PageLink, PageSession, PanelKind } from '../webview/panel';
import { LogSession } from './logSession';
import type { LogSessionParts } from './logSession';

/** Ids of services; none means all. */
export type LogRequest = readonly string[];

export const logViewType = 'serviceLifecycle.logs';

export const logPanel = (extensionUri: vscode.Uri, parts: LogSessionParts): PanelKind<LogRequest> => ({
  ...{ viewType: logViewType, name: 'log', extensionUri, title: t('Services Log') },
  icon: { light: 'log-light.svg', dark: 'log-dark.svg' },
  connect(page) {
    const session = new LogSession(parts, page.post);
    void session.choose(page.request ?? chosenBefore(page));
    return {
      received: (message) => void session.received(message),
      requested: (request) => void session.choose(request),
      dispose: () => session.dispose(),
    } satisfies PageSession<LogRequest>;
  },
});

/** The page keeps which services are chosen. */
function chosenBefore({ kept }: PageLink<LogRequest>): LogRequest {
  const chosen = typeof kept === 'object' && kept !== null && 'chosen' in kept ? kept.chosen : undefined;
  return isTexts(chosen) ? chosen : [];
}
