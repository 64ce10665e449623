/** Makes the command svc available in integrated terminals. */
import * as path from 'node:path';
import { addToPath } from '../host/agents/svcPath';
import { writeSvcScripts } from '../os/agents/svcScripts';
import type { Parts } from './parts';

export function offerSvc({ context, log }: Parts): void {
  const program = {
    runtime: process.execPath,
    bundle: path.join(context.extensionPath, 'dist', 'svc', 'svc.js'),
    storage: context.globalStorageUri.fsPath,
  };
  addToPath(context.environmentVariableCollection, () => writeSvcScripts(program), log);
}
