/** `.vscode/services.json` of every workspace folder, read at activation and after each save. */
import * as vscode from 'vscode';
import { Lifetime } from '../../app/lifetime';
import type { WorkspacePlace } from '../../app/adoption';
import { settleRead } from '../../app/config/settleRead';
import type { ReadOutcome } from '../../app/config/settleRead';
import type { Disposable } from '../../app/ports';
import { folderLabels } from '../../core/config/folderLabels';
import { parseServices } from '../../core/config/parse';
import type { ConfigProblem } from '../../core/config/problem';
import type { ServiceSpec } from '../../core/model/service';
import type { BrokenService } from '../../core/model/brokenService';

export interface ConfigFile {
  readonly uri: vscode.Uri;
  readonly folder: string;
  readonly folderName: string;
  readonly text: string;
  readonly services: readonly ServiceSpec[];
  readonly broken: readonly BrokenService[];
  readonly problems: readonly ConfigProblem[];
}

/** A folder of the workspace, with its label. */
interface FolderPlace extends WorkspacePlace {
  readonly uri: vscode.Uri;
}

export const configPath = '.vscode/services.json';

/** Editors write a file in several steps. It is read when it did not change for this time. */
const settleTimeMs = 50;

/** A file that is locked, or whose machine does not respond, is read again after this time. */
const unreadableRetryDelayMs = 2000;

export class ConfigFiles implements Disposable {
  readonly #lifetime = new Lifetime();
  readonly #changed = this.#lifetime.add(new vscode.EventEmitter<readonly ConfigFile[]>());
  readonly onDidRead = this.#changed.event;
  #timer: NodeJS.Timeout | undefined;
  #reading: Promise<void> = Promise.resolve();
  #latest: readonly ConfigFile[] = [];

  /** `prepare`: completes the files that were read with what they leave open. */
  constructor(private readonly prepare: (files: readonly ConfigFile[]) => Promise<readonly ConfigFile[]>) {
    const watcher = this.#lifetime.add(vscode.workspace.createFileSystemWatcher(`**/${configPath}`));
    const soon = (): void => this.#readSoon();
    this.#lifetime.add(watcher.onDidChange(soon));
    this.#lifetime.add(watcher.onDidCreate(soon));
    this.#lifetime.add(watcher.onDidDelete(soon));
    // Watchers are slow or absent on some remote file systems; a save in this window is known immediately.
    this.#lifetime.add(vscode.workspace.onDidSaveTextDocument(({ uri }) => uri.path.endsWith(`/${configPath}`) && soon()));
    this.#lifetime.add(vscode.workspace.onDidChangeWorkspaceFolders(soon));
    // `debug` names launch configurations.
    this.#lifetime.add(vscode.workspace.onDidChangeConfiguration((change) => change.affectsConfiguration('launch') && soon()));
    this.#lifetime.add({ dispose: () => clearTimeout(this.#timer) });
  }

  /** Reads all files now. Settles after the listeners were called. */
  read(): Promise<void> {
    this.#reading = this.#reading.then(async () => {
      const outcomes = await Promise.all(workspacePlaces().map(readFile));
      const { files, unreadable } = settleRead(outcomes, this.#latest);
      this.#latest = await this.prepare(files);
      if (unreadable.length > 0) this.#readSoon(unreadableRetryDelayMs);
      if (!this.#lifetime.isOver) this.#changed.fire(this.#latest);
    });
    return this.#reading;
  }

  /** The files as last read. */
  get latest(): readonly ConfigFile[] {
    return this.#latest;
  }

  dispose(): void {
    this.#lifetime.dispose();
  }

  #readSoon(delayMs = settleTimeMs): void {
    if (this.#lifetime.isOver) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.read(), delayMs);
  }
}

/** Returns the folders of the workspace, each with the label for the ids of its services. */
export function workspacePlaces(): readonly FolderPlace[] {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const labels = folderLabels(folders.map(({ uri, name }) => ({ path: uri.fsPath, name })));
  return folders.map(({ uri, name }, index) => ({
    uri,
    folder: uri.fsPath,
    folderName: labels[index] ?? name,
    multiRoot: folders.length > 1,
  }));
}

async function readFile({ uri: root, ...place }: FolderPlace): Promise<ReadOutcome<ConfigFile>> {
  const uri = vscode.Uri.joinPath(root, configPath);
  try {
    const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
    return {
      kind: 'read',
      file: { uri, folder: place.folder, folderName: place.folderName, text, ...parseServices(text, place) },
    };
  } catch (error) {
    const isMissing = error instanceof vscode.FileSystemError && error.code === 'FileNotFound';
    return isMissing ? { kind: 'absent' } : { kind: 'unreadable', folder: place.folder };
  }
}
