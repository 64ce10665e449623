/** A version of Node that the project does not support: the right one is offered, and a failure of another kind is not blamed on it. */
import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Cleanup } from '../support/cleanup';
import { freePort } from '../support/servers';
import { expectVerdict } from '../diagnosis/rig';
import { Situation } from './situation';
import { makeFolder } from '../../support/scratch';

const listening =
  "require('node:http').createServer((_, response) => response.end('ok')).listen(Number(process.argv[2]), '127.0.0.1');";
/** Needs what only the version 99 of this test has. */
const modern = `if (process.env.NODE_99 === undefined) throw new ReferenceError('fetch is not defined');\n${listening}`;

describe('the first action for a version of Node', function () {
  this.timeout(60_000);
  const cleanup = new Cleanup();
  afterEach(() => cleanup.run());

  /** A folder of nvm with version 99, which is the Node of this machine with a mark. */
  function nvm(): string {
    const home = makeFolder('nvm');
    cleanup.add(() => rmSync(home, { recursive: true, force: true }));
    const bin = join(home, 'versions/node/v99.1.0/bin');
    mkdirSync(bin, { recursive: true });
    writeFileSync(join(bin, 'node'), `#!/bin/sh\nNODE_99=1 exec '${process.execPath}' "$@"\n`);
    chmodSync(join(bin, 'node'), 0o755);
    return home;
  }

  const situation = async (files: Readonly<Record<string, string>>, env: Readonly<Record<string, string>>): Promise<Situation> =>
    new Situation({ entry: { command: 'node server.js ${port}', env }, files, port: await freePort() }, cleanup);

  it('starts the service with the version that is installed', async () => {
    const files = { 'server.js': modern, 'package.json': '{ "engines": { "node": ">=99" } }' };
    const found = await situation(files, { NVM_DIR: nvm() });
    await found.start();
    await found.ended();
    const verdict = expectVerdict('runtime-version', await found.findings());
    assert.match(verdict.title, /^web runs with Node \d+\.\d+\.\d+, but package\.json asks for >=99\.$/);
    assert.equal(verdict.actions[0]?.title, 'Use Node 99.1.0');
    await found.perform(verdict.actions[0]);
    await found.works();
  });

  it('follows a version file only where a version manager is there', async () => {
    const files = { 'server.js': modern, '.nvmrc': '99\n' };
    const [with99, without] = [await situation(files, { NVM_DIR: nvm() }), await situation(files, { NVM_DIR: '/nowhere' })];
    for (const each of [with99, without]) {
      await each.start();
      await each.ended();
    }
    expectVerdict('runtime-version', await with99.findings());
    expectVerdict('crashed', await without.findings());
  });

  it('offers the command that installs it when only the version manager is there', async () => {
    const home = nvm();
    rmSync(join(home, 'versions'), { recursive: true });
    const found = await situation({ 'server.js': modern, '.nvmrc': 'v99.1.0' }, { NVM_DIR: home });
    await found.start();
    await found.ended();
    const verdict = expectVerdict('runtime-version', await found.findings());
    assert.equal(verdict.actions[0]?.title, 'Run nvm install 99.1.0');
  });

  it('blames no version for a failure of another kind, or for one that fits', async () => {
    const boom = "throw new Error('boom');";
    const other = await situation({ 'server.js': boom, 'package.json': '{ "engines": { "node": ">=99" } }' }, { NVM_DIR: nvm() });
    const fits = await situation(
      { 'server.js': modern, 'package.json': '{ "engines": { "node": ">=16" } }' },
      { NVM_DIR: nvm() },
    );
    for (const each of [other, fits]) {
      await each.start();
      await each.ended();
      expectVerdict('crashed', await each.findings());
    }
  });
});
