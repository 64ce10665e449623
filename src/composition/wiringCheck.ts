/** Creates the wiring check and connects it with the editor. */
import * as vscode from 'vscode';
import { WiringCheck } from '../app/wiringCheck/check';
import type { Files } from '../app/diagnosis/parts';
import { isWiringCheckWanted, unsavedTexts, watchWiring } from '../host/wiringCheck/watchWiring';
import { WiringDiagnostics } from '../views/wiringCheck/wiringDiagnostics';
import { WiringFixes } from '../views/wiringCheck/wiringFixes';
import type { Own, Parts } from './parts';

export function checkWiring({ store, world }: Parts, files: Files, own: Own): void {
  const diagnostics = own(new WiringDiagnostics());
  const parts = { store, world, files, openTexts: unsavedTexts, isWanted: isWiringCheckWanted };
  const check = own(new WiringCheck(parts, (verdict) => diagnostics.report(verdict)));
  const fixes = new WiringFixes((file, text) => check.problemsIn(file, text));
  own(watchWiring(check));
  own(vscode.languages.registerCodeActionsProvider({ scheme: 'file' }, fixes, { providedCodeActionKinds: WiringFixes.kinds }));
}
