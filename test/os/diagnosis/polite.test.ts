/** Services under the supervisor, with real probes: when each becomes healthy, and how often it is asked. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Rig } from '../../bench/rig';
import { findPythonWith } from '../../support/python';
import { makeScratch, removeScratch } from '../../support/scratch';
import { Cleanup } from '../support/cleanup';
import { freePort } from '../support/servers';
import { python } from '../support/services';
import { until } from '../support/until';

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Prints each request; 503 for so many ms after the start, then 200. */
const notYet = `
const started = Date.now();
require('node:http').createServer((request, response) => {
  console.log('asked at ' + (Date.now() - started));
  response.writeHead(Date.now() - started < 3000 ? 503 : 200).end();
}).listen(+process.argv[2], process.argv[3]);`;

/** Accepts and closes, as docker-proxy does, until its server is there: then it says nothing and keeps what it accepts. */
const proxy = `
const started = Date.now();
require('node:net').createServer((socket) => {
  socket.on('error', () => undefined);
  if (Date.now() - started < 2000) setTimeout(() => socket.end(), Number(process.argv[3]));
}).listen(+process.argv[2], '127.0.0.1', () => console.log('listens'));`;

describe('probes of supervised services', function () {
  this.timeout(60_000);
  const cleanup = new Cleanup();
  afterEach(() => cleanup.run());

  async function start(command: readonly string[], service: object, files: Readonly<Record<string, string>>) {
    const folder = await makeScratch('polite');
    cleanup.add(() => removeScratch(folder));
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    const rig = new Rig(folder);
    cleanup.add(() => rig.dispose());
    cleanup.add(() => rig.stopAll());
    const port = await freePort();
    rig.configure({ web: { command: command.map((word) => word.replace('${port}', String(port))), port, ...service } });
    rig.start('web');
    const isHealthy = (): boolean => rig.snapshot('web').health === 'healthy';
    return { isHealthy, output: () => rig.output('web') };
  }

  for (const host of ['127.0.0.1', '::']) {
    it(`asks a server on ${host} that says "not yet" at most four times a second`, async () => {
      const { isHealthy, output } = await start(['node', 'server.js', '${port}', host], { health: '/' }, { 'server.js': notYet });
      await until('it is healthy', isHealthy, 20_000);
      const times = output()
        .flatMap((line) => /asked at (\d+)/.exec(line)?.[1] ?? [])
        .map(Number);
      for (let second = 0; second < 3; second++) {
        const asked = times.filter((time) => time >= second * 1000 && time < (second + 1) * 1000).length;
        assert.ok(asked >= 1 && asked <= 4, `${asked} times in second ${second} (${times.join()})`);
      }
    });
  }

  for (const closesAfter of [0, 40]) {
    it(`does not call a port healthy that closes connections after ${closesAfter} ms, until it keeps them`, async () => {
      const { isHealthy, output } = await start(['node', 'proxy.js', '${port}', String(closesAfter)], {}, { 'proxy.js': proxy });
      await until('it listens', () => output().includes('listens'), 10_000);
      // A connection that is closed after the short look passes for a moment: that is withdrawn at the second look.
      await pause(1000);
      for (let look = 0; look < 10; look++) {
        assert.equal(isHealthy(), false);
        await pause(50);
      }
      await until('it is healthy', isHealthy, 10_000);
    });
  }

  const servers: readonly (readonly [name: string, command: readonly string[], files: Readonly<Record<string, string>>])[] = [
    ['python -m http.server', [python, '-m', 'http.server', '${port}', '--bind', '127.0.0.1'], {}],
    [
      'Flask',
      [findPythonWith('flask') ?? python, '-m', 'flask', '--app', 'shop', 'run', '--port', '${port}'],
      { 'shop.py': 'from flask import Flask\napp = Flask(__name__)\n@app.get("/")\ndef home(): return "ok"\n' },
    ],
    [
      'uvicorn',
      [python, '-m', 'uvicorn', 'shop:app', '--port', '${port}'],
      { 'shop.py': 'from fastapi import FastAPI\napp = FastAPI()\n@app.get("/")\ndef home(): return "ok"\n' },
    ],
    [
      'Node',
      ['node', 'server.js', '${port}'],
      { 'server.js': "require('node:http').createServer((q, r) => r.end('ok')).listen(+process.argv[2])" },
    ],
    [
      'a server that says nothing',
      ['node', 'server.js', '${port}'],
      { 'server.js': "require('node:net').createServer(() => {}).listen(+process.argv[2])" },
    ],
  ];
  for (const [name, command, files] of servers) {
    it(`calls ${name} healthy over TCP, also at the second look`, async () => {
      const { isHealthy } = await start(command, {}, files);
      await until('it is healthy', isHealthy, 30_000);
      for (let look = 0; look < 12; look++) {
        assert.ok(isHealthy());
        await pause(50);
      }
    });
  }
});
