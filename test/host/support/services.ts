/** Writes services.json, observes the services through the API, and leaves nothing running. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { ServiceConfig } from '../../../src/core/config/schema';
import type { ServiceSnapshot } from '../../../src/core/snapshot/snapshot';
import type { ServiceLifecycleApi } from '../../../src/host/api/api';
import { until } from '../../support/poll';

export type { ServiceConfig, ServiceSnapshot };

/** The folder that VS Code has open. */
export const folder = (): string => {
  const open = vscode.workspace.workspaceFolders?.[0];
  assert.ok(open, 'a folder is open');
  return open.uri.fsPath;
};

export const configUri = (): vscode.Uri => vscode.Uri.file(join(folder(), '.vscode', 'services.json'));

export async function theApi(): Promise<ServiceLifecycleApi> {
  const extension = vscode.extensions.getExtension<ServiceLifecycleApi>('service-lifecycle.service-lifecycle');
  assert.ok(extension, 'the extension is installed');
  return extension.activate();
}

/** Returns a name that no other test uses, so that nothing is seen of an earlier file. */
export const unique = (name: string): string => `${name}-${randomBytes(3).toString('hex')}`;

/** Writes the text, valid or not. */
export const writeConfig = (text: string): Promise<void> => writeFile(configUri().fsPath, text);

/** Writes the services (one per line, in this order) and waits until the API lists exactly them. */
export async function configure(services: Readonly<Record<string, ServiceConfig>>): Promise<ServiceLifecycleApi> {
  const api = await theApi();
  const lines = Object.entries(services).map(([id, config]) => `    ${JSON.stringify(id)}: ${JSON.stringify(config)}`);
  await writeConfig(`{\n  "services": {\n${lines.join(',\n')}\n  }\n}\n`);
  const ids = Object.keys(services).join();
  const listed = (): string => idsOf(api.services()).join();
  await until(`the services ${ids}`, () => listed() === ids).catch((error: unknown) => {
    const problems = vscode.languages.getDiagnostics(configUri()).map(({ message }) => message);
    throw new Error(`Listed are ${listed()} instead of ${ids}; problems: ${problems.join(' ')}`, { cause: error });
  });
  return api;
}

export const idsOf = (services: readonly ServiceSnapshot[]): readonly string[] => services.map(({ id }) => id);

export async function snapshotOf(id: string): Promise<ServiceSnapshot> {
  const snapshot = (await theApi()).services().find((service) => service.id === id);
  assert.ok(snapshot, `${id} is listed`);
  return snapshot;
}

/** Returns the first matching snapshot of the service; fails with the last one seen. */
export async function awaitSnapshot(
  id: string,
  wanted: (snapshot: ServiceSnapshot) => boolean,
  timeout = 10_000,
): Promise<ServiceSnapshot> {
  let last = await snapshotOf(id);
  try {
    return await until(
      `${id} to change`,
      async () => {
        last = await snapshotOf(id);
        return wanted(last) && last;
      },
      timeout,
    );
  } catch (error) {
    throw new Error(`${id} did not become as expected within ${timeout} ms; it is ${JSON.stringify(last)}`, { cause: error });
  }
}

/** Collects every further snapshot of the service. */
export async function record(id: string): Promise<{ readonly seen: readonly ServiceSnapshot[]; stop(): void }> {
  const seen: ServiceSnapshot[] = [];
  const subscription = (await theApi()).onDidChange((snapshot) => snapshot.id === id && seen.push(snapshot));
  return { seen, stop: () => void subscription.dispose() };
}

/** Returns the task execution that holds the process of the service. */
export const executionOf = (id: string): vscode.TaskExecution | undefined =>
  vscode.tasks.taskExecutions.find(({ task }) => task.definition['service'] === id && task.definition['terminal'] === true);

export async function terminalWithPid(pid: number | undefined): Promise<vscode.Terminal> {
  assert.ok(pid, 'there is a pid');
  return until(`the terminal of pid ${pid}`, async () => {
    const pids = await Promise.all(vscode.window.terminals.map(({ processId }) => processId));
    return vscode.window.terminals[pids.indexOf(pid)];
  });
}

/** Stops all services, closes their terminals, and deletes all files of the test. */
export async function cleanUp(): Promise<void> {
  const api = await theApi();
  await Promise.all(api.services().map(({ id }) => api.stop(id)));
  for (const terminal of vscode.window.terminals) terminal.dispose();
  await until('all terminals to be closed', () => vscode.window.terminals.length === 0);
  await until('all tasks to be over', () => vscode.tasks.taskExecutions.length === 0);
}

/** Creates a file or a folder in the workspace, which is deleted after the test. */
export async function makeFile(path: string, text: string): Promise<string> {
  const full = join(folder(), path);
  await mkdir(join(full, '..'), { recursive: true });
  await writeFile(full, text);
  return full;
}

export const removeFile = (path: string): Promise<void> => rm(join(folder(), path), { recursive: true, force: true });
