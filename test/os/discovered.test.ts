/** Projects as people write them, found and started with nothing edited: what was found listens where it should, and replies. */
import assert from 'node:assert/strict';
import { mkdir, symlink, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Steps } from '../../src/app/setup/steps';
import { performTestRun } from '../../src/app/addServices/testRun';
import { parseServices } from '../../src/core/config/parse';
import { discover } from '../../src/discovery/discover';
import { writeServices } from '../../src/discovery/write';
import { stepFiles } from '../../src/os/launch/stepFiles';
import { Rig } from '../bench/rig';
import { npmPackage } from '../support/npmPackage';
import { findPythonWith, makeVenv } from '../support/python';
import { repositoryRoot } from '../support/repository';
import { makeScratch, removeScratch } from '../support/scratch';
import { onDisk } from '../unit/discovery/folder';
import { portPreflight } from '../support/portPreflight';
import { freePort } from '../support/freePort';

const install = 60_000;

let folder: string;

beforeEach(async () => (folder = await makeScratch('discovered')));
afterEach(() => removeScratch(folder));

async function write(files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
    // As if it had been installed after it was written.
    await utimes(join(folder, path), 1e9, 1e9);
  }
}

const link = (modules: string, to = ''): Promise<void> => symlink(modules, join(folder, to, 'node_modules'), 'junction');

/** Finds the only server of the folder, starts it as it would be written down, and tells its reply. */
async function reply(): Promise<{ readonly status: number; readonly url: string }> {
  const found = await discover(onDisk(folder));
  assert.equal(found.length, 1, JSON.stringify(found));
  const written = writeServices(undefined, found);
  assert.ok(written.ok);
  const { services, problems } = parseServices(written.text, { folder, folderName: 'folder', multiRoot: false });
  assert.deepEqual(problems, []);
  const rig = new Rig(folder);
  try {
    const signal = new AbortController().signal;
    const request = { specs: services, id: services[0]?.id ?? '', report: () => undefined, signal };
    const steps = new Steps({
      ...rig.world,
      ...{ preflight: portPreflight, files: stepFiles, notes: { read: () => undefined, write: () => undefined } },
      // Everything is installed already.
      terminals: { launch: ({ step }) => assert.fail(`${step.name} ran.`), show: () => false },
      ownWindow: () => undefined,
    });
    const outcome = await performTestRun(request, { ...rig.world, preflight: portPreflight, steps });
    assert.ok(outcome.kind === 'responds', `${JSON.stringify(outcome)} ${JSON.stringify(found)}`);
    return outcome.response;
  } finally {
    rig.dispose();
  }
}

describe('what was found starts', function () {
  this.timeout(90_000);

  it('FastAPI under uvicorn, in a virtual environment', async function () {
    const python = findPythonWith('fastapi', 'uvicorn');
    if (python === undefined) this.skip();
    const port = await freePort();
    const app =
      'from fastapi import FastAPI\n\napp = FastAPI()\n\n\n@app.get("/health")\ndef health():\n    return {"ok": True}\n';
    const main = `\n\nif __name__ == "__main__":\n    import uvicorn\n    uvicorn.run("main:app", host="127.0.0.1", port=${port}, reload=True)\n`;
    await write({ 'backend/main.py': app + main, 'backend/requirements.txt': 'fastapi\nuvicorn\n' });
    makeVenv(python, join(folder, 'backend/.venv'));
    assert.deepEqual((await reply()).status, 200);
  });

  it('Flask', async function () {
    const python = findPythonWith('flask');
    if (python === undefined) this.skip();
    const port = await freePort();
    await write({
      'app.py': `from flask import Flask\n\napp = Flask(__name__)\n\n\n@app.route("/")\ndef index():\n    return "Hello"\n\n\nif __name__ == "__main__":\n    app.run(debug=True, port=${port})\n`,
      'requirements.txt': 'flask\n',
    });
    makeVenv(python, join(folder, '.venv'));
    assert.equal((await reply()).status, 200);
  });

  it('Vite', async () => {
    const port = await freePort();
    await write({
      'package.json':
        '{ "type": "module", "scripts": { "dev": "vite", "build": "vite build" }, "devDependencies": { "vite": "^8" } }',
      'vite.config.js': `import { tmpdir } from 'node:os';\nexport default { cacheDir: tmpdir() + '/vite-' + process.pid, server: { port: ${port}, strictPort: true } };\n`,
      'index.html': '<!doctype html>\n<title>Shop</title>\n',
    });
    await link(join(repositoryRoot, 'node_modules'));
    assert.equal((await reply()).status, 200);
  });

  it('Express, with a port of its env file', async function () {
    this.timeout(install + 90_000);
    const port = await freePort();
    await write({
      'package.json': '{ "scripts": { "start": "node server.js" }, "dependencies": { "express": "^5" } }',
      'server.js': `const express = require('express');\nconst app = express();\napp.get('/health', (_, response) => response.json({ ok: true }));\napp.listen(process.env.PORT || 3000);\n`,
      '.env': `PORT=${port}\n`,
    });
    await link(await npmPackage('express', '5.3.0'));
    const { status, url } = await reply();
    assert.deepEqual([status, url], [200, `http://localhost:${port}/health`]);
  });

  it('a server of TypeScript under tsx', async () => {
    const port = await freePort();
    await write({
      'package.json': '{ "type": "module", "scripts": { "dev": "tsx watch src/server.ts" }, "devDependencies": { "tsx": "^4" } }',
      'src/server.ts': `import { createServer } from 'node:http';\n\nconst port: number = ${port};\ncreateServer((_, response) => response.end('Hello')).listen(port);\n`,
    });
    await link(join(repositoryRoot, 'node_modules'));
    assert.equal((await reply()).status, 200);
  });
});
