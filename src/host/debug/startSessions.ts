/** Starts debug sessions that belong to services. */
import * as vscode from 'vscode';
import type { SessionStarter } from '../../app/debug/ports';
import type { LaunchCompound, LaunchEntry } from '../../core/debug/launchEntries';
import type { ServiceIdentity } from '../../core/model/identity';
import type { DebugSessions } from './debugSessions';
import { mark } from './debugSessions';

export const sessionStarter = (sessions: DebugSessions): SessionStarter => ({
  isAttached: (service) => sessions.isAttached(service),
  prepare: (service, change) => sessions.prepare(service, change),
  onDidLose: (listener) => sessions.onDidLose(listener),
  start: startSession,
  startCompound: (service, compound) => startCompound(service, compound, sessions),
});

/** Returns false when it could not be started. `quiet`: no view is opened for it. */
export async function startSession(
  service: ServiceIdentity,
  configuration: LaunchEntry,
  how: 'shown' | 'quiet' = 'shown',
): Promise<boolean> {
  const { folder, key } = service;
  const marked = { ...configuration, [mark]: { folder, key } };
  return startDebugging(service, how === 'quiet' ? { ...marked, internalConsoleOptions: 'neverOpen' } : marked, {
    suppressDebugView: how === 'quiet',
    suppressSaveBeforeStart: how === 'quiet',
  });
}

/** VS Code itself starts what belongs to it, so that its options apply; the sessions are known by their names. */
async function startCompound(
  service: ServiceIdentity,
  { name, configurations }: LaunchCompound,
  sessions: DebugSessions,
): Promise<boolean> {
  const expected = sessions.expect(service, configurations);
  const isStarted = await startDebugging(service, name);
  expected.dispose();
  return isStarted;
}

async function startDebugging(
  { folder }: ServiceIdentity,
  what: string | vscode.DebugConfiguration,
  options: vscode.DebugSessionOptions = {},
): Promise<boolean> {
  try {
    return await vscode.debug.startDebugging(vscode.workspace.getWorkspaceFolder(vscode.Uri.file(folder)), what, options);
  } catch {
    return false;
  }
}
