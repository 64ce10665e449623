/** What the Test Explorer shows: one suite a service, with its health and its checks. */
import type { ServiceTest } from '../checks';
import { testsOf } from '../checks';
import type { CheckPlaces } from '../config/locate';
import type { TextRange } from '../config/problem';
import type { ProbeTarget, ServiceSpec } from '../service';

export interface Suite extends Entry {
  /** Of the workspace folder whose services.json names the service. */
  readonly folder: string;
  readonly tests: readonly Entry[];
}

export interface Entry {
  readonly id: string;
  readonly label: string;
  readonly description: string;
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
    const suite = { id: spec.id, label: spec.id, description: '', range: places?.service, folder: spec.folder };
    return [{ ...suite, tests: tests.map((test) => entryOf(test, spec, places)) }];
  });
}

function entryOf(test: ServiceTest, spec: ServiceSpec, places: CheckPlaces | undefined): Entry {
  const { id, name } = test;
  if (test.kind === 'health') {
    return { id, label: name, description: targetWords(test.probe.target), range: places?.health ?? places?.service };
  }
  const { http } = test.check;
  const range = places?.checks[spec.checks.indexOf(test.check)];
  return { id, label: name, description: http === name ? '' : http, range };
}

function targetWords(target: ProbeTarget): string {
  switch (target.kind) {
    case 'http':
      return target.address;
    case 'tcp':
      return `port ${target.port}`;
    case 'exec':
      return target.command;
  }
}
