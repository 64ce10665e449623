/** Code lenses over each service in services.json. core/authoring/lenses decides what they show. */
import * as vscode from 'vscode';
import { defined } from '../../core/model/defined';
import type { Clock, Disposable } from '../../app/ports';
import type { ServiceStore } from '../../app/store';
import { lenses, read } from '../../core/authoring/lenses';
import type { Lens, Written } from '../../core/authoring/lenses';
import { Redraw } from '../redraw';
import { folderOf, placeIn, rangeIn } from './document';

const setting = 'serviceLifecycle.codeLens';

export class ServiceLenses implements vscode.CodeLensProvider, Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChangeCodeLenses = this.#changed.event;
  readonly #redraw: Redraw<never>;
  readonly #subscriptions: readonly Disposable[];
  readonly #read = new WeakMap<vscode.TextDocument, { readonly version: number; readonly written: Written }>();
  /** What VS Code shows now. Most probes do not change it. */
  readonly #drawn = new WeakMap<vscode.TextDocument, string>();

  constructor(
    private readonly store: ServiceStore,
    clock: Clock,
  ) {
    this.#redraw = new Redraw(clock, () => this.#changed.fire());
    this.#subscriptions = [
      this.#changed,
      this.#redraw,
      store.onDidChange(() => this.#check()),
      vscode.workspace.onDidSaveTextDocument(() => this.#check()),
      vscode.workspace.onDidGrantWorkspaceTrust(() => this.#check()),
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration(setting)) this.#redraw.all();
      }),
    ];
  }

  provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
    const shown = this.#lenses(document);
    this.#drawn.set(document, JSON.stringify(shown));
    return shown.map((lens) => codeLens(document, lens));
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #check(): void {
    const seen = vscode.window.visibleTextEditors.map(({ document }) => document);
    if (
      seen.some((document) => this.#drawn.has(document) && this.#drawn.get(document) !== JSON.stringify(this.#lenses(document)))
    )
      this.#redraw.all();
  }

  #lenses(document: vscode.TextDocument): readonly Lens[] {
    const folder = folderOf(document);
    if (folder === undefined || !vscode.workspace.getConfiguration().get<boolean>(setting, true)) return [];
    return lenses(this.#written(document, folder), {
      services: this.store.services(),
      isTrusted: vscode.workspace.isTrusted,
      isDirty: document.isDirty,
    });
  }

  /** Parses the text once per version, not with every probe. */
  #written(document: vscode.TextDocument, folder: vscode.WorkspaceFolder): Written {
    const known = this.#read.get(document);
    if (known?.version === document.version) return known.written;
    const written = read(document.getText(), placeIn(folder));
    this.#read.set(document, { version: document.version, written });
    return written;
  }
}

function codeLens(document: vscode.TextDocument, { range, title, tooltip, command }: Lens): vscode.CodeLens {
  return new vscode.CodeLens(rangeIn(document, range), {
    title,
    ...defined({ tooltip }),
    // A lens without a command cannot be clicked.
    command: command?.id ?? '',
    arguments: [...(command?.arguments ?? [])],
  });
}
