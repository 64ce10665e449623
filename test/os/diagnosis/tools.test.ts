/** Real tools that people run, each brought into trouble and out of it again; the service's own words come from them. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '../../support/repository';
import { Cleanup } from '../support/cleanup';
import { freePort } from '../support/servers';
import { until } from '../support/until';
import { asgi, healthy, replying } from './programs';
import { codesOf, ended, listens, run, type Running, tells, until200, verdicts } from './rig';

const modules = `ln -s '${join(repositoryRoot, 'node_modules')}' node_modules`;
const tsx = `${modules}; exec "$NODE" node_modules/tsx/dist/cli.mjs watch --clear-screen=false`;
const vite = `${modules}; exec "$NODE" node_modules/vite/bin/vite.js`;

describe('diagnosis of tools', function () {
  this.timeout(60_000);
  const cleanup = new Cleanup();
  afterEach(() => cleanup.run());

  const says = ({ output }: Running, pattern: RegExp): Promise<void> =>
    until(`it says ${String(pattern)}`, () => output().some((line) => pattern.test(line)), 30_000);
  /** A reloader that has not looked at its files yet takes a change for what always was: then it is saved again, as people do. */
  const changeUntilSaid = async (service: Running, file: string, text: string, pattern: RegExp): Promise<void> => {
    let saved = 0;
    await until(
      `it says ${String(pattern)}`,
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

  it('tsx watch: reloader-alone and syntax-error while its server is dead, nothing before and after', async () => {
    const port = await freePort();
    const words = { command: 'tsx watch server.ts' };
    const files = { 'server.ts': server(port), 'package.json': '{ "type": "module" }' };
    const service = await run({ command: `${tsx} server.ts`, files, port, words }, cleanup);
    await until200(port);
    assert.deepEqual(await verdicts(service.service, service.output()), []);
    save(service, 'server.ts', `throw new Error('no model');\n`);
    await says(service, /Error: no model/);
    const alone = tells('reloader-alone', await verdicts(service.service, service.output()));
    assert.match(alone.title, /Error: no model/);
    save(service, 'server.ts', `${server(port)}\nconst = ;\n`);
    await says(service, /Transform failed/);
    const broken = tells('syntax-error', await verdicts(service.service, service.output()));
    assert.deepEqual(broken.actions[0]?.arguments?.slice(0, 2), [join(service.started.folder, 'server.ts'), 5]);
    save(service, 'server.ts', server(port));
    await until200(port);
    assert.deepEqual(await verdicts(service.service, service.output()), []);
  });

  it('tsx watch: forced-shutdown of a server that does not end, which serves again after it', async () => {
    const port = await freePort();
    const stubborn = `${server(port)}\nprocess.on('SIGTERM', () => undefined);\n`;
    const files = { 'server.ts': stubborn, 'package.json': '{ "type": "module" }' };
    const service = await run({ command: `${tsx} server.ts`, files, port, words: { command: 'tsx watch server.ts' } }, cleanup);
    await until200(port);
    save(service, 'server.ts', `${stubborn}// A change.\n`);
    await says(service, /Force killing/);
    await until200(port);
    const found = await verdicts(service.service, service.output());
    assert.deepEqual(codesOf(found), ['forced-shutdown']);
    assert.equal(found[0]?.severity, 'warning');
  });

  it('uvicorn --reload: reloader-alone while its worker is dead, nothing before and after', async () => {
    const port = await freePort();
    const words = { command: 'uvicorn main:app --reload' };
    const command = `exec "$PYTHON" -m uvicorn main:app --reload --port ${port}`;
    const service = await run({ command, files: { 'main.py': asgi }, port, words }, cleanup);
    await until200(port);
    assert.deepEqual(await verdicts(service.service, service.output()), []);
    await changeUntilSaid(service, 'main.py', 'raise RuntimeError("no model")\n', /RuntimeError: no model/);
    tells('reloader-alone', await verdicts(service.service, service.output()));
    save(service, 'main.py', asgi);
    await until200(port);
    assert.deepEqual(await verdicts(service.service, service.output()), []);
  });

  it('uvicorn --workers 2: processes of one server that share its port are no several-listeners', async () => {
    const port = await freePort();
    const command = `exec "$PYTHON" -m uvicorn main:app --workers 2 --port ${port}`;
    const service = await run({ command, files: { 'main.py': asgi }, port }, cleanup);
    await until200(port);
    assert.deepEqual(await verdicts(service.service, service.output()), []);
  });

  it('Vite: missing-dependency of its configuration, and nothing without it', async () => {
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
    assert.match(tells('missing-dependency', await verdicts(await ended(broken), broken.output())).title, /no-such-plugin/);
    const right = await run({ command, files: files(''), port }, cleanup);
    await until200(port);
    assert.deepEqual(await verdicts(right.service, right.output()), []);
  });

  for (const [tool, program] of [
    ['Vite', (port: number) => `${vite} --port ${port} --host 127.0.0.1 --strictPort`],
    ['Node', (port: number) => `exec "$NODE" server.js ${port} 200 ok 0`],
  ] as const) {
    it(`${tool}: address-in-use, with who has it`, async () => {
      const port = await freePort();
      const other = await run({ command: `exec "$PYTHON" server.py ${port}`, files: { 'server.py': healthy }, port }, cleanup);
      await until200(port);
      const files = { 'server.js': replying, 'index.html': '' };
      const refused = await run({ command: program(port), files, port }, cleanup);
      const verdict = tells('address-in-use', await verdicts(await ended(refused), refused.output()));
      assert.deepEqual(verdict.actions[0]?.arguments, [{ ...other.started.root.process }]);
    });
  }

  it('npm: missing-command for a script that package.json does not have', async () => {
    const files = { 'package.json': '{ "scripts": { "start": "node server.js" } }' };
    const missing = await run({ command: 'npm run dev', files, port: await freePort() }, cleanup);
    assert.match(tells('missing-command', await verdicts(await ended(missing), missing.output())).title, /no script "dev"/);
  });

  it('Node: syntax-error with file and line, and missing-env in the words of the program', async () => {
    const port = await freePort();
    const broken = await run(
      { command: 'exec "$NODE" main.js', files: { 'main.js': 'const x = 1;\nconst y = ;\n' }, port },
      cleanup,
    );
    const verdict = tells('syntax-error', await verdicts(await ended(broken), broken.output()));
    assert.deepEqual(verdict.actions[0]?.arguments?.slice(0, 2), [join(broken.started.folder, 'main.js'), 2]);
    const files = {
      'main.js': `if (!process.env.NO_SUCH_KEY) throw new Error('Missing required environment variable: NO_SUCH_KEY');\n`,
    };
    const unset = await run({ command: 'exec "$NODE" main.js', files, port }, cleanup);
    assert.match(tells('missing-env', await verdicts(await ended(unset), unset.output())).title, /NO_SUCH_KEY/);
  });

  it('close-wait: nothing of a server that closes what its clients leave', async () => {
    const port = await freePort();
    const service = await run({ command: `exec "$PYTHON" server.py ${port}`, files: { 'server.py': healthy }, port }, cleanup);
    await listens(port);
    await Promise.all(Array.from({ length: 8 }, () => until200(port)));
    assert.deepEqual(await verdicts(service.service, service.output()), []);
  });
});
