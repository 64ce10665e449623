/** Starts services when the workspace opens: only in a trusted workspace, and only commands that the user agreed to. */
import { createHash } from 'node:crypto';
import * as vscode from 'vscode';
import { t } from '../../core/wording/l10n';
import { listOf } from '../../core/wording/listOf';
import { commandLine } from '../../core/model/service';
import type { ServiceSpec } from '../../core/model/service';
import { settings } from '../config/settings';

const agreedKey = 'autoStart.agreed';
const refusedKey = 'autoStart.refused';

/** Returns the services that may be started. Asks the user when their commands are new or have changed. */
export async function consentToAutoStart(specs: readonly ServiceSpec[], memory: vscode.Memento): Promise<readonly ServiceSpec[]> {
  const wanted = specs.filter(({ autoStart }) => autoStart);
  if (wanted.length === 0 || !vscode.workspace.isTrusted || !settings().autoStart) return [];
  const digest = digestOf(wanted);
  if (memory.get<string>(agreedKey) === digest) return wanted;
  if (memory.get<string>(refusedKey) === digest) return [];
  return (await ask(wanted, digest, memory)) ? wanted : [];
}

async function ask(wanted: readonly ServiceSpec[], digest: string, memory: vscode.Memento): Promise<boolean> {
  const always = t('Start Automatically');
  const never = t('Never for This Workspace');
  const changed = memory.get<string>(agreedKey) !== undefined;
  const described = wanted.map((spec) => `${spec.id} (${commandLine(spec)})`);
  const list = listOf(described, 'and');
  const question = changed
    ? t('The commands that start with this workspace have changed: {0}. Start them whenever the workspace opens?', list)
    : t('Start these services whenever this workspace opens: {0}?', list);
  const answer = await vscode.window.showInformationMessage(question, always, never, t('Not Now'));
  if (answer === always) await memory.update(agreedKey, digest);
  if (answer === never) await memory.update(refusedKey, digest);
  return answer === always;
}

/** Digests everything that decides what is executed. */
function digestOf(specs: readonly ServiceSpec[]): string {
  const executed = specs.map(({ id, folder, command, cwd, env, envFiles, setup, stopCommand, dependsOn }) => ({
    id,
    folder,
    command,
    cwd,
    env,
    envFiles,
    setup,
    dependsOn,
    stopCommand: stopCommand ?? null,
  }));
  return createHash('sha256').update(JSON.stringify(executed)).digest('hex');
}
