import { spawnSync } from 'node:child_process';

/** A Python that has these modules. Debian's packages are for its own Python, which another one earlier on the PATH does not see. */
export function findPythonWith(...modules: readonly string[]): string | undefined {
  const candidates = process.platform === 'win32' ? ['python', 'py'] : ['/usr/bin/python3', 'python3', 'python'];
  return candidates.find((python) => spawnSync(python, ['-c', `import ${modules.join(', ')}`], { stdio: 'ignore' }).status === 0);
}

export const findPythonWithFastApi = (): string | undefined => findPythonWith('fastapi', 'uvicorn');

/** A virtual environment that sees what this Python has, made without the network. */
export function makeVenv(python: string, folder: string): void {
  const { status, stderr } = spawnSync(python, ['-m', 'venv', '--system-site-packages', '--without-pip', folder]);
  if (status !== 0) throw new Error(`The virtual environment could not be made: ${String(stderr)}`);
}
