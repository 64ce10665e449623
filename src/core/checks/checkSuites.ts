/** The content of the Test Explorer: one suite per service, with its health and its checks. */
import type { ServiceTest } from './checks';
import { shownName, testsOf } from './checks';
import type { CheckPlaces } from '../config/locate';
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
  /** Undefined while the file has an error that hides the place. */
  readonly range: TextRange | undefined;
}

/** Returns the suites in the order of the services. A service with nothing to check has no suite. */
export function checkSuites(
  services: readonly ServiceSpec[],
  placesOf: (spec: ServiceSpec) => CheckPlaces | undefined,
): readonly Suite[] {
  return services.flatMap((spec) => {
    const tests = testsOf(spec);
    const places = placesOf(spec);
    if (tests.length === 0) return [];
    const suite = { id: spec.id, label: spec.id, range: places?.service, folder: spec.folder };
    return [{ ...suite, tests: tests.map((test) => entryOf(test, spec, places)) }];
  });
}

function entryOf(test: ServiceTest, spec: ServiceSpec, places: CheckPlaces | undefined): Entry {
  const range = test.kind === 'health' ? (places?.health ?? places?.service) : places?.checks[spec.checks.indexOf(test.check)];
  return { id: test.id, label: shownName(test.name), range };
}
