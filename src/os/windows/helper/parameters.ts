/** Command line, folder and environment of a process, from the block of parameters in its own memory (its PEB points there). */
import { runVariable } from '../../../core/model/process';
import type { ParameterFact } from '../facts';
import { rights, withProcess, type System } from './system';

/** PROCESS_BASIC_INFORMATION */
const basicInformation = { kind: 0, bytes: 48, peb: 8 } as const;
/** PEB and RTL_USER_PROCESS_PARAMETERS of 64-bit systems: the same since Windows Vista, on x64 and ARM64. 32-bit programs have both. */
const parametersOfPeb = 0x20;
const block = { bytes: 0x88, cwd: 0x38, command: 0x70, environment: 0x80 } as const;

/** An environment has no limit of its own; the longest command line is 64 KB. */
const maxEnvironmentBytes = 1024 * 1024;
const chunkBytes = 4096;

/** Undefined when its memory may not be read, or it is gone. */
export const readParameters = (system: System, pid: number): ParameterFact | undefined =>
  withProcess(system, pid, rights.look | rights.readMemory, (handle) =>
    parametersOf(memoryOf(system, handle), pebOf(system, handle)),
  );

/** Reads so many bytes at an address; undefined when they may not be read. */
type Memory = (address: bigint, bytes: number) => Buffer | undefined;

const memoryOf =
  (system: System, handle: number): Memory =>
  (address, bytes) => {
    const buffer = Buffer.alloc(bytes);
    return system.readMemory(handle, address, buffer, bytes, Buffer.alloc(8)) === 0 ? undefined : buffer;
  };

function pebOf(system: System, handle: number): bigint {
  const information = Buffer.alloc(basicInformation.bytes);
  const status = system.queryProcess(handle, basicInformation.kind, information, information.length, Buffer.alloc(4));
  return Number(status) === 0 ? information.readBigUInt64LE(basicInformation.peb) : 0n;
}

function parametersOf(memory: Memory, peb: bigint): ParameterFact | undefined {
  if (peb === 0n) return undefined;
  const at = memory(peb + BigInt(parametersOfPeb), 8)?.readBigUInt64LE();
  const parameters = at === undefined || at === 0n ? undefined : memory(at, block.bytes);
  if (parameters === undefined) return undefined;
  const command = stringAt(memory, parameters, block.command);
  const cwd = stringAt(memory, parameters, block.cwd);
  if (command === undefined || cwd === undefined) return undefined;
  const run = variableIn(environmentAt(memory, parameters.readBigUInt64LE(block.environment)), runVariable);
  return { command, cwd, ...(run === undefined ? {} : { run }) };
}

/** UNICODE_STRING: length in bytes, and at offset 8 where the text is. */
function stringAt(memory: Memory, parameters: Buffer, offset: number): string | undefined {
  const bytes = parameters.readUInt16LE(offset);
  if (bytes === 0) return '';
  return memory(parameters.readBigUInt64LE(offset + 8), bytes)?.toString('utf16le');
}

/** Its end is an empty entry. Read page by page, because what lies behind it may not be readable. */
function environmentAt(memory: Memory, start: bigint): string {
  const pages: Buffer[] = [];
  let address = start;
  while (start !== 0n && address - start < BigInt(maxEnvironmentBytes)) {
    const bytes = chunkBytes - Number(address % BigInt(chunkBytes));
    const page = memory(address, bytes);
    if (page === undefined) break;
    pages.push(page);
    address += BigInt(bytes);
    if (Buffer.concat(pages.slice(-2)).toString('utf16le').includes('\0\0')) break;
  }
  const text = Buffer.concat(pages).toString('utf16le');
  const end = text.indexOf('\0\0');
  return end < 0 ? text : text.slice(0, end);
}

/** Entries `name=value` with a NUL after each; names are equal in any case. */
export function variableIn(environment: string, name: string): string | undefined {
  const entry = environment.split('\0').find((each) => each.slice(0, name.length + 1).toUpperCase() === `${name}=`.toUpperCase());
  return entry?.slice(name.length + 1);
}
