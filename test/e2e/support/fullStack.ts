/** FastAPI behind uvicorn, and Vite with a proxy to it: a common setup. */
import { fixture, configFile } from './files';
import { freePorts } from './ports';
import { python } from './python';

export interface FullStack {
  readonly backendPort: number;
  readonly frontendPort: number;
  readonly files: Readonly<Record<string, string | object>>;
}

/** Overlays a copy of the sample, whose frontend it uses. `more` is added to every service. */
export async function fullStack(more: object = {}): Promise<FullStack> {
  const [backendPort = 0, frontendPort = 0] = await freePorts(2);
  const services = {
    backend: {
      role: 'backend',
      command: `${python} -m uvicorn main:app --port \${port}`,
      cwd: 'backend',
      port: backendPort,
      health: '/health',
      ...more,
    },
    frontend: {
      role: 'frontend',
      command: 'npm run dev -- --port ${port}',
      cwd: 'frontend',
      env: { BACKEND_PORT: String(backendPort) },
      port: frontendPort,
      health: '/',
      ...more,
    },
  };
  return { backendPort, frontendPort, files: { 'backend/main.py': fixture('main.py'), [configFile]: { services } } };
}

/** Match the command lines of the two servers, without shells around them. */
export const uvicorn = /^\S*python\S* -m uvicorn main:app/;
export const vite = /^\S*node\S* \S*\.bin[\\/]vite\b/;
