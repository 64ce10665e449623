/** What Windows shows of processes and sockets, as the helper process and PowerShell answer it, with guards for what comes from there. */

export interface ProcessFact {
  readonly pid: number;
  readonly ppid: number;
  /** Microseconds since 1601 as a decimal number; absent when the process may not be opened. */
  readonly born?: string;
  /** Name of its program, such as `node.exe`. */
  readonly name: string;
  /** Absent when its memory may not be read. */
  readonly command?: string;
  /** Value of the variable that all processes of a run inherit. */
  readonly run?: string;
  /** Processor time since its start, in ms; absent where it is not read. */
  readonly cpuMs?: number;
  /** Working set in bytes; absent where it is not read. */
  readonly memory?: number;
}

/** One TCP socket. */
export interface SocketFact {
  readonly family: 4 | 6;
  readonly address: string;
  readonly port: number;
  readonly remoteAddress: string;
  readonly remotePort: number;
  /** As numbered in MIB_TCP_STATE of the Windows SDK: 2 is listening, 5 established. */
  readonly state: number;
  /** 0 when no process has it any more. */
  readonly pid: number;
}

/** What became of ending a process: `another` has the pid now, `refused` for want of rights. */
export type EndFact = 'ended' | 'gone' | 'another' | 'refused';

/** What the memory of a process shows. */
export interface ParameterFact {
  readonly command: string;
  readonly cwd: string;
  readonly run?: string;
}

/** Token of the start time; `gone` when there is no such process, `denied` when it may not be looked at. */
export type IdentityFact = { readonly born: string } | 'gone' | 'denied';

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null;

const isNumber = (value: unknown): value is number => Number.isSafeInteger(value);
const isText = (value: unknown): value is string => typeof value === 'string';
const isTextOrAbsent = (value: unknown): boolean => value === undefined || isText(value);

export const isProcessFact = (value: unknown): value is ProcessFact =>
  isFields(value) &&
  [value['pid'], value['ppid']].every(isNumber) &&
  isText(value['name']) &&
  [value['born'], value['command'], value['run']].every(isTextOrAbsent) &&
  [value['cpuMs'], value['memory']].every((figure) => figure === undefined || typeof figure === 'number');

export const isSocketFact = (value: unknown): value is SocketFact =>
  isFields(value) &&
  (value['family'] === 4 || value['family'] === 6) &&
  [value['address'], value['remoteAddress']].every(isText) &&
  [value['port'], value['remotePort'], value['state'], value['pid']].every(isNumber);

export const isEndFact = (value: unknown): value is EndFact =>
  value === 'ended' || value === 'gone' || value === 'another' || value === 'refused';

export const isParameterFact = (value: unknown): value is ParameterFact =>
  isFields(value) && [value['command'], value['cwd']].every(isText) && isTextOrAbsent(value['run']);

export const isIdentityFact = (value: unknown): value is IdentityFact =>
  value === 'gone' || value === 'denied' || (isFields(value) && isText(value['born']));
