/** Shows in Problems, at the line of services.json, that a health path which was not tried seems wrong while its service is up. */
import * as vscode from 'vscode';
import { Lifetime } from '../app/lifetime';
import type { Disposable } from '../app/ports';
import type { Store } from '../app/store';
import { locateValue } from '../core/config/locate';
import type { Service } from '../core/lifecycle/state';
import { doubtfulStatus, isUnproven } from '../core/model/unprovenPath';
import { healthOf } from '../core/snapshot/toSnapshot';
import { explainWrongPath } from '../core/wording/explainProbe';
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
  /** What is shown, so that the probes of healthy services change nothing. */
  #shown = '[]';

  constructor(
    private readonly store: Store,
    private readonly configs: ConfigReader,
  ) {
    this.#lifetime.add(store.onDidChange(() => this.#report()));
    this.#lifetime.add(configs.onDidRead(() => this.#report()));
    this.#report();
  }

  dispose(): void {
    this.#lifetime.dispose();
  }

  /** A running service keeps the configuration that it was started with. */
  #isCorrected({ spec }: Service): boolean {
    const probe = this.store.written(spec.id)?.probe;
    return probe === undefined || !isUnproven(probe);
  }

  #report(): void {
    const doubtful = this.store.services().flatMap((service) => (this.#isCorrected(service) ? [] : (wrongPathOf(service) ?? [])));
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

interface WrongPath {
  readonly folder: string;
  readonly key: string;
  readonly message: string;
}

function wrongPathOf({ spec, state }: Service): WrongPath | undefined {
  const { probe, folder, key } = spec;
  const status = doubtfulStatus(probe, healthOf(state.lifecycle) ?? { kind: 'none' });
  if (probe === undefined || status === undefined) return undefined;
  return { folder, key, message: explainWrongPath(probe, status) };
}

function diagnostic(text: string, key: string, message: string): vscode.Diagnostic {
  const range = rangeIn(text, locateValue(text, key, 'health'));
  const entry = new vscode.Diagnostic(range, message, vscode.DiagnosticSeverity.Warning);
  entry.source = 'Services';
  entry.code = healthPathCode;
  return entry;
}
