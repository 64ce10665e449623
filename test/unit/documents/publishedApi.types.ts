/** The types in api/ are those of the program: `npm run types` refuses this file when they differ. */
import type * as published from '../../../api/service-lifecycle';
import type { CheckResult } from '../../../src/core/checks/checks';
import type { ServiceConfig } from '../../../src/core/config/schema';
import type { Finding, FindingAction } from '../../../src/core/diagnosis/finding';
import type { ProposedService } from '../../../src/core/addServices/proposal';
import type { LogPage, ServiceEvent } from '../../../src/core/agents/logPage';
import type { ServiceSnapshot } from '../../../src/core/snapshot/snapshot';
import type { ServiceLifecycleApi } from '../../../src/host/api/api';

/** True only when both types have the same keys of the same types, optional and readonly alike, at every depth. */
// The compiler compares two such functions exactly only because T stays open.
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
type Assert<Proven extends true> = Proven;
type ParametersOf<Api> = { [Member in keyof Api]: Api[Member] extends (...given: infer Given) => unknown ? Given : never };

export type Checked = [
  Assert<Same<published.ServiceSnapshot, ServiceSnapshot>>,
  Assert<Same<published.CheckResult, CheckResult>>,
  Assert<Same<published.FindingAction, FindingAction>>,
  // Outside, a code is any string, so that a new one breaks no program.
  Assert<Same<published.Finding, { readonly [Key in keyof Finding]: Key extends 'code' ? string : Finding[Key] }>>,
  Assert<Same<published.ServiceConfig, ServiceConfig>>,
  Assert<Same<published.LogPage, LogPage>>,
  Assert<Same<published.ServiceEvent, ServiceEvent>>,
  Assert<Same<published.ProposedService, ProposedService>>,
  Assert<Same<ParametersOf<published.ServiceLifecycleApi>, ParametersOf<ServiceLifecycleApi>>>,
  Assert<ServiceLifecycleApi extends published.ServiceLifecycleApi ? true : false>,
  // @ts-expect-error A key that is missing would be seen.
  Assert<Same<published.ServiceSnapshot, Omit<ServiceSnapshot, 'exitCode'>>>,
];
