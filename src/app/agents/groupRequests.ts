/** Starts, stops and restarts the services of a group for a program: one reply, with the outcome of each of them. */
import type { Arguments } from '../../core/agents/arguments';
import type { GroupReply, Outcome, OutcomeReply } from '../../core/agents/outcome';
import { isSuccess } from '../../core/agents/outcome';
import type { Service } from '../../core/lifecycle/state';
import { dependentsFirst } from '../stopAll';
import { neededBesides, restartTogether } from '../together';
import type { Caller, EngineParts } from './engineParts';
import type { Requests } from './requests';

/** The tools that take `@group` in place of a service. */
export type GroupTool = 'services_start' | 'services_stop' | 'services_restart';

export interface GroupCall {
  readonly tool: GroupTool;
  /** Without the "@". */
  readonly group: string;
  readonly services: readonly Service[];
  readonly given: Arguments;
  readonly caller: Caller;
}

export async function requestGroup(call: GroupCall, requests: Requests, parts: EngineParts): Promise<GroupReply> {
  switch (call.tool) {
    case 'services_start':
      return start(call, requests, parts);
    case 'services_stop':
      return stop(call, requests);
    case 'services_restart':
      return restart(call, requests, parts);
  }
}

async function start({ group, services, given, caller }: GroupCall, requests: Requests, parts: EngineParts): Promise<GroupReply> {
  const others = parts.isTrusted() ? neededBesides(idsOf(services), parts.store, caller.by) : [];
  return replyOf(group, await Promise.all(services.map((service) => requests.start(service, given, caller))), others);
}

async function stop({ group, services, caller }: GroupCall, requests: Requests): Promise<GroupReply> {
  const replies = new Map<Service, OutcomeReply>();
  await dependentsFirst(services, async (wave) => {
    await Promise.all(wave.map(async (service) => replies.set(service, await requests.stop(service, caller))));
  });
  return replyOf(group, services.flatMap((service) => replies.get(service) ?? []).map(withoutOwn(idsOf(services))));
}

/** What is stopped with it does not remain without it. */
const withoutOwn =
  (ids: readonly string[]) =>
  ({ dependents = [], ...reply }: OutcomeReply): OutcomeReply => {
    const outside = dependents.filter((id) => !ids.includes(id));
    return outside.length === 0 ? reply : { ...reply, dependents: outside };
  };

async function restart(
  { group, services, given, caller }: GroupCall,
  requests: Requests,
  parts: EngineParts,
): Promise<GroupReply> {
  const others = parts.isTrusted() ? await restartTogether(idsOf(services), parts, caller.by) : [];
  const settle = (service: Service): Promise<OutcomeReply> =>
    requests.restarted(parts.store.find(service.spec) ?? service, given, caller);
  return replyOf(group, await Promise.all(services.map(settle)), others);
}

/** The whole is as good as its worst part: the first that failed is the outcome; else what has changed anything. */
function replyOf(group: string, services: readonly OutcomeReply[], alsoStarted: readonly string[] = []): GroupReply {
  const outcomes = services.map(({ outcome }) => outcome);
  const failed = outcomes.find((outcome) => !isSuccess(outcome));
  const changed = outcomes.find((outcome) => !unchanged.has(outcome));
  const outcome = failed ?? changed ?? outcomes[0] ?? 'unknownService';
  return { outcome, group, services, ...(alsoStarted.length === 0 ? {} : { alsoStarted }) };
}

const unchanged: ReadonlySet<Outcome> = new Set(['alreadyRunning', 'alreadyStopped']);

const idsOf = (services: readonly Service[]): readonly string[] => services.map(({ spec }) => spec.id);
