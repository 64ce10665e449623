/** Connects Debug with the processes of services and with VS Code's debuggers. */
import path from 'node:path';
import * as vscode from 'vscode';
import { Debugging } from '../app/debug/debugging';
import { withDebugpy } from '../core/debug/launchEnvironment';
import type { Service } from '../core/lifecycle/state';
import { launchTargetsOf } from '../host/debug/launchConfigurations';
import { hasPythonDebugger, pythonLibraries } from '../host/debug/pythonDebugger';
import { showDebugOutcome } from '../host/debug/showDebugOutcome';
import { sessionStarter } from '../host/debug/startSessions';
import { entersPython } from '../os/debug/entersPython';
import { openInspector } from '../os/debug/openInspector';
import type { Own, Parts } from './parts';

export function connectDebugging(parts: Parts, own: Own): (service: Service) => Promise<void> {
  const { store, supervisor, world, sharing, debuggers, context } = parts;
  const start = path.join(context.extensionPath, 'media', 'python');
  const debugging = own(
    new Debugging({
      ...{ store, supervisor, world, sessions: sessionStarter(debuggers), hasPythonDebugger, entersPython },
      output: (service) => sharing.output(service),
      leads: (spec) => sharing.leads(spec),
      launchTargets: ({ folder }) => launchTargetsOf(vscode.Uri.file(folder)),
      openInspector: (process) => openInspector(process, world.processes),
      debugpyEnvironment: async () => withDebugpy({ start, libraries: await pythonLibraries(), separator: path.delimiter }),
    }),
  );
  return async ({ spec }) => {
    const outcome = await debugging.debug(spec.id);
    const agreed = await showDebugOutcome(spec, outcome);
    if (agreed !== undefined) await showDebugOutcome(spec, await debugging.debug(spec.id, agreed));
  };
}
