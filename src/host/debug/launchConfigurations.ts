/** The launch configurations of a folder: those of its launch.json, of the workspace and of the user. */
import * as vscode from 'vscode';
import type { LaunchEntry } from '../../core/debug/launchEntries';
import { launchEntries } from '../../core/debug/launchEntries';

/** `place`: the workspace folder, or a file in it. */
export const launchConfigurations = (place: vscode.Uri): readonly LaunchEntry[] =>
  launchEntries(vscode.workspace.getConfiguration('launch', place).get('configurations'));
