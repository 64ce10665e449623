/** Shows in Problems, at the line of services.json, that a health path which was not tried seems wrong while its service is up. */
import * as vscode from 'vscode';
import { WrongPaths } from '../app/diagnosis/wrongPaths';
import { Lifetime } from '../app/lifetime';
import type { Disposable } from '../app/ports';
import type { Store } from '../app/store';
import { locateValue } from '../core/config/locate';
import { rangeIn } from './textRange';

/** A services.json as last read. */
export interface ReadConfig {
  readonly uri: vscode.Uri;
  readonly folder: string;
  readonly text: string;
}

export interface ConfigReader {
  readonly latest: readonly ReadConfig[];
  readonly onDidRead: vscode.Event<unknown>;
}

export const healthPathCode = 'health-path';

export class HealthPathProblems implements Disposable {
  readonly #lifetime = new Lifetime();
  readonly #collection = this.#lifetime.add(vscode.languages.createDiagnosticCollection('serviceLifecycle.healthPath'));
  readonly #paths: WrongPaths;
  /** What is shown, so that files that are read again change nothing. */
  #shown = '[]';

  constructor(
    store: Store,
    private readonly configs: ConfigReader,
  ) {
    this.#paths = this.#lifetime.add(new WrongPaths(store, () => this.#report()));
    this.#lifetime.add(configs.onDidRead(() => this.#report()));
    this.#report();
  }

  dispose(): void {
    this.#lifetime.dispose();
  }

  #report(): void {
    const doubtful = this.#paths.found;
    const texts = doubtful.length === 0 ? [] : this.configs.latest;
    const shown = JSON.stringify([doubtful, texts.map(({ text }) => text)]);
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.#collection.clear();
    for (const { uri, folder, text } of texts) {
      const here = doubtful.filter((each) => each.folder === folder);
      this.#collection.set(
        uri,
        here.map(({ key, message }) => diagnostic(text, key, message)),
      );
    }
  }
}

function diagnostic(text: string, key: string, message: string): vscode.Diagnostic {
  const range = rangeIn(text, locateValue(text, key, 'health'));
  const entry = new vscode.Diagnostic(range, message, vscode.DiagnosticSeverity.Warning);
  entry.source = 'Services';
  entry.code = healthPathCode;
  return entry;
}
