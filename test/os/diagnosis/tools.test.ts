/** Real tools, each with a problem and after its fix. The output of the services is that of the tools. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '../../support/repository';
import { Cleanup } from '../support/cleanup';
import { freePort } from '../support/servers';
import { until } from '../support/until';
import { asgi, healthy, replying } from './programs';
import { codesOf, ended, listens, run, type Running, expectVerdict, until200, verdicts } from './rig';

const modules = `ln -s '${join(repositoryRoot, 'node_modules')}' node_modules`;
const tsx = `${modules}; exec "$NODE" node_modules/tsx/dist/cli.mjs watch --clear-screen=false`;
const vite = `${modules}; exec "$NODE" node_modules/vite/bin/vite.js`;

describe('diagnosis of tools', function () {
  this.timeout(60_000);
  const cleanup = new Cleanup();
  afterEach(() => cleanup.run());

  const prints = ({ output }: Running, pattern: RegExp): Promise<void> =>
    until(`the output matches ${String(pattern)}`, () => output().some((line) => pattern.test(line)), 30_000);
  /** A reloader that has not read its files yet does not notice a change, so the file is saved again, as users do. */
  const changeUntilSaid = async (service: Running, file: string, text: string, pattern: RegExp): Promise<void> => {
    let saved = 0;
    await until(
      `the output matches ${String(pattern)}`,
      () => {
        if (Date.now() - saved > 3000) {
          save(service, file, text);
          saved = Date.now();
        }
        return service.output().some((line) => pattern.test(line));
      },
      30_000,
    );
  };
  const save = ({ started }: Running, file: string, text: string): void => writeFileSync(join(started.folder, file), text);

  const server = (port: number): string =>
    `import { createServer } from 'node:http';\nconst port: number = ${port};\ncreateServer((_, response) => response.end('ok')).listen(port, '127.0.0.1');\n`;

  it('reports reloader-alone and syntax-error of tsx watch while its server has crashed, and nothing before and after', async () => {
    const port = await freePort();
    const config = { command: 'tsx watch server.ts' };
    const files = { 'server.ts': server(port), 'package.json': '{ "type": "module" }' };
    const service = await run({ command: `${tsx} server.ts`, files, port, config }, cleanup);
    await until200(port);
    assert.deepEqual(await verdicts(service.service, service.output()), []);
    save(service, 'server.ts', `throw new Error('no model');\n`);
    await prints(service, /Error: no model/);
    const alone = expectVerdict('reloader-alone', await verdicts(service.service, service.output()));
    assert.match(alone.title, /Error: no model/);
    save(service, 'server.ts', `${server(port)}\nconst = ;\n`);
    await prints(service, /Transform failed/);
    const broken = expectVerdict('syntax-error', await verdicts(service.service, service.output()));
    assert.deepEqual(broken.actions[0]?.arguments?.slice(0, 2), [join(service.started.folder, 'server.ts'), 5]);
    save(service, 'server.ts', server(port));
    await until200(port);
    assert.deepEqual(await verdicts(service.service, service.output()), []);
  });

  it('reports forced-shutdown of tsx watch for a server that does not exit, and that serves again afterwards', async () => {
    const port = await freePort();
    const stubborn = `${server(port)}\nprocess.on('SIGTERM', () => undefined);\n`;
    const files = { 'server.ts': stubborn, 'package.json': '{ "type": "module" }' };
    const service = await run({ command: `${tsx} server.ts`, files, port, config: { command: 'tsx watch server.ts' } }, cleanup);
    await until200(port);
    save(service, 'server.ts', `${stubborn}// A change.\n`);
    await prints(service, /Force killing/);
    await until200(port);
    const found = await verdicts(service.service, service.output());
    assert.deepEqual(codesOf(found), ['forced-shutdown']);
    assert.equal(found[0]?.severity, 'warning');
  });

  it('reports reloader-alone of uvicorn --reload while its worker has crashed, and nothing before and after', async () => {
    const port = await freePort();
    const config = { command: 'uvicorn main:app --reload' };
    const command = `exec "$PYTHON" -m uvicorn main:app --reload --port ${port}`;
    const service = await run({ command, files: { 'main.py': asgi }, port, config }, cleanup);
    await until200(port);
    assert.deepEqual(await verdicts(service.service, service.output()), []);
    await changeUntilSaid(service, 'main.py', 'raise RuntimeError("no model")\n', /RuntimeError: no model/);
    // The worker ends a moment after it has printed why.
    await until('the worker to end', async () =>
      codesOf(await verdicts(service.service, service.output())).includes('reloader-alone'),
    );
    expectVerdict('reloader-alone', await verdicts(service.service, service.output()));
    save(service, 'main.py', asgi);
    await until200(port);
    assert.deepEqual(await verdicts(service.service, service.output()), []);
  });

  it('finds nothing for uvicorn --workers 2, whose processes share the port', async () => {
    const port = await freePort();
    const command = `exec "$PYTHON" -m uvicorn main:app --workers 2 --port ${port}`;
    const service = await run({ command, files: { 'main.py': asgi }, port }, cleanup);
    await until200(port);
    assert.deepEqual(await verdicts(service.service, service.output()), []);
  });

  it('reports missing-dependency for an import in the Vite configuration, and nothing without it', async () => {
    const port = await freePort();
    const config = (more: string): string =>
      `${more}import { defineConfig } from 'vite';
export default defineConfig({ cacheDir: '.cache' });
`;
    const command = `${vite} --port ${port} --host 127.0.0.1 --strictPort`;
    const files = (more: string) => ({
      'index.html': '<title>Shop</title>',
      'vite.config.mjs': config(more),
      'package.json': '{ "devDependencies": { "vite": "^8", "no-such-plugin": "1" } }',
    });
    const broken = await run({ command, files: files(`import plugin from 'no-such-plugin';\n`), port }, cleanup);
    assert.match(
      expectVerdict('missing-dependency', await verdicts(await ended(broken), broken.output())).title,
      /no-such-plugin/,
    );
    const right = await run({ command, files: files(''), port }, cleanup);
    await until200(port);
    assert.deepEqual(await verdicts(right.service, right.output()), []);
  });

  for (const [tool, program] of [
    ['Vite', (port: number) => `${vite} --port ${port} --host 127.0.0.1 --strictPort`],
    ['Node', (port: number) => `exec "$NODE" server.js ${port} 200 ok 0`],
  ] as const) {
    it(`reports address-in-use of ${tool}, and offers to end the process on the port`, async () => {
      const port = await freePort();
      const other = await run({ command: `exec "$PYTHON" server.py ${port}`, files: { 'server.py': healthy }, port }, cleanup);
      await until200(port);
      const files = { 'server.js': replying, 'index.html': '' };
      const refused = await run({ command: program(port), files, port }, cleanup);
      const verdict = expectVerdict('address-in-use', await verdicts(await ended(refused), refused.output()));
      assert.deepEqual(verdict.actions[0]?.arguments, [{ ...other.started.root.process }]);
    });
  }

  it('reports missing-command of npm for a script that is not in package.json', async () => {
    const files = { 'package.json': '{ "scripts": { "start": "node server.js" } }' };
    const missing = await run({ command: 'npm run dev', files, port: await freePort() }, cleanup);
    assert.match(
      expectVerdict('missing-command', await verdicts(await ended(missing), missing.output())).title,
      /no script "dev"/,
    );
  });

  it('reports syntax-error of Node with its location, and missing-env for the error of a program', async () => {
    const port = await freePort();
    const broken = await run(
      { command: 'exec "$NODE" main.js', files: { 'main.js': 'const x = 1;\nconst y = ;\n' }, port },
      cleanup,
    );
    const verdict = expectVerdict('syntax-error', await verdicts(await ended(broken), broken.output()));
    assert.deepEqual(verdict.actions[0]?.arguments?.slice(0, 2), [join(broken.started.folder, 'main.js'), 2]);
    const files = {
      'main.js': `if (!process.env.NO_SUCH_KEY) throw new Error('Missing required environment variable: NO_SUCH_KEY');\n`,
    };
    const unset = await run({ command: 'exec "$NODE" main.js', files, port }, cleanup);
    assert.match(expectVerdict('missing-env', await verdicts(await ended(unset), unset.output())).title, /NO_SUCH_KEY/);
  });

  it('finds nothing for a server that closes the connections that its clients close', async () => {
    const port = await freePort();
    const service = await run({ command: `exec "$PYTHON" server.py ${port}`, files: { 'server.py': healthy }, port }, cleanup);
    await listens(port);
    await Promise.all(Array.from({ length: 8 }, () => until200(port)));
    assert.deepEqual(await verdicts(service.service, service.output()), []);
  });
});
