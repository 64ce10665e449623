/** The functions of Windows that the helper calls. Handles are plain 64-bit numbers, structures are buffers that are read by offset. */
import { loadKoffi, type NativeFunction } from './koffi';

const kernel32 = {
  createSnapshot: 'int64_t __stdcall CreateToolhelp32Snapshot(uint32_t flags, uint32_t pid)',
  firstProcess: 'int32_t __stdcall Process32FirstW(int64_t snapshot, _Inout_ uint8_t *entry)',
  nextProcess: 'int32_t __stdcall Process32NextW(int64_t snapshot, _Inout_ uint8_t *entry)',
  openProcess: 'int64_t __stdcall OpenProcess(uint32_t access, int32_t inherit, uint32_t pid)',
  closeHandle: 'int32_t __stdcall CloseHandle(int64_t handle)',
  processTimes:
    'int32_t __stdcall GetProcessTimes(int64_t process, _Out_ uint8_t *created, _Out_ uint8_t *exited, _Out_ uint8_t *kernel, _Out_ uint8_t *user)',
  memoryInfo: 'int32_t __stdcall K32GetProcessMemoryInfo(int64_t process, _Out_ uint8_t *counters, uint32_t size)',
  terminate: 'int32_t __stdcall TerminateProcess(int64_t process, uint32_t exitCode)',
  waitForOne: 'uint32_t __stdcall WaitForSingleObject(int64_t handle, uint32_t ms)',
  waitForAny: 'uint32_t __stdcall WaitForMultipleObjects(uint32_t count, const uint8_t *handles, int32_t all, uint32_t ms)',
  createEvent: 'int64_t __stdcall CreateEventW(int64_t security, int32_t manual, int32_t signalled, int64_t name)',
  setEvent: 'int32_t __stdcall SetEvent(int64_t event)',
  readMemory:
    'int32_t __stdcall ReadProcessMemory(int64_t process, uint64_t address, _Out_ uint8_t *buffer, uint64_t size, _Out_ uint8_t *read)',
  lastError: 'uint32_t __stdcall GetLastError()',
} as const;

const ntdll = {
  queryProcess:
    'int32_t __stdcall NtQueryInformationProcess(int64_t process, int32_t kind, _Out_ uint8_t *buffer, uint32_t size, _Out_ uint8_t *written)',
} as const;

const iphlpapi = {
  tcpTable:
    'uint32_t __stdcall GetExtendedTcpTable(_Out_ uint8_t *table, _Inout_ uint8_t *size, int32_t sorted, uint32_t family, int32_t kind, uint32_t reserved)',
} as const;

type Functions<D> = { readonly [K in keyof D]: NativeFunction };

export type System = Functions<typeof kernel32> & Functions<typeof ntdll> & Functions<typeof iphlpapi>;

/** `folder` holds koffi's builds. Throws when koffi cannot be loaded. */
export function openSystem(folder: string): System {
  const koffi = loadKoffi(folder);
  const all = <D extends Readonly<Record<string, string>>>(library: string, declarations: D): Functions<D> => {
    const loaded = koffi.load(library);
    const entries = Object.entries(declarations).map(([name, declaration]) => [name, loaded.func(declaration)] as const);
    // The keys are those of the declarations.
    return Object.fromEntries(entries) as Functions<D>;
  };
  return { ...all('kernel32.dll', kernel32), ...all('ntdll.dll', ntdll), ...all('iphlpapi.dll', iphlpapi) };
}

/** Rights of OpenProcess. */
export const rights = {
  /** Start time and exit code, also of processes of other users. */
  look: 0x1000,
  /** Folder, environment and command line. */
  readMemory: 0x0410,
  wait: 0x10_0000,
  end: 0x0001,
} as const;

/** Calls `use` with a handle of the process, which is closed afterwards. Undefined when it may not be opened, or is not there. */
export function withProcess<T>(system: System, pid: number, access: number, use: (handle: number) => T): T | undefined {
  const handle = Number(system.openProcess(access, 0, pid));
  if (handle === 0) return undefined;
  try {
    return use(handle);
  } finally {
    system.closeHandle(handle);
  }
}
