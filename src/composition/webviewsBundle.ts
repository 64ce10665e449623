/** Loads the bundle of the panels on first use, and lets VS Code restore them after a reload. */
import * as vscode from 'vscode';
import type { Webviews } from './webviews';

export class WebviewsBundle {
  #loaded: Promise<Webviews> | undefined;

  /** `create` loads the bundle. It is called at most once. */
  constructor(private readonly create: () => Promise<Webviews>) {}

  load(): Promise<Webviews> {
    return (this.#loaded ??= this.create());
  }

  /** `viewType` as in the panel's kind, and in package.json. */
  restore(viewType: string, panelIn: (webviews: Webviews) => vscode.WebviewPanelSerializer): vscode.Disposable {
    return vscode.window.registerWebviewPanelSerializer(viewType, {
      deserializeWebviewPanel: async (panel, state) => panelIn(await this.load()).deserializeWebviewPanel(panel, state),
    });
  }
}
