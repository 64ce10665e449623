/** What is asked of Windows, and the messages between the extension host and the helper process. Pure. */
import type { ProcessIdentity } from '../../core/model/process';
import * as facts from './facts';
import type { EndFact, IdentityFact, ParameterFact, ProcessFact, SocketFact } from './facts';

/** By its kind, what each question is answered with. */
export interface Answers {
  readonly processes: readonly ProcessFact[];
  readonly identify: IdentityFact;
  /** Null when its memory may not be read. */
  readonly parameters: ParameterFact | null;
  readonly listeners: readonly SocketFact[];
  /** Listeners and connections. */
  readonly sockets: readonly SocketFact[];
  readonly end: EndFact;
  /** `watched`: its end will be reported. */
  readonly watch: 'watched' | 'gone';
  readonly unwatch: null;
}

export type QuestionKind = keyof Answers;

export type Question =
  | { readonly kind: 'processes' }
  | { readonly kind: 'listeners' }
  | { readonly kind: 'sockets' }
  | { readonly kind: 'identify'; readonly pid: number }
  | { readonly kind: 'parameters'; readonly pid: number }
  | ({ readonly kind: 'end' } & ProcessIdentity)
  | ({ readonly kind: 'watch' } & ProcessIdentity)
  | ({ readonly kind: 'unwatch' } & ProcessIdentity);

/** A question of this kind. */
export type QuestionOf<K extends QuestionKind> = Question & { readonly kind: K };

export interface Request {
  readonly id: number;
  readonly question: Question;
}

export type Reply =
  /** The first message: whether it can call the system at all. */
  | { readonly kind: 'ready' }
  | { readonly kind: 'unusable'; readonly why: string }
  | { readonly kind: 'answer'; readonly id: number; readonly answer: unknown }
  | { readonly kind: 'failure'; readonly id: number; readonly why: string }
  /** A watched process has ended. */
  | { readonly kind: 'exited'; readonly pid: number; readonly born: string };

type Guards = { readonly [K in QuestionKind]: (answer: unknown) => answer is Answers[K] };

const listOf =
  <T>(isRow: (value: unknown) => value is T) =>
  (value: unknown): value is readonly T[] =>
    Array.isArray(value) && value.every(isRow);

const guards: Guards = {
  // Who asks is a process: an empty list is no answer, and does not mean that all have ended.
  processes: (answer): answer is readonly ProcessFact[] => listOf(facts.isProcessFact)(answer) && answer.length > 0,
  identify: facts.isIdentityFact,
  parameters: (answer) => answer === null || facts.isParameterFact(answer),
  listeners: listOf(facts.isSocketFact),
  sockets: listOf(facts.isSocketFact),
  end: facts.isEndFact,
  watch: (answer) => answer === 'watched' || answer === 'gone',
  unwatch: (answer) => answer === null,
};

/** Undefined when it does not answer a question of this kind. */
export function readAnswer<K extends QuestionKind>(kind: K, answer: unknown): Answers[K] | undefined {
  const isAnswer: (value: unknown) => value is Answers[K] = guards[kind];
  return isAnswer(answer) ? answer : undefined;
}

/** Undefined for anything but a message of the helper. */
export function readReply(message: unknown): Reply | undefined {
  if (typeof message !== 'object' || message === null) return undefined;
  const { kind, id, answer, why, pid, born } = message as Readonly<Record<string, unknown>>;
  if (kind === 'ready') return { kind };
  if (kind === 'unusable') return { kind, why: String(why) };
  if (kind === 'exited' && typeof pid === 'number' && typeof born === 'string') return { kind, pid, born };
  if (typeof id !== 'number') return undefined;
  if (kind === 'answer') return { kind, id, answer };
  return kind === 'failure' ? { kind, id, why: String(why) } : undefined;
}

const plain: ReadonlySet<string> = new Set(['processes', 'listeners', 'sockets']);
const aboutPid: ReadonlySet<string> = new Set(['identify', 'parameters']);
const aboutProcess: ReadonlySet<string> = new Set(['end', 'watch', 'unwatch']);

/** Undefined for anything but a request of the extension host. */
export function readRequest(message: unknown): Request | undefined {
  if (typeof message !== 'object' || message === null) return undefined;
  const { id, question } = message as Readonly<Record<string, unknown>>;
  return typeof id === 'number' && isQuestion(question) ? { id, question } : undefined;
}

function isQuestion(value: unknown): value is Question {
  if (typeof value !== 'object' || value === null) return false;
  const { kind, pid, born } = value as Readonly<Record<string, unknown>>;
  if (typeof kind !== 'string') return false;
  if (plain.has(kind)) return true;
  if (typeof pid !== 'number' || !Number.isSafeInteger(pid) || pid < 1 || pid > 0xffff_ffff) return false;
  return aboutPid.has(kind) || (aboutProcess.has(kind) && typeof born === 'string' && /^\d+$/.test(born));
}
