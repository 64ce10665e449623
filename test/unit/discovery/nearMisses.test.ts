/** What looks like one service and is two, or looks like a service and is none. */
import assert from 'node:assert/strict';
import { discover } from '../../../src/discovery/discover';
import { ofTexts } from './folder';

const fastapi = 'from fastapi import FastAPI\n\napp = FastAPI()\n';

const found = async (texts: Readonly<Record<string, string>>) => discover(ofTexts(texts));

describe('near misses of discovery', () => {
  it('gives the port of a proxy to the only backend, and to none of two', async () => {
    const web = {
      'web/package.json': '{ "scripts": { "dev": "vite" }, "devDependencies": { "vite": "^6" } }',
      'web/vite.config.js': "export default { server: { proxy: { '/api': 'http://localhost:9000' } } };\n",
    };
    const portsOf = async (texts: Readonly<Record<string, string>>) =>
      (await found({ ...web, ...texts })).filter(({ config }) => config.role === 'backend').map(({ config }) => config.port);
    assert.deepEqual(await portsOf({ 'one/main.py': fastapi }), [9000]);
    assert.deepEqual(await portsOf({ 'one/main.py': fastapi, 'two/main.py': fastapi }), [8000, 8001]);
  });

  it('takes what a Procfile serves for the code in its folder or below, and for no other', async () => {
    const main = 'from fastapi import FastAPI\napp = FastAPI()\n';
    const web = 'web: python3 -m http.server 3107\n';
    const ids = async (files: Readonly<Record<string, string>>) => (await found(files)).map(({ id }) => id).toSorted();
    assert.deepEqual(await ids({ 'api/main.py': main, Procfile: web }), ['api']);
    assert.deepEqual(await ids({ 'api/main.py': main, 'site/Procfile': web }), ['api', 'web']);
  });

  it('proposes two equal lines of one Procfile as two services', async () => {
    const Procfile = 'mail: ./run-queue\nreports: ./run-queue\n';
    assert.deepEqual(
      (await found({ Procfile })).map(({ id }) => id),
      ['mail', 'reports'],
    );
  });

  it('reads no virtual environment, whatever it is called', async () => {
    const texts = { 'my-python/lib/shop/main.py': fastapi };
    assert.equal((await found(texts)).length, 1);
    assert.deepEqual(await found({ ...texts, 'my-python/pyvenv.cfg': 'home = /usr/bin\n' }), []);
  });

  it('gives no two services names that differ in case only', async () => {
    const names = (await found({ 'api/main.py': fastapi, 'API/main.py': fastapi })).map(({ id }) => id.toLowerCase());
    assert.deepEqual([names.length, new Set(names).size], [2, 2]);
    for (const Procfile of ['Web: ./one\nweb: ./two\n', 'web: ./one\nWeb: ./two\n']) {
      const listed = (await found({ Procfile })).map(({ id }) => id.toLowerCase());
      assert.deepEqual([listed.length, new Set(listed).size], [2, 2]);
    }
  });
});
