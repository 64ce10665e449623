/** Makes the command svc available: in integrated terminals, as an MCP server, and in the instructions for agents. */
import * as path from 'node:path';
import { registerMcpProvider } from '../host/agents/mcpProvider';
import { setUpAgents } from '../host/agents/setUpAgents';
import { addToPath } from '../host/agents/svcPath';
import { writeSvcScripts } from '../os/agents/svcScripts';
import { specs } from './parts';
import type { Own, Parts } from './parts';

/** Returns the command Set Up AI Agents…. */
export function offerSvc({ context, log, store }: Parts, own: Own): () => Promise<void> {
  const storage = context.globalStorageUri.fsPath;
  const program = { runtime: process.execPath, bundle: path.join(context.extensionPath, 'dist', 'svc', 'svc.js'), storage };
  addToPath(context.environmentVariableCollection, () => writeSvcScripts(program), log);
  const { version } = context.extension.packageJSON as { readonly version: string };
  own(registerMcpProvider({ runtime: program.runtime, args: [program.bundle, storage, 'mcp'], version }));
  const svc = path.join(storage, 'bin', process.platform === 'win32' ? 'svc.cmd' : 'svc');
  return () => setUpAgents({ specs: () => specs(store), svc });
}
