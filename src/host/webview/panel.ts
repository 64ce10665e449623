/**
 * The only place that makes webview panels. A page is given a session when it is loaded, and loses it when it is hidden, reloaded or
 * closed: nothing runs in the extension for a page that is not visible.
 */
import * as vscode from 'vscode';
import type { Disposable } from '../../app/ports';
import { readReady } from '../../core/webview/pageMessage';
import { pageHtml, pageRoot } from './page';
import type { PageSource } from './page';

export interface PanelKind<Request> extends PageSource {
  /** As `onWebviewPanel:…` in package.json. */
  readonly viewType: string;
  /** Files in media. */
  readonly icon: { readonly light: string; readonly dark: string };
  /** What the page shows from now on. */
  connect(page: PageLink<Request>): PageSession<Request>;
}

/** The loaded page, as its session sees it. */
export interface PageLink<Request> {
  /** What the panel was opened for last; undefined after a reload of the window. */
  readonly request: Request | undefined;
  /** What the page kept from before, of any shape. */
  readonly kept: unknown;
  readonly post: (message: object) => void;
}

/** Ends with the page. */
export interface PageSession<Request> extends Disposable {
  /** Takes a message of any shape. */
  received(message: unknown): void;
  /** The panel was opened again, for something else. */
  requested(request: Request): void;
}

/** One panel of a kind. */
export class Panel<Request> implements vscode.WebviewPanelSerializer, Disposable {
  #panel: vscode.WebviewPanel | undefined;
  #request: Request | undefined;
  #session: PageSession<Request> | undefined;

  constructor(private readonly kind: PanelKind<Request>) {}

  /** Opens the panel, or shows the open one with another request. */
  open(request: Request): void {
    const { viewType, title, extensionUri } = this.kind;
    const present = this.#panel;
    if (present !== undefined) {
      present.reveal(undefined, false);
      if (this.#session !== undefined) this.#session.requested(request);
      // A page that is hidden is loaded now.
      else this.#request = request;
      return;
    }
    this.#request = request;
    this.#fill(
      vscode.window.createWebviewPanel(viewType, title, vscode.ViewColumn.Active, {
        ...optionsOf(extensionUri),
      }),
    );
  }

  /** Takes the panel that VS Code has kept over a reload. */
  deserializeWebviewPanel(panel: vscode.WebviewPanel): Promise<void> {
    panel.webview.options = optionsOf(this.kind.extensionUri);
    if (this.#panel === undefined) this.#fill(panel);
    else panel.dispose();
    return Promise.resolve();
  }

  /** The panel itself stays: VS Code restores it after a reload. */
  dispose(): void {
    this.#end();
  }

  #end(): void {
    this.#session?.dispose();
    this.#session = undefined;
  }

  #fill(panel: vscode.WebviewPanel): void {
    this.#panel = panel;
    const { icon, extensionUri } = this.kind;
    const media = (file: string): vscode.Uri => vscode.Uri.joinPath(extensionUri, 'media', file);
    panel.iconPath = { light: media(icon.light), dark: media(icon.dark) };
    panel.webview.onDidReceiveMessage((message: unknown) => {
      const ready = readReady(message);
      if (ready === undefined) {
        this.#session?.received(message);
        return;
      }
      this.#end();
      this.#session = this.kind.connect({
        request: this.#request,
        kept: ready.kept,
        post: (answer) => void panel.webview.postMessage(answer),
      });
      // The page keeps what the user changes from here on.
      this.#request = undefined;
    });
    panel.onDidChangeViewState(() => {
      // VS Code unloads a page that is hidden.
      if (!panel.visible) this.#end();
    });
    panel.onDidDispose(() => {
      this.#end();
      this.#panel = undefined;
    });
    panel.webview.html = pageHtml(panel.webview, this.kind);
  }
}

const optionsOf = (extensionUri: vscode.Uri): vscode.WebviewOptions => ({
  enableScripts: true,
  enableCommandUris: false,
  enableForms: false,
  localResourceRoots: [pageRoot(extensionUri)],
});
