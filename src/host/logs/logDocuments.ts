/** Open as Text: documents that cannot be edited, with what a log shows at the moment. */
import * as vscode from 'vscode';
import type { Disposable } from '../../app/ports';

const scheme = 'service-lifecycle-log';

/** VS Code does not open a document of more than 50 MB for extensions: the latest lines are what is looked for. */
const maxCharacters = 20 * 1024 * 1024;

export class LogDocuments implements vscode.TextDocumentContentProvider, Disposable {
  /** By address, until the document is closed. */
  readonly #texts = new Map<string, string>();
  readonly #registered: Disposable;
  #opened = 0;

  constructor() {
    this.#registered = vscode.Disposable.from(
      vscode.workspace.registerTextDocumentContentProvider(scheme, this),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => void this.#texts.delete(uri.toString())),
    );
  }

  async open(text: string): Promise<void> {
    this.#opened += 1;
    const name = this.#opened === 1 ? 'Services.log' : `Services ${this.#opened}.log`;
    const uri = vscode.Uri.from({ scheme, path: `/${name}` });
    const start = Math.max(0, text.length - maxCharacters);
    this.#texts.set(uri.toString(), start === 0 ? text : text.slice(text.indexOf('\n', start) + 1));
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document, { preview: false });
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.#texts.get(uri.toString()) ?? '';
  }

  dispose(): void {
    this.#registered.dispose();
    this.#texts.clear();
  }
}
