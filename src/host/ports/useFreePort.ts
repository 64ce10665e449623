/** Gives a service a free port instead of the fixed one that another process holds, and starts it. */
import * as vscode from 'vscode';
import { freePortChanges } from '../../core/config/freePortChanges';
import type { ServiceSpec } from '../../core/model/service';
import { changeConfig } from '../config/changeConfig';
import { configPath } from '../config/configFiles';

export interface FreePortTools {
  /** What the files say of the service now. */
  written(id: string): ServiceSpec | undefined;
  /** Reads the files again. */
  read(): Promise<void>;
  restart(id: string): void;
}

export async function useFreePort(spec: ServiceSpec, tools: FreePortTools): Promise<void> {
  const document = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(vscode.Uri.file(spec.folder), configPath));
  await changeConfig(spec, freePortChanges(document.getText(), spec.key));
  await tools.read();
  if (tools.written(spec.id)?.portChoice !== undefined) tools.restart(spec.id);
}
