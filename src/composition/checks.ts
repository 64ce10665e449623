/** Creates the checks and connects them with the Test Explorer. */
import * as vscode from 'vscode';
import type { CheckParts } from '../app/checks/runChecks';
import { checkedSpec, runChecks, runTests } from '../app/checks/runChecks';
import type { CheckResult } from '../core/checks/checks';
import { locateChecks } from '../core/config/locate';
import type { ServiceSpec } from '../core/model/service';
import type { Service } from '../core/lifecycle/state';
import { substitute } from '../core/config/variables';
import { checkSuites } from '../core/checks/checkSuites';
import type { Suite } from '../core/checks/checkSuites';
import { showChecks } from '../host/checks/showChecks';
import { variablesOf } from '../host/config/variables';
import { CheckExplorer } from '../views/checks/checkExplorer';
import type { Own, Parts } from './parts';

/** What commands and the API need from the checks. */
export interface Checking {
  runChecks(id: string): Promise<readonly CheckResult[]>;
  /** Runs the checks in the Test Explorer, and shows a summary. */
  showChecks(service: Service): Promise<void>;
}

export function connectChecking(parts: Parts, own: Own): Checking {
  const { store, files } = parts;
  const checks = checkParts(parts);
  const source = {
    suites: () => suitesOf(parts),
    files: () => files.latest,
    run: async (id: string, watch: Parameters<typeof runTests>[1]) =>
      store.get(id) === undefined ? [] : runTests(id, watch, checks),
  };
  let explorer: CheckExplorer | undefined;
  const refresh = (): void => {
    // The Test Explorer adds the Testing view to the activity bar, so it is created only when there are checks.
    if (explorer === undefined && source.suites().length === 0) return;
    explorer ??= own(new CheckExplorer(source));
    explorer.refresh();
  };
  refresh();
  own(files.onDidRead(refresh));
  own(store.onDidChange((changed) => changed === 'all' && refresh()));
  return {
    runChecks: (id) => runChecks(id, checks),
    showChecks: ({ spec }) => showChecks(spec, async (id) => (explorer === undefined ? [] : explorer.run(id))),
  };
}

function checkParts({ store, world, checker }: Parts): CheckParts {
  return {
    store,
    clock: world.clock,
    containers: world.containers,
    prober: world.prober,
    preflight: world.preflight,
    checker,
    isTrusted: () => vscode.workspace.isTrusted,
    addressOf: (spec, { http }) => {
      const written = substitute(http, variablesOf(spec), 'leave');
      return written.ok ? written.text : http;
    },
  };
}

function suitesOf({ store, files }: Parts): readonly Suite[] {
  const places = new Map(files.latest.map((file) => [file.folder, locateChecks(file.text)]));
  // A service that is kept while its file has an error has no range in the current text.
  const isRead = ({ id, folder }: ServiceSpec): boolean =>
    files.latest.some((file) => file.folder === folder && file.services.some((spec) => spec.id === id));
  return checkSuites(
    store.services().map((service) => checkedSpec(service, store)),
    (spec) => (isRead(spec) ? places.get(spec.folder)?.get(spec.key) : undefined),
  );
}
