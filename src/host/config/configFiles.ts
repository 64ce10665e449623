/** `.vscode/services.json` of every workspace folder, read at activation and after each save. */
import * as vscode from 'vscode';
import { Lifetime } from '../../app/lifetime';
import type { Disposable } from '../../app/ports';
import { parseServices } from '../../core/config/parse';
import type { ConfigProblem } from '../../core/config/problem';
import type { ServiceSpec } from '../../core/model/service';
import type { BrokenService } from '../../core/model/brokenService';

export interface ConfigFile {
  readonly uri: vscode.Uri;
  readonly folder: string;
  readonly text: string;
  readonly services: readonly ServiceSpec[];
  readonly broken: readonly BrokenService[];
  readonly problems: readonly ConfigProblem[];
}

export const configPath = '.vscode/services.json';

/** Editors write a file in several steps. It is read when it did not change for this time. */
const settleTimeMs = 50;

export class ConfigFiles implements Disposable {
  readonly #lifetime = new Lifetime();
  readonly #changed = this.#lifetime.add(new vscode.EventEmitter<readonly ConfigFile[]>());
  readonly onDidRead = this.#changed.event;
  #timer: NodeJS.Timeout | undefined;
  #reading: Promise<void> = Promise.resolve();
  #latest: readonly ConfigFile[] = [];

  constructor() {
    const watcher = this.#lifetime.add(vscode.workspace.createFileSystemWatcher(`**/${configPath}`));
    const soon = (): void => this.#readSoon();
    this.#lifetime.add(watcher.onDidChange(soon));
    this.#lifetime.add(watcher.onDidCreate(soon));
    this.#lifetime.add(watcher.onDidDelete(soon));
    // Watchers are slow or absent on some remote file systems; a save in this window is known immediately.
    this.#lifetime.add(vscode.workspace.onDidSaveTextDocument(({ uri }) => uri.path.endsWith(`/${configPath}`) && soon()));
    this.#lifetime.add(vscode.workspace.onDidChangeWorkspaceFolders(soon));
    this.#lifetime.add({ dispose: () => clearTimeout(this.#timer) });
  }

  /** Reads all files now. Settles after the listeners were called. */
  read(): Promise<void> {
    this.#reading = this.#reading.then(async () => {
      const folders = vscode.workspace.workspaceFolders ?? [];
      const files = await Promise.all(folders.map((folder) => readFile(folder, folders.length > 1)));
      this.#latest = files.filter((file) => file !== undefined);
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

  #readSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.read(), settleTimeMs);
  }
}

async function readFile(folder: vscode.WorkspaceFolder, multiRoot: boolean): Promise<ConfigFile | undefined> {
  const uri = vscode.Uri.joinPath(folder.uri, configPath);
  const bytes = await vscode.workspace.fs.readFile(uri).then(
    (read) => read,
    () => undefined,
  );
  if (bytes === undefined) return undefined;
  const text = new TextDecoder().decode(bytes);
  const place = { folder: folder.uri.fsPath, folderName: folder.name };
  return { uri, folder: place.folder, text, ...parseServices(text, { ...place, multiRoot }) };
}
