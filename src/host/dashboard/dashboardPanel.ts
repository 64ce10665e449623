/** The dashboard: one editor tab with all services. */
import * as vscode from 'vscode';
import { DashboardFeed } from '../../app/dashboard/dashboardFeed';
import type { DashboardFeedParts } from '../../app/dashboard/dashboardFeed';
import { Presence } from '../../app/dashboard/presence';
import type { PresenceParts } from '../../app/dashboard/presence';
import { Lifetime } from '../../app/lifetime';
import type { Disposable } from '../../app/ports';
import { readDashboardMessage } from '../../core/dashboard/messages';
import type { DashboardToHost, DashboardUpdate } from '../../core/dashboard/messages';
import type { LogToPage } from '../../core/logs/logMessages';
import { commandIds } from '../../core/model/commandIds';
import { t } from '../../core/wording/l10n';
import { showMessage } from '../../messages/showMessage';
import { LogSession } from '../logs/logSession';
import type { LogSessionParts } from '../logs/logSession';
import type { PageSession, PanelKind } from '../webview/panel';

export interface DashboardParts {
  readonly feed: DashboardFeedParts;
  readonly log: LogSessionParts;
  readonly presence: PresenceParts;
  /** What happened, as Markdown without secrets. */
  report(): Promise<string>;
}

/** The dashboard is always of all services. */
export type DashboardRequest = 'all';

export const dashboardViewType = 'serviceLifecycle.dashboard';

export const dashboardPanel = (extensionUri: vscode.Uri, parts: DashboardParts): PanelKind<DashboardRequest> => ({
  ...{ viewType: dashboardViewType, name: 'dashboard', extensionUri, title: t('Services Dashboard') },
  icon: { light: 'dashboard-light.svg', dark: 'dashboard-dark.svg' },
  connect: ({ post }) => new DashboardSession(parts, post),
});

class DashboardSession implements PageSession<DashboardRequest>, Disposable {
  readonly #lifetime = new Lifetime();
  readonly #feed: DashboardFeed;
  readonly #log: LogSession;

  constructor(
    private readonly parts: DashboardParts,
    private readonly post: (message: DashboardUpdate | LogToPage) => void,
  ) {
    this.#feed = this.#lifetime.add(new DashboardFeed(parts.feed, post));
    this.#log = this.#lifetime.add(new LogSession(parts.log, post));
    const presence = this.#lifetime.add(new Presence(parts.presence, (since) => void this.#feed.sendAway(since)));
    this.#lifetime.add(parts.feed.onDidAddHistory(() => presence.seen()));
  }

  received(message: unknown): void {
    if (this.#log.received(message)) return;
    const read = readDashboardMessage(message);
    if (read !== undefined) void this.#act(read);
  }

  requested(): void {
    // It is shown already.
  }

  dispose(): void {
    this.#lifetime.dispose();
  }

  async #act(message: DashboardToHost): Promise<void> {
    switch (message.kind) {
      case 'dashboard.show': {
        const { tab, service, at } = message;
        this.#feed.show({ tab, ...(service !== undefined && { service }) });
        if (tab !== 'log') return;
        await this.#log.choose(service === undefined ? [] : [service]);
        if (at !== undefined) this.post({ kind: 'log.moment', at });
        return;
      }
      case 'dashboard.act':
        if (this.parts.feed.store.get(message.service) !== undefined)
          await vscode.commands.executeCommand(commandIds[message.action], message.service);
        return;
      case 'dashboard.check':
        return this.#feed.check(message.service);
      case 'dashboard.copyReport':
        await vscode.env.clipboard.writeText(await this.parts.report());
        void showMessage('information', t('Report copied to the clipboard, with secrets removed.'));
        return;
    }
  }
}
