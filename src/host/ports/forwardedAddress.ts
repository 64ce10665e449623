/** The address at which the user's own machine reaches a server of a remote window. */
import * as vscode from 'vscode';

/** Some remotes open a tunnel first. A tooltip does not wait longer, in ms. */
const timeoutMs = 1000;

/** Undefined where it is the same, as in a local window, or is not known in time. */
export async function forwardedAddress(url: string): Promise<string | undefined> {
  if (vscode.env.remoteName === undefined && vscode.env.uiKind === vscode.UIKind.Desktop) return undefined;
  const inner = vscode.Uri.parse(url);
  const outer = await Promise.race([asked(inner), later()]);
  const text = outer?.toString(true);
  return text === inner.toString(true) ? undefined : text;
}

/** Rejects for what cannot be forwarded. */
const asked = (inner: vscode.Uri): Promise<vscode.Uri | undefined> =>
  Promise.resolve(vscode.env.asExternalUri(inner)).catch(() => undefined);

const later = (): Promise<undefined> => new Promise((resolve) => setTimeout(() => resolve(undefined), timeoutMs));
