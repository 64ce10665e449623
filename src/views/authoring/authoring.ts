/** Editing support for services.json beyond its schema. The text in the editor counts, saved or not. */
import * as vscode from 'vscode';
import { commandIds } from '../../core/model/commandIds';
import type { Clock, Disposable } from '../../app/ports';
import type { ServiceStore } from '../../app/store';
import { ServiceLenses } from './codeLenses';
import { completionTriggers, ValueCompletion } from './completion';
import { selector } from './document';
import { createMissing } from './missing';
import { ServiceNames } from './names';
import { QuickFixes } from './quickFixes';

export class Authoring implements Disposable {
  readonly #parts: vscode.Disposable;

  /** `readAgain` checks again what prevents a start. */
  constructor(store: ServiceStore, clock: Clock, readAgain: () => Promise<void>) {
    const { languages } = vscode;
    const lenses = new ServiceLenses(store, clock);
    const names = new ServiceNames();
    const kinds = { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] };
    this.#parts = vscode.Disposable.from(
      lenses,
      languages.registerCodeLensProvider(selector, lenses),
      languages.registerCompletionItemProvider(selector, new ValueCompletion(), ...completionTriggers),
      languages.registerRenameProvider(selector, names),
      languages.registerDefinitionProvider(selector, names),
      languages.registerReferenceProvider(selector, names),
      languages.registerCodeActionsProvider(selector, new QuickFixes(), kinds),
      vscode.commands.registerCommand(commandIds.createMissing, (kind, path) => createMissing(kind, path, readAgain)),
    );
  }

  dispose(): void {
    this.#parts.dispose();
  }
}
