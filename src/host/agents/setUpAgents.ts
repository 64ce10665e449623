/** Set Up AI Agents…: writes instructions and MCP entries into the files that the user selects, or removes them. */
import * as vscode from 'vscode';
import { hasBlock, instructionsFor, withBlock } from '../../core/agents/instructions';
import { withMcpServer } from '../../core/config/mcpEntry';
import type { McpServer } from '../../core/config/mcpEntry';
import type { ServiceSpec } from '../../core/model/service';
import { t } from '../../core/wording/l10n';
import { showMessage } from '../../messages/showMessage';

export interface SetUpParts {
  specs(): readonly ServiceSpec[];
  /** The whole path of svc. */
  readonly svc: string;
}

interface Target {
  readonly path: string;
  /** Selected without a question: AGENTS.md is what most agents read. */
  readonly isUsual: boolean;
  /** The new text; undefined when the present one cannot be understood. */
  readonly change: (text: string | undefined, specs: readonly ServiceSpec[] | undefined) => string | undefined;
}

interface Row extends vscode.QuickPickItem {
  readonly uri: vscode.Uri;
  readonly text: string;
}

export async function setUpAgents(parts: SetUpParts): Promise<void> {
  const folder = await chooseFolder();
  if (folder === undefined) return;
  const own = parts.specs().filter((spec) => spec.folder === folder.uri.fsPath);
  const targets = targetsOf(parts.svc);
  const texts = await Promise.all(targets.map(({ path }) => textOf(vscode.Uri.joinPath(folder.uri, path))));
  const isSetUp = texts.some((text) => text !== undefined && hasBlock(text));
  const wanted = isSetUp ? await askWhat() : 'write';
  if (wanted === undefined) return;
  const rows = targets.flatMap((target, index) =>
    rowOf(folder, target, { before: texts[index], specs: wanted === 'write' ? own : undefined }),
  );
  if (rows.length === 0) return void showMessage('information', t('Everything is up to date.'));
  const preview =
    wanted === 'write'
      ? await vscode.workspace.openTextDocument({ language: 'markdown', content: instructionsFor(own) })
      : undefined;
  if (preview !== undefined) await vscode.window.showTextDocument(preview, { preview: true, preserveFocus: true });
  const chosen = await vscode.window.showQuickPick(rows, {
    title: wanted === 'write' ? t('Set Up AI Agents: files to write') : t('Set Up AI Agents: files to clean'),
    placeHolder:
      wanted === 'write' ? t('The editor shows the block that is written') : t('Only the own block and entry are removed'),
    canPickMany: true,
    ignoreFocusOut: true,
  });
  for (const { uri, text } of chosen ?? []) await vscode.workspace.fs.writeFile(uri, Buffer.from(text));
}

/** Of several folders one; undefined without a folder. */
async function chooseFolder(): Promise<vscode.WorkspaceFolder | undefined> {
  const { workspaceFolders: folders = [] } = vscode.workspace;
  return folders.length > 1 ? vscode.window.showWorkspaceFolderPick() : folders[0];
}

async function askWhat(): Promise<'write' | 'remove' | undefined> {
  const write = { label: t('Update'), what: 'write' } as const;
  const remove = { label: t('Remove'), what: 'remove' } as const;
  return (await vscode.window.showQuickPick([write, remove], { title: t('Set Up AI Agents') }))?.what;
}

function rowOf(
  folder: vscode.WorkspaceFolder,
  { path, isUsual, change }: Target,
  { before, specs }: { readonly before: string | undefined; readonly specs: readonly ServiceSpec[] | undefined },
): readonly Row[] {
  if (before === undefined && specs === undefined) return [];
  const text = change(before, specs);
  if (text === undefined || text === before) return [];
  const description = before === undefined ? t('creates the file') : t('changes the file');
  const picked = isUsual || before !== undefined;
  return [{ label: path, description, picked, uri: vscode.Uri.joinPath(folder.uri, path), text }];
}

function targetsOf(svc: string): readonly Target[] {
  const server: McpServer = { command: svc, args: ['mcp'] };
  const instructions = (path: string, isUsual = false): Target => ({
    path,
    isUsual,
    change: (text = '', specs) => withBlock(text, specs === undefined ? undefined : instructionsFor(specs)),
  });
  const entry = (path: string, section: 'mcpServers' | 'servers'): Target => ({
    path,
    isUsual: false,
    change: (text, specs) => withMcpServer(text, section, specs === undefined ? undefined : server),
  });
  return [
    instructions('AGENTS.md', true),
    ...['CLAUDE.md', 'GEMINI.md', '.github/copilot-instructions.md', '.cursor/rules/services.mdc'].map((path) =>
      instructions(path),
    ),
    entry('.mcp.json', 'mcpServers'),
    entry('.cursor/mcp.json', 'mcpServers'),
    entry('.vscode/mcp.json', 'servers'),
  ];
}

async function textOf(uri: vscode.Uri): Promise<string | undefined> {
  try {
    return Buffer.from(await vscode.workspace.fs.readFile(uri)).toString('utf8');
  } catch {
    return undefined;
  }
}
