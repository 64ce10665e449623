/** What a log on a page can ask for, and what it is sent. The same for the log alone and for the one in the dashboard. */
import * as vscode from 'vscode';
import { LogFeed } from '../../app/logs/logFeed';
import type { LogFeedParts } from '../../app/logs/logFeed';
import type { Disposable } from '../../app/ports';
import { readLogMessage } from '../../core/logs/logMessages';
import type { LogService, LogToHost, LogToPage } from '../../core/logs/logMessages';
import { commandIds } from '../../core/model/commandIds';
import type { ServiceSpec } from '../../core/model/service';
import type { Service } from '../../core/lifecycle/state';
import { actionsOf } from '../../core/views/actions';
import { stateWords } from '../../core/views/words';
import type { LogDocuments } from './logDocuments';
import { openPlace } from './openPlace';

export interface LogSessionParts extends Omit<LogFeedParts, 'describe'> {
  readonly documents: LogDocuments;
  /** The folder that a service works in. */
  readonly folderOf: (spec: ServiceSpec) => string;
}

export class LogSession implements Disposable {
  readonly #feed: LogFeed;

  constructor(
    private readonly parts: LogSessionParts,
    post: (message: LogToPage) => void,
  ) {
    this.#feed = new LogFeed({ ...parts, describe }, post);
  }

  /** Shows these services; all without any. Settles when their lines are sent. */
  choose(ids: readonly string[]): Promise<void> {
    return this.#feed.choose(ids);
  }

  /** Takes a message of any shape; false for one that is not about the log. */
  received(message: unknown): boolean {
    const read = readLogMessage(message);
    if (read !== undefined) void this.#act(read);
    return read !== undefined;
  }

  dispose(): void {
    this.#feed.dispose();
  }

  async #act(message: LogToHost): Promise<void> {
    const { store, documents, folderOf } = this.parts;
    switch (message.kind) {
      case 'log.choose':
        return this.#feed.chooseOnPage(message.services, message.count);
      case 'log.act':
        if (store.get(message.service) !== undefined)
          await vscode.commands.executeCommand(commandIds[message.action], message.service);
        return;
      case 'log.openUrl':
        await vscode.env.openExternal(vscode.Uri.parse(message.url, true));
        return;
      case 'log.openFile': {
        const spec = store.get(message.service)?.spec;
        if (spec !== undefined) await openPlace(message, [folderOf(spec), spec.folder]);
        return;
      }
      case 'log.copy':
        await vscode.env.clipboard.writeText(message.text);
        return;
      case 'log.openText':
        return documents.open(message.text);
    }
  }
}

const describe = (service: Service): LogService => {
  const offered = actionsOf(service);
  return {
    id: service.spec.id,
    name: service.spec.id,
    state: stateWords(service),
    actions: (['start', 'restart', 'stop', 'showTerminal'] as const).filter((action) => offered.includes(action)),
  };
};
