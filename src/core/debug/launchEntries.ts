/** Reads launch configurations as VS Code's configuration holds them: the file may contain anything. */

/** What every launch configuration has; the rest is for its debugger. */
export interface LaunchEntry {
  readonly name: string;
  /** The debugger, such as `node`. */
  readonly type: string;
  readonly request: string;
}

/** Several launch configurations that are started together. */
export interface LaunchCompound {
  readonly name: string;
  /** Their names. */
  readonly configurations: readonly string[];
}

/** What Debug can start: a configuration, where a compound has the same name. */
export interface LaunchTargets {
  readonly configurations: readonly LaunchEntry[];
  readonly compounds: readonly LaunchCompound[];
}

/** The values of `launch.configurations` and `launch.compounds`. */
export const launchTargets = (configurations: unknown, compounds: unknown): LaunchTargets => ({
  configurations: itemsOf(configurations).filter(isLaunchEntry),
  compounds: itemsOf(compounds).flatMap(compoundOf),
});

export const namesOf = ({ configurations, compounds }: LaunchTargets): readonly string[] => [
  ...new Set([...configurations, ...compounds].map(({ name }) => name)),
];

const itemsOf = (written: unknown): readonly unknown[] => (Array.isArray(written) ? written : []);

function isLaunchEntry(value: unknown): value is LaunchEntry {
  if (typeof value !== 'object' || value === null) return false;
  return 'name' in value && 'type' in value && 'request' in value && [value.name, value.type, value.request].every(isText);
}

function compoundOf(value: unknown): readonly LaunchCompound[] {
  if (typeof value !== 'object' || value === null || !('name' in value) || !isText(value.name)) return [];
  const configurations = itemsOf('configurations' in value ? value.configurations : undefined).flatMap(nameOf);
  return configurations.length === 0 ? [] : [{ name: value.name, configurations }];
}

/** One of another folder of the workspace is an object. */
function nameOf(value: unknown): readonly string[] {
  const name = typeof value === 'object' && value !== null && 'name' in value ? value.name : value;
  return isText(name) ? [name] : [];
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';
