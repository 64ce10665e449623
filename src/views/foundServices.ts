/**
 * A view below the welcome that names the services which discovery found, because the text of a welcome is fixed. It is there only
 * while the workspace has no services.json.
 */
import * as vscode from 'vscode';
import type { Disposable } from '../app/ports';
import { proposalRow } from '../core/addServices/proposalRow';
import type { ProposedService } from '../core/addServices/proposal';
import { commandIds } from '../core/model/commandIds';
import { t } from '../core/wording/l10n';

export class FoundServices implements vscode.TreeDataProvider<ProposedService>, Disposable {
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #registration = vscode.window.registerTreeDataProvider('serviceLifecycle.found', this);
  #found: readonly ProposedService[] = [];

  /** Shows these instead of those before; the view goes when there are none. */
  show(found: readonly ProposedService[]): void {
    this.#found = found;
    this.#changed.fire(undefined);
    void vscode.commands.executeCommand('setContext', 'serviceLifecycle.hasFound', found.length > 0);
  }

  getChildren(element?: ProposedService): ProposedService[] {
    return element === undefined ? [...this.#found] : [];
  }

  getTreeItem(proposal: ProposedService): vscode.TreeItem {
    const item = new vscode.TreeItem(proposal.id);
    const { description } = proposalRow(proposal);
    item.description = description;
    item.iconPath = new vscode.ThemeIcon('add');
    item.tooltip = proposal.evidence.join('\n');
    item.accessibilityInformation = { label: t('{0}, found: {1}', proposal.id, description) };
    item.command = { command: commandIds.addServices, title: t('Add Services') };
    return item;
  }

  dispose(): void {
    this.#registration.dispose();
    this.#changed.dispose();
  }
}
