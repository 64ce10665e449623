/** What the environment of a launch gets so that its program can be debugged from the beginning. */

type Environment = Readonly<Record<string, string>>;

/** `inherited`: the environment of the window, which the one of the launch overrides. */
export type EnvironmentChange = (env: Environment, inherited: Readonly<Record<string, string | undefined>>) => Environment;

const option = '--inspect=127.0.0.1:0';

/** Opens the inspector of every Node process of the launch, each on a port that the system chooses. */
export const withInspector: EnvironmentChange = (env, inherited) => {
  const before = env['NODE_OPTIONS'] ?? inherited['NODE_OPTIONS'] ?? '';
  return { ...env, NODE_OPTIONS: [before, option].filter((part) => part !== '').join(' ') };
};

export interface PythonDebugger {
  /** The folder of the module that Python runs before any program (media/python/sitecustomize.py); absolute. */
  readonly start: string;
  /** The folder in which the package debugpy is; empty for that of the Python which runs. */
  readonly libraries: string;
  /** What separates folders: `;` on Windows, else `:`. */
  readonly separator: string;
}

/** Opens debugpy in the first Python process of the launch, which takes that out of the environment of others. */
export const withDebugpy =
  ({ start, libraries, separator }: PythonDebugger): EnvironmentChange =>
  (env, inherited) => {
    const before = env['PYTHONPATH'] ?? inherited['PYTHONPATH'] ?? '';
    const folders = [start, before].filter((part) => part !== '').join(separator);
    return { ...env, PYTHONPATH: folders, SERVICE_LIFECYCLE_DEBUGPY: libraries };
  };
