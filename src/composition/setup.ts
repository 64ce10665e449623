/** Creates what runs setup steps. */
import * as vscode from 'vscode';
import { Steps } from '../app/setup/steps';
import type { TerminalTap } from '../app/ports';
import type { StepParts } from '../app/setup/step';
import { stepFiles } from '../os/launch/stepFiles';
import { FileStepNotes } from '../os/storage/stepNotes';
import type { SaveGuard } from '../host/terminals/saveGuard';
import { SetupTerminals } from '../host/terminals/setupTerminals';

type Given = Pick<StepParts, 'preflight' | 'trees' | 'processes' | 'clock' | 'log' | 'newRun' | 'ownWindow'> & {
  readonly context: vscode.ExtensionContext;
  readonly saveGuard: SaveGuard;
  readonly tap: TerminalTap;
};

export function setupSteps(
  { context, saveGuard, tap, ...parts }: Given,
  own: <T extends vscode.Disposable>(disposable: T) => T,
): { readonly steps: Steps; readonly stepTerminals: SetupTerminals } {
  const stepTerminals = own(new SetupTerminals(parts.processes, tap, saveGuard));
  const steps = new Steps({
    ...parts,
    terminals: stepTerminals,
    files: stepFiles,
    notes: own(new FileStepNotes(vscode.Uri.joinPath(context.globalStorageUri, 'setup').fsPath, parts)),
  });
  return { steps, stepTerminals };
}
