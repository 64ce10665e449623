/** The launch configurations of a folder: those of its launch.json, of the workspace and of the user. */
import * as vscode from 'vscode';
import type { LaunchTargets } from '../../core/debug/launchEntries';
import { launchTargets } from '../../core/debug/launchEntries';

/** `place`: the workspace folder, or a file in it. */
export function launchTargetsOf(place: vscode.Uri): LaunchTargets {
  const written = vscode.workspace.getConfiguration('launch', place);
  return launchTargets(written.get('configurations'), written.get('compounds'));
}
