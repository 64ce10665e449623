/** What the Test Explorer shows: one suite a service, with its health and its checks. */
import type { ServiceTest } from './checks';
import { shownName, testsOf } from './checks';
import type { CheckPlaces } from '../config/locate';
import type { TextRange } from '../config/problem';
import type { ServiceSpec } from '../model/service';

export interface Suite extends Entry {
  /** Of the workspace folder whose services.json names the service. */
  readonly folder: string;
  readonly tests: readonly Entry[];
}

export interface Entry {
  readonly id: string;
  /** No description beside it: VS Code reads that to screen readers in its place (seen on 1.139.1). */
  readonly label: string;
  /** Undefined while the file cannot tell. */
  readonly range: TextRange | undefined;
}

/** In the order of the services; one with nothing to check has no suite. */
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
