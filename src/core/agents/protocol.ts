/** What the command svc and a window say to each other, one JSON object a line. Everything received is checked here. */
import { programName } from '../model/actor';
import type { Delegate } from '../model/actor';
import { isToolName } from './toolNames';
import type { ToolName } from './toolNames';

/** Raised with every change that an older side would not understand. */
export const agentProtocol = 1;

/** What `svc run` calls: no tool, because agents have the same nine tools behind every door. */
export const runTool = 'run';

export type ToWindow =
  /** The first message. `folder` is the real path of the folder whose window is called. */
  | { readonly kind: 'agent'; readonly protocol: number; readonly folder: string; readonly by: Delegate }
  /** `number` names the call in its reply. */
  | { readonly kind: 'call'; readonly number: number; readonly tool: ToolName; readonly input: unknown }
  /** Runs a one-off command of a service: sent as the call of a tool `run`, which older windows reply to as to an unknown one. */
  | { readonly kind: 'run'; readonly number: number; readonly service: string; readonly command: string }
  /** The client does not wait for this reply any more. */
  | { readonly kind: 'cancel'; readonly number: number };

export type ToClient =
  | { readonly kind: 'welcome' }
  /** `busy`: too many clients, or calls at once. `away`: the window does not respond. */
  | { readonly kind: 'refused'; readonly why: Refused }
  | { readonly kind: 'reply'; readonly number: number; readonly reply: unknown }
  | { readonly kind: 'problem'; readonly number: number; readonly problem: string };

export type Refused = 'protocol' | 'notLeading' | 'busy' | 'away';
const refusals: readonly Refused[] = ['protocol', 'notLeading', 'busy', 'away'];

type Fields = Readonly<Record<string, unknown>>;
const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);
const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isSafeInteger(value);

/** Undefined for what is no such message. A call of an unknown tool is one: it is answered. */
export function toWindow(message: unknown): ToWindow | { readonly kind: 'unknownTool'; readonly number: number } | undefined {
  if (!isFields(message)) return undefined;
  const { kind, protocol, folder, by, number, tool, input } = message;
  switch (kind) {
    case 'agent': {
      const delegate = delegateIn(by);
      if (!isNumber(protocol) || typeof folder !== 'string' || delegate === undefined) return undefined;
      return { kind, protocol, folder, by: delegate };
    }
    case 'call':
      if (!isNumber(number)) return undefined;
      if (tool === runTool) return runIn(number, input);
      return isToolName(tool) ? { kind, number, tool, input } : { kind: 'unknownTool', number };
    case 'cancel':
      return isNumber(number) ? { kind, number } : undefined;
    default:
      return undefined;
  }
}

/** Longer names are of no service and of no command. */
const maxNameLength = 200;

function runIn(number: number, input: unknown): ReturnType<typeof toWindow> {
  const { service, command } = isFields(input) ? input : {};
  const isName = (value: unknown): value is string => typeof value === 'string' && value.length <= maxNameLength;
  return isName(service) && isName(command) ? { kind: 'run', number, service, command } : { kind: 'unknownTool', number };
}

/** Undefined for what is no such message. */
export function toClient(message: unknown): ToClient | undefined {
  if (!isFields(message)) return undefined;
  const { kind, why, number, reply, problem } = message;
  switch (kind) {
    case 'welcome':
      return { kind };
    case 'refused': {
      const known = refusals.find((each) => each === why);
      return known === undefined ? undefined : { kind, why: known };
    }
    case 'reply':
      return isNumber(number) ? { kind, number, reply } : undefined;
    case 'problem':
      return isNumber(number) && typeof problem === 'string' ? { kind, number, problem } : undefined;
    default:
      return undefined;
  }
}

function delegateIn(value: unknown): Delegate | undefined {
  if (!isFields(value) || (value['kind'] !== 'agent' && value['kind'] !== 'cli')) return undefined;
  const who = programName(value['who']);
  return who === undefined ? { kind: value['kind'] } : { kind: value['kind'], who };
}
