/** Language-model tools: from the arguments of VS Code to the engine, and back as text. */
import * as vscode from 'vscode';
import type { Engine } from '../../app/agents/engine';
import { commandLine } from '../../core/model/service';
import { tools } from '../../core/agents/tools';
import type { ToolName } from '../../core/agents/toolNames';
import { programName } from '../../core/model/actor';
import { defined } from '../../core/model/defined';
import { t } from '../../core/wording/l10n';
import { escapeMarkdown } from '../../core/wording/markdown';
import { shortened } from '../../core/wording/text';

export interface ToolHandler {
  prepare(name: ToolName, input: unknown): Promise<vscode.PreparedToolInvocation>;
  /** Rejects, with how to call, for arguments that are wrong. */
  invoke(
    name: ToolName,
    options: vscode.LanguageModelToolInvocationOptions<object>,
    token: vscode.CancellationToken,
  ): Promise<vscode.LanguageModelToolResult>;
}

const maxCommandLength = 300;

export function toolHandler(engine: Pick<Engine, 'call' | 'describe'>): ToolHandler {
  return {
    async prepare(name, input) {
      const { title, hints } = tools[name];
      const wanted: unknown = typeof input === 'object' && input !== null && 'service' in input ? input.service : undefined;
      const label = typeof wanted === 'string' ? `${title}: ${shortened(wanted, 60)}` : title;
      const invocationMessage = new vscode.MarkdownString(escapeMarkdown(label));
      const described = hints.readOnly ? [] : await engine.describe(wanted);
      const [first] = described;
      if (first === undefined) return { invocationMessage };
      const asked = described.length > 1 && typeof wanted === 'string' ? shortened(wanted, 60) : first.service.spec.id;
      const question = name === 'services_stop' ? t('Stop {0}?', asked) : t('Start {0}?', asked);
      const message = new vscode.MarkdownString(described.map(describeOne).join('\n\n'));
      return { invocationMessage, confirmationMessages: { title: question, message } };
    },
    async invoke(name, { input, toolInvocationToken }, token) {
      const abort = new AbortController();
      const subscription = token.onCancellationRequested(() => abort.abort());
      try {
        const by = { kind: 'agent', ...defined({ who: clientOf(toolInvocationToken) }) } as const;
        const called = await engine.call(name, input, { by, signal: abort.signal });
        if (called.kind === 'refused') throw new Error(called.problem);
        return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(JSON.stringify(called.reply))]);
      } finally {
        subscription.dispose();
      }
    },
  };
}

function describeOne({ service: { spec }, clean }: Awaited<ReturnType<Engine['describe']>>[number]): string {
  return [
    `**${escapeMarkdown(spec.id)}**`,
    `${t('Command')}: ${escapeMarkdown(shortened(clean(commandLine(spec)), maxCommandLength))}`,
    `${t('Folder')}: ${escapeMarkdown(spec.cwd === '' ? spec.folder : `${spec.folder} (${spec.cwd})`)}`,
  ].join('\n\n');
}

/** A call without a token is none of the chat: another extension made it. */
function clientOf(token: unknown): string | undefined {
  if (token === undefined) return undefined;
  return vscode.extensions.getExtension('github.copilot-chat') === undefined ? programName(vscode.env.appName) : 'Copilot';
}
