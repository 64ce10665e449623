/** Makes the env file that a start missed, from the example beside it. The person asked for it by a click. */
import { constants } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import { t } from '../../core/wording/l10n';
import type { Service } from '../../core/lifecycle/state';

/** Which files they are is what the failed start found. Settles with whether the env file is there now; one that is there already is left as it is. */
export async function copyEnvFile({ spec, state: { lifecycle } }: Service): Promise<boolean> {
  const failure = lifecycle.kind === 'failed' && lifecycle.failure.kind === 'launch' ? lifecycle.failure.failure : undefined;
  if (failure?.kind !== 'missingEnvFile' || failure.example === undefined || !vscode.workspace.isTrusted) return false;
  try {
    await copyFile(failure.example, failure.path, constants.COPYFILE_EXCL);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return true;
    void vscode.window.showErrorMessage(t('{0}: {1} could not be made: {2}.', spec.key, failure.path, String(error)));
    return false;
  }
  return true;
}
