/** Makes what runs checks, and connects it with the Test Explorer. */
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
import { createChecker } from '../os/probes/checker';
import { CheckExplorer } from '../views/checks/checkExplorer';
import type { Own, Parts } from './parts';

/** What commands and the API ask of this part. */
export interface Checking {
  runChecks(id: string): Promise<readonly CheckResult[]>;
  /** Runs them in sight of the Test Explorer, and says how it went. */
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
    // Not before there is something to check: it brings the Testing view into the activity bar.
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

function checkParts({ store, world }: Parts): CheckParts {
  return {
    store,
    prober: world.prober,
    checker: createChecker(),
    isTrusted: () => vscode.workspace.isTrusted,
    folderOf: (spec) => world.folderOf(spec),
    addressOf: (spec, { http }) => {
      const written = substitute(http, variablesOf(spec), 'leave');
      return written.ok ? written.text : http;
    },
  };
}

function suitesOf({ store, files }: Parts): readonly Suite[] {
  const places = new Map(files.latest.map((file) => [file.folder, locateChecks(file.text)]));
  // What a file with a mistake does not name has places of before, which are kept.
  const isRead = ({ id, folder }: ServiceSpec): boolean =>
    files.latest.some((file) => file.folder === folder && file.services.some((spec) => spec.id === id));
  return checkSuites(
    store.services().map((service) => checkedSpec(service, store)),
    (spec) => (isRead(spec) ? places.get(spec.folder)?.get(spec.key) : undefined),
  );
}
