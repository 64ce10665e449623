/** Code lenses over each service in services.json. core/authoring/lenses decides what they show. */
import * as vscode from 'vscode';
import { defined } from '../../core/model/defined';
import type { Clock, Disposable } from '../../app/ports';
import { changedServices } from '../../app/store';
import type { Change, ServiceStore } from '../../app/store';
import { lenses, lensState, read } from '../../core/authoring/lenses';
import type { Known, Lens, Written } from '../../core/authoring/lenses';
import type { Service } from '../../core/lifecycle/state';
import { Redraw } from '../redraw';
import { folderOf, placeIn, rangeIn } from './document';

const setting = 'serviceLifecycle.codeLens';

/** How long a lens may show an earlier response time. */
const maxFigureAgeMs = 10_000;

/** What VS Code shows now. */
interface Drawn {
  readonly all: string;
  /** By id of the service. Most probes change none. */
  readonly states: ReadonlyMap<string, string>;
}

export class ServiceLenses implements vscode.CodeLensProvider, Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChangeCodeLenses = this.#changed.event;
  readonly #redraw: Redraw<never>;
  readonly #subscriptions: readonly Disposable[];
  readonly #read = new WeakMap<vscode.TextDocument, { readonly version: number; readonly written: Written }>();
  readonly #drawn = new WeakMap<vscode.TextDocument, Drawn>();
  /** Of a later check, while the response time of a lens may be outdated. */
  #figureCheck: Disposable | undefined;

  constructor(
    private readonly store: ServiceStore,
    private readonly clock: Clock,
  ) {
    this.#redraw = new Redraw(clock, () => this.#changed.fire());
    this.#subscriptions = [
      this.#changed,
      this.#redraw,
      store.onDidChange((change) => this.#onStoreChange(change)),
      store.onDidMeasure(() => this.#checkFiguresLater()),
      vscode.workspace.onDidSaveTextDocument(() => this.#check()),
      vscode.workspace.onDidGrantWorkspaceTrust(() => this.#check()),
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration(setting)) this.#redraw.all();
      }),
    ];
  }

  provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
    const shown = this.#lenses(document);
    this.#drawn.set(document, { all: JSON.stringify(shown), states: this.#states(document, this.store.services()) });
    return shown.map((lens) => codeLens(document, lens));
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#figureCheck?.dispose();
  }

  /** Looks only at the lenses of the services that changed: with a hundred of them all would take longer than their probes. */
  #onStoreChange(change: Change): void {
    if (change === 'all') return this.#check();
    const services = changedServices(this.store, change);
    for (const [document, { states }] of this.#visible()) {
      const now = this.#states(document, services);
      if ([...now].some(([id, state]) => states.get(id) !== state)) return this.#redraw.all();
    }
  }

  #checkFiguresLater(): void {
    this.#figureCheck ??= this.clock.after(maxFigureAgeMs, () => {
      this.#figureCheck = undefined;
      this.#check();
    });
  }

  #check(): void {
    if (this.#visible().some(([document, { all }]) => all !== JSON.stringify(this.#lenses(document)))) this.#redraw.all();
  }

  #visible(): readonly (readonly [vscode.TextDocument, Drawn])[] {
    return vscode.window.visibleTextEditors.flatMap(({ document }) => {
      const drawn = this.#drawn.get(document);
      return drawn === undefined ? [] : [[document, drawn] as const];
    });
  }

  #lenses(document: vscode.TextDocument): readonly Lens[] {
    const folder = shownFolder(document);
    if (folder === undefined) return [];
    return lenses(this.#written(document, folder), { services: this.store.services(), ...knownOf(document) });
  }

  #states(document: vscode.TextDocument, services: readonly Service[]): ReadonlyMap<string, string> {
    const folder = shownFolder(document);
    const states = new Map<string, string>();
    if (folder === undefined) return states;
    const written = this.#written(document, folder);
    const known = knownOf(document);
    for (const service of services) {
      const state = lensState(written, service, known);
      if (state !== undefined) states.set(service.spec.id, state);
    }
    return states;
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

/** Undefined as well while the setting is off. */
const shownFolder = (document: vscode.TextDocument): vscode.WorkspaceFolder | undefined =>
  vscode.workspace.getConfiguration().get<boolean>(setting, true) ? folderOf(document) : undefined;

const knownOf = (document: vscode.TextDocument): Omit<Known, 'services'> => ({
  isTrusted: vscode.workspace.isTrusted,
  isDirty: document.isDirty,
});

function codeLens(document: vscode.TextDocument, { range, title, tooltip, command }: Lens): vscode.CodeLens {
  return new vscode.CodeLens(rangeIn(document, range), {
    title,
    ...defined({ tooltip }),
    // A lens without a command cannot be clicked.
    command: command?.id ?? '',
    arguments: [...(command?.arguments ?? [])],
  });
}
