/** Connects Debug with the processes of services and with VS Code's debuggers. */
import * as vscode from 'vscode';
import { Debugging } from '../app/debug/debugging';
import type { Service } from '../core/lifecycle/state';
import { launchConfigurations } from '../host/debug/launchConfigurations';
import { pythonDebuggerId, showDebugOutcome } from '../host/debug/showDebugOutcome';
import { openInspector } from '../os/debug/openInspector';
import type { Parts } from './parts';

export function connectDebugging({ store, supervisor, world, sharing, debuggers }: Parts): (service: Service) => Promise<void> {
  const debugging = new Debugging({
    ...{ store, supervisor, world, sessions: debuggers },
    output: (service) => sharing.output(service),
    leads: (spec) => sharing.leads(spec),
    launchConfigurations: ({ folder }) => launchConfigurations(vscode.Uri.file(folder)),
    openInspector: (process) => openInspector(process, world.processes),
    hasPythonDebugger: () => vscode.extensions.getExtension(pythonDebuggerId) !== undefined,
  });
  return async ({ spec }) => {
    const outcome = await debugging.debug(spec.id);
    if ((await showDebugOutcome(spec, outcome)) !== 'restart') return;
    await showDebugOutcome(spec, await debugging.debug(spec.id, 'restarted'));
  };
}
