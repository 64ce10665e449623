/** Reads launch configurations as VS Code's configuration holds them: the file may contain anything. */

/** What every launch configuration has; the rest is for its debugger. */
export interface LaunchEntry {
  readonly name: string;
  /** The debugger, such as `node`. */
  readonly type: string;
  readonly request: string;
}

/** `written`: the value of `launch.configurations`. */
export const launchEntries = (written: unknown): readonly LaunchEntry[] =>
  Array.isArray(written) ? written.filter(isLaunchEntry) : [];

function isLaunchEntry(value: unknown): value is LaunchEntry {
  if (typeof value !== 'object' || value === null) return false;
  return 'name' in value && 'type' in value && 'request' in value && [value.name, value.type, value.request].every(isText);
}

const isText = (value: unknown): boolean => typeof value === 'string' && value !== '';
