/** Creates the env file that a start did not find, from the example beside it. Runs only when the user clicked the action. */
import { constants } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import { t } from '../../core/wording/l10n';
import type { Service } from '../../core/lifecycle/state';
import { showMessage } from '../../messages/showMessage';

/** Takes both paths from the failed start. Resolves with whether the env file exists now; an existing file is not changed. */
export async function copyEnvFile({ spec, state: { lifecycle } }: Service): Promise<boolean> {
  const failure = lifecycle.kind === 'failed' && lifecycle.failure.kind === 'launch' ? lifecycle.failure.failure : undefined;
  if (failure?.kind !== 'missingEnvFile' || failure.example === undefined || !vscode.workspace.isTrusted) return false;
  try {
    await copyFile(failure.example, failure.path, constants.COPYFILE_EXCL);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return true;
    void showMessage('error', t('{0}: {1} could not be created ({2}).', spec.key, failure.path, String(error)));
    return false;
  }
  return true;
}
