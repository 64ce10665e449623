/** A project without services.json: FastAPI in a virtual environment, and Vite with a proxy to it. */
import { symlink, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { makeVenv } from '../../support/python';
import { repositoryRoot } from '../../support/repository';
import { fixture } from './files';
import { freePorts } from './ports';
import { python } from './python';

export interface UnknownFolder {
  readonly backendPort: number;
  readonly frontendPort: number;
  readonly files: Readonly<Record<string, string | object>>;
}

/** The ports are written where such projects write them: in the proxy of vite.config.js, and in the script. */
export async function unknownFolder(): Promise<UnknownFolder> {
  const [backendPort = 0, frontendPort = 0] = await freePorts(2);
  return {
    backendPort,
    frontendPort,
    files: {
      'README.md': '# Shop\n',
      'backend/main.py': fixture('main.py'),
      'backend/requirements.txt': 'fastapi\nuvicorn\n',
      'frontend/package.json': {
        name: 'shop-frontend',
        private: true,
        type: 'module',
        scripts: { dev: `vite --port ${frontendPort} --strictPort`, build: 'vite build' },
        devDependencies: { vite: '^8.0.0' },
      },
      'frontend/vite.config.js': [
        "import { tmpdir } from 'node:os';",
        "import { defineConfig } from 'vite';",
        '',
        'export default defineConfig({',
        '  cacheDir: `${tmpdir()}/unknown-folder-vite-${process.pid}`,',
        `  server: { proxy: { '/api': 'http://localhost:${backendPort}' } },`,
        '});',
        '',
      ].join('\n'),
      'frontend/index.html': '<!doctype html>\n<title>Shop</title>\n<script type="module" src="/main.js"></script>\n',
      'frontend/main.js': "document.body.textContent = await (await fetch('/api/hello')).text();\n",
    },
  };
}

/** Creates what `npm install` and `pip install` would create, without the network, with an earlier date. */
export async function installIn(folder: string): Promise<void> {
  for (const manifest of ['frontend/package.json', 'backend/requirements.txt']) await utimes(join(folder, manifest), 1e9, 1e9);
  await symlink(join(repositoryRoot, 'node_modules'), join(folder, 'frontend', 'node_modules'), 'junction');
  makeVenv(python, join(folder, 'backend', '.venv'));
}
