/** The HTML of a page: one script and one style sheet of our own, nothing remote, nothing inline. */
import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';

export interface PageSource {
  readonly extensionUri: vscode.Uri;
  /** Name of the bundle in dist/webview. */
  readonly name: 'log' | 'dashboard';
  readonly title: string;
}

export const pageRoot = (extensionUri: vscode.Uri): vscode.Uri => vscode.Uri.joinPath(extensionUri, 'dist', 'webview');

/** `webview` needs `pageRoot` among its local resources. */
export function pageHtml(webview: vscode.Webview, { extensionUri, name, title }: PageSource): string {
  const nonce = randomBytes(16).toString('base64');
  const file = (ending: string): string =>
    escaped(webview.asWebviewUri(vscode.Uri.joinPath(pageRoot(extensionUri), `${name}.${ending}`)).toString());
  // A search for a regular expression runs in a worker, which can be ended: a page makes it from its own text.
  const policy = `default-src 'none'; style-src ${webview.cspSource}; script-src 'nonce-${nonce}'; worker-src blob:`;
  const translations = JSON.stringify({ bundle: vscode.l10n.bundle ?? null, language: vscode.env.language });
  return `<!DOCTYPE html>
<html lang="${escaped(vscode.l10n.bundle === undefined ? 'en' : vscode.env.language)}">
<head>
<meta charset="UTF-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${escaped(policy)}">
<title>${escaped(title)}</title>
<link rel="stylesheet" href="${file('css')}">
</head>
<body data-translations="${escaped(translations)}">
<main id="page"></main>
<script nonce="${nonce}" src="${file('js')}"></script>
</body>
</html>
`;
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
