/** What windows of one folder say to each other. Everything received is checked here: it comes from another process. */
import type { RunOutput } from '../../core/output/runOutput';
import { isRequestedBy } from '../../core/model/actor';
import type { PortOwner } from '../../core/model/process';
import type { Usage } from '../../core/model/usage';
import { isPortOwner, isServiceState } from '../../core/lifecycle/stateShape';
import type { ServiceState, StartedBy } from '../../core/lifecycle/state';

/** Raised with every change of a message or of the states in it: windows of different versions refuse each other. */
export const protocolVersion = 4;

/** `freePort` and `monitor` answer the question about the port of a service. */
export type Ask = 'start' | 'stop' | 'restart' | 'freePort' | 'monitor';
export type PortAnswer = 'stop' | 'adopt' | 'cancel';

/** What the terminal of a run reports, seen by a window that does not supervise the run. */
export type TerminalReport =
  | { readonly kind: 'found' }
  | { readonly kind: 'closed' }
  | { readonly kind: 'ended'; readonly exitCode?: number; readonly typedInto: boolean }
  | { readonly kind: 'wrote'; readonly chunk: string };

export type ToLeader =
  /** The first message. `folder` is its real path. */
  | { readonly kind: 'hello'; readonly protocol: number; readonly folder: string }
  | { readonly kind: 'request'; readonly number: number; readonly key: string; readonly ask: Ask; readonly by: StartedBy }
  /** Stops a service to free a port, with the user's consent; `service` is the key of the one that wants it. */
  | {
      readonly kind: 'stopForPort';
      readonly number: number;
      readonly key: string;
      readonly port: number;
      readonly service?: string;
    }
  | { readonly kind: 'outputRequest'; readonly number: number; readonly key: string }
  | { readonly kind: 'portAnswer'; readonly number: number; readonly answer: PortAnswer }
  | { readonly kind: 'terminal'; readonly run: string; readonly report: TerminalReport };

/** By key. Ids inside of them are keys of the same folder, or whole ids of another. */
export type States = Readonly<Record<string, ServiceState>>;

/** By key. */
export type Usages = Readonly<Record<string, Usage>>;

export type ToFollower =
  /** The answer to hello: everything there is. */
  | { readonly kind: 'welcome'; readonly states: States }
  | { readonly kind: 'refused'; readonly why: 'version' | 'notLeading' }
  /** Those that changed. */
  | { readonly kind: 'states'; readonly states: States }
  /** What the processes of services use: of those of which something else was read than before. */
  | { readonly kind: 'usages'; readonly usages: Usages }
  /** The request was carried out; the states that it changed were sent before. */
  | { readonly kind: 'taken'; readonly number: number }
  | {
      readonly kind: 'portQuestion';
      readonly number: number;
      readonly key: string;
      readonly owners: readonly PortOwner[];
    }
  /** What the service wrote last. */
  | { readonly kind: 'output'; readonly number: number; readonly output: RunOutput }
  | { readonly kind: 'typeControl'; readonly run: string; readonly control: 'C' | 'Q' }
  /** One letter, and Enter. */
  | { readonly kind: 'typeAnswer'; readonly run: string; readonly letter: string };

type Fields = Readonly<Record<string, unknown>>;

/** Undefined for what is no such message. */
export function toLeader(message: unknown): ToLeader | undefined {
  if (!isFields(message)) return undefined;
  const { kind, protocol, folder, number, answer, run } = message;
  switch (kind) {
    case 'hello':
      return typeof protocol === 'number' && typeof folder === 'string' ? { kind, protocol, folder } : undefined;
    case 'request':
    case 'stopForPort':
    case 'outputRequest':
      return numbered(message);
    case 'portAnswer':
      return typeof number === 'number' && isPortAnswer(answer) ? { kind, number, answer } : undefined;
    case 'terminal': {
      const report = terminalReport(message['report']);
      return typeof run === 'string' && report !== undefined ? { kind, run, report } : undefined;
    }
    default:
      return undefined;
  }
}

/** Messages about one service that are answered. */
function numbered({ kind, number, key, ask, by, port, service }: Fields): ToLeader | undefined {
  if (typeof number !== 'number' || typeof key !== 'string') return undefined;
  switch (kind) {
    case 'request':
      return isAsk(ask) && isRequestedBy(by) ? { kind, number, key, ask, by } : undefined;
    case 'stopForPort':
      if (typeof port !== 'number') return undefined;
      return typeof service === 'string' ? { kind, number, key, port, service } : { kind, number, key, port };
    case 'outputRequest':
      return { kind, number, key };
    default:
      return undefined;
  }
}

/** Undefined for what is no such message. */
export function toFollower(message: unknown): ToFollower | undefined {
  if (!isFields(message)) return undefined;
  const { kind, why, number, key, states, owners, output, usages } = message;
  switch (kind) {
    case 'welcome':
    case 'states':
      return isStates(states) ? { kind, states } : undefined;
    case 'usages':
      return isUsages(usages) ? { kind, usages } : undefined;
    case 'refused':
      return why === 'version' || why === 'notLeading' ? { kind, why } : undefined;
    case 'taken':
      return typeof number === 'number' ? { kind, number } : undefined;
    case 'portQuestion':
      return typeof number === 'number' && typeof key === 'string' && isOwners(owners)
        ? { kind, number, key, owners }
        : undefined;
    case 'output':
      return typeof number === 'number' && isOutput(output) ? { kind, number, output } : undefined;
    case 'typeControl':
    case 'typeAnswer':
      return typing(message);
    default:
      return undefined;
  }
}

function typing({ kind, run, control, letter }: Fields): ToFollower | undefined {
  if (typeof run !== 'string') return undefined;
  if (kind === 'typeControl') return control === 'C' || control === 'Q' ? { kind, run, control } : undefined;
  return isLetter(letter) ? { kind: 'typeAnswer', run, letter } : undefined;
}

/** Never more than a letter: it is typed into a terminal. */
const isLetter = (value: unknown): value is string => typeof value === 'string' && /^\p{L}$/u.test(value);

function terminalReport(value: unknown): TerminalReport | undefined {
  if (!isFields(value)) return undefined;
  const { kind, exitCode, typedInto, chunk } = value;
  switch (kind) {
    case 'found':
    case 'closed':
      return { kind };
    case 'ended':
      if (typeof typedInto !== 'boolean') return undefined;
      return typeof exitCode === 'number' ? { kind, exitCode, typedInto } : { kind, typedInto };
    case 'wrote':
      return typeof chunk === 'string' ? { kind, chunk } : undefined;
    default:
      return undefined;
  }
}

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);
const isAsk = (value: unknown): value is Ask =>
  typeof value === 'string' && ['start', 'stop', 'restart', 'freePort', 'monitor'].includes(value);
const isPortAnswer = (value: unknown): value is PortAnswer => value === 'stop' || value === 'adopt' || value === 'cancel';
const isStates = (value: unknown): value is States => isFields(value) && Object.values(value).every(isServiceState);
const isUsages = (value: unknown): value is Usages =>
  isFields(value) &&
  Object.values(value).every(
    (usage) =>
      isFields(usage) && typeof usage['memory'] === 'number' && (usage['cpu'] === undefined || typeof usage['cpu'] === 'number'),
  );
const isOutput = (value: unknown): value is RunOutput => {
  const { lines, linesBeforeHealthy } = isFields(value) ? value : {};
  return Array.isArray(lines) && lines.every((line) => typeof line === 'string') && typeof linesBeforeHealthy === 'number';
};
const isOwners = (value: unknown): value is readonly PortOwner[] => Array.isArray(value) && value.every(isPortOwner);
