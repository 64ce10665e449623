/** Registers the language-model tools. What they do is loaded when one is called. */
import * as vscode from 'vscode';
import { toolNames } from '../../core/agents/toolNames';
import type { ToolHandler } from './toolHandler';

export function registerTools(load: () => Promise<ToolHandler>): vscode.Disposable {
  // Editors that are built on VS Code may lack it.
  const { lm } = vscode as { readonly lm?: Partial<typeof vscode.lm> };
  if (lm?.registerTool === undefined) return new vscode.Disposable(() => undefined);
  const registrations = toolNames.map((name) =>
    vscode.lm.registerTool<object>(name, {
      prepareInvocation: async ({ input }) => (await load()).prepare(name, input),
      invoke: async (options, token) => (await load()).invoke(name, options, token),
    }),
  );
  return vscode.Disposable.from(...registrations);
}
