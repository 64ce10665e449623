/** The content of the Test Explorer: one suite per service with checks, with its health and its checks. */
import type { ServiceTest } from './checks';
import { shownName, testsOf } from './checks';
import type { TextRange } from '../config/problem';
import type { ServiceSpec } from '../model/service';

export interface Suite extends Entry {
  /** Path of the workspace folder whose services.json contains the service. */
  readonly folder: string;
  readonly tests: readonly Entry[];
}

export interface Entry {
  readonly id: string;
  /** There is no description beside it, because screen readers would read that instead (seen on VS Code 1.139.1). */
  readonly label: string;
  /**
   * Undefined for what has no icon of its own in the gutter, which is all but the checks, and while the file has an error that
   * hides the place.
   */
  readonly range: TextRange | undefined;
}

/** Returns the suites in the order of the services. A service without `checks` has no suite. */
export function checkSuites(
  services: readonly ServiceSpec[],
  placesOf: (spec: ServiceSpec) => readonly TextRange[] | undefined,
): readonly Suite[] {
  return services.flatMap((spec) => {
    if (spec.checks.length === 0) return [];
    const places = placesOf(spec);
    const suite = { id: spec.id, label: spec.id, range: undefined, folder: spec.folder };
    return [{ ...suite, tests: testsOf(spec).map((test) => entryOf(test, spec, places)) }];
  });
}

function entryOf(test: ServiceTest, spec: ServiceSpec, places: readonly TextRange[] | undefined): Entry {
  const range = test.kind === 'health' ? undefined : places?.[spec.checks.indexOf(test.check)];
  return { id: test.id, label: shownName(test.name), range };
}
