import { spawnSync } from 'node:child_process';

/** A Python that has FastAPI and uvicorn. Debian's packages are for its own Python, which another one earlier on the PATH does not see. */
export function findPythonWithFastApi(): string | undefined {
  const candidates = process.platform === 'win32' ? ['python', 'py'] : ['/usr/bin/python3', 'python3', 'python'];
  return candidates.find((python) => spawnSync(python, ['-c', 'import fastapi, uvicorn'], { stdio: 'ignore' }).status === 0);
}
