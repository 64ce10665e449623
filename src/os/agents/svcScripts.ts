/** Writes the scripts that start svc with VS Code's own runtime, in a folder that stays where it is when the extension is updated. */
import { chmodSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';

export interface SvcProgram {
  /** Runs JavaScript: Node, or Electron with ELECTRON_RUN_AS_NODE. */
  readonly runtime: string;
  /** The bundle of this version. */
  readonly bundle: string;
  /** The folder that VS Code gives the extension, where svc finds the windows. */
  readonly storage: string;
}

/** Returns the folder of the scripts. Throws when they cannot be written. */
export function writeSvcScripts(program: SvcProgram): string {
  const folder = path.join(program.storage, 'bin');
  mkdirSync(folder, { recursive: true });
  write(path.join(folder, 'svc'), shellScript(program));
  // Also elsewhere than on Windows the file does no harm; but there nothing would run it.
  if (process.platform === 'win32') write(path.join(folder, 'svc.cmd'), commandScript(program));
  return folder;
}

/** For sh, and for Git Bash on Windows. */
export const shellScript = ({ runtime, bundle, storage }: SvcProgram): string =>
  `#!/bin/sh\n# Written by the VS Code extension Service Lifecycle.\nELECTRON_RUN_AS_NODE=1 exec ${[runtime, bundle, storage].map(quoted).join(' ')} "$@"\n`;

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** For cmd and PowerShell. A percent sign in a path would begin a variable. */
export const commandScript = ({ runtime, bundle, storage }: SvcProgram): string =>
  `@echo off\r\nrem Written by the VS Code extension Service Lifecycle.\r\nsetlocal\r\nset ELECTRON_RUN_AS_NODE=1\r\n${[runtime, bundle, storage].map((text) => `"${text.replaceAll('%', '%%')}"`).join(' ')} %*\r\n`;

/** Whole or not at all: another window may write it, and a terminal may run it, at the same time. */
function write(file: string, text: string): void {
  if (textOf(file) === text) return;
  const draft = `${file}.${process.pid}.tmp`;
  writeFileSync(draft, text);
  chmodSync(draft, 0o755);
  renameSync(draft, file);
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
