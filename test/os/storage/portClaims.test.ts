/** Claims of ports in real files, between real processes. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { Server } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createPortTable } from '../../../src/os/portTable/index';
import { FilePortClaims } from '../../../src/os/storage/portClaims';
import { makeScratch, removeScratch } from '../../support/scratch';
import { itOn, notWine } from '../../support/systems';

const claimantProgram = join(import.meta.dirname, 'claimant.ts');
const none: ReadonlySet<number> = new Set();

describe('os: claims of ports', function () {
  this.timeout(60_000);
  let folder: string;
  let directory: string;
  let servers: Server[];

  beforeEach(async () => {
    folder = await makeScratch('claims');
    directory = join(folder, 'ports');
    servers = [];
  });
  afterEach(async () => {
    for (const server of servers) server.close();
    await removeScratch(folder);
  });

  const warnings: string[] = [];
  const log = { info: () => undefined, warn: (text: string) => void warnings.push(text), error: () => undefined };
  const { canBind } = createPortTable();
  const claims = (at = directory): FilePortClaims => new FilePortClaims(at, { canBind, log });

  /** Ports that nothing used a moment ago. */
  const choice = { from: 28_110, to: 28_189 };
  const claimant = (key: string, at = folder) => ({ folder: at, key, choice });

  const listen = (port: number): Promise<void> =>
    new Promise((resolve, reject) => {
      const server = createServer();
      servers.push(server);
      server.once('error', reject);
      server.listen({ port, host: '127.0.0.1' }, resolve);
    });

  async function claimed(key: string, by = claims()): Promise<number> {
    return (await by.claim(claimant(key), none)) ?? assert.fail('no port');
  }

  const claimFile = (port: number): string =>
    join(directory, readdirSync(directory).find((name) => name.endsWith(`.${port}.port`)) ?? assert.fail(`no claim of ${port}`));

  const age = (file: string, seconds: number): void => {
    const at = Date.now() / 1000 - seconds;
    utimesSync(file, at, at);
  };

  // Under Wine no program can be started in TypeScript.
  itOn(notWine, 'are 20 different ports for 20 services that four processes ask for at the same moment', async () => {
    const processes = ['a', 'b', 'c', 'd'].map((name) => {
      const keys = Array.from({ length: 5 }, (_, index) => `${name}${index}`);
      const root = join(folder, name);
      mkdirSync(root);
      const given = [directory, root, String(choice.from), String(choice.to), ...keys];
      return spawn(process.execPath, ['--import', 'tsx', claimantProgram, ...given], { stdio: ['pipe', 'pipe', 'inherit'] });
    });
    const lines = processes.map((child) => createInterface({ input: child.stdout })[Symbol.asyncIterator]());
    for (const line of lines) assert.equal((await line.next()).value, 'here');
    for (const child of processes) child.stdin.write('go\n');
    const answers = await Promise.all(lines.map(async (line) => JSON.parse(String((await line.next()).value)) as unknown[]));
    const ports = answers.flat();
    assert.equal(ports.length, 20);
    assert.ok(ports.every((port) => typeof port === 'number' && port >= choice.from && port <= choice.to));
    assert.equal(new Set(ports).size, 20, String(ports));
  });

  itOn(notWine, 'are the same for windows of one folder that ask at the same moment', async () => {
    const processes = [1, 2, 3, 4].map(() => {
      const given = [directory, folder, String(choice.from), String(choice.to), 'web', 'api'];
      return spawn(process.execPath, ['--import', 'tsx', claimantProgram, ...given], { stdio: ['pipe', 'pipe', 'inherit'] });
    });
    const lines = processes.map((child) => createInterface({ input: child.stdout })[Symbol.asyncIterator]());
    for (const line of lines) assert.equal((await line.next()).value, 'here');
    for (const child of processes) child.stdin.write('go\n');
    const answers = await Promise.all(lines.map(async (line) => String((await line.next()).value)));
    assert.equal(new Set(answers).size, 1, answers.join(' '));
    assert.match(answers[0] ?? '', /^\[\d+,\d+\]$/);
  });

  it('stay with a service, also while it listens there, and pass over ports in use, claimed and avoided ones', async () => {
    const first = await claimed('web');
    await listen(first);
    assert.equal(await claimed('web'), first);
    const second = await claims().claim(claimant('api'), new Set([first + 1]));
    assert.ok(second !== undefined && second > first + 1);
    assert.equal(claims().read(claimant('api')), second);
    assert.equal(claims().read({ ...claimant('api'), choice: { from: 1, to: 9 } }), undefined);
  });

  it('move to the next free port, and leave the old one to others', async () => {
    const first = await claimed('web');
    await listen(first);
    const moved = await claims().move(claimant('web'), none);
    assert.ok(moved !== undefined && moved > first);
    assert.equal(await claimed('web'), moved);
    assert.ok(!readdirSync(directory).some((name) => name.endsWith(`.${first}.port`)));
  });

  it('move off a port that the file gives to another service now', async () => {
    const first = await claimed('web');
    const moved = await claims().claim(claimant('web'), new Set([first]));
    assert.ok(moved !== undefined && moved !== first);
    assert.equal(claims().read(claimant('web')), moved);
  });

  it('are free again when their folder is gone', async () => {
    const gone = join(folder, 'gone');
    mkdirSync(gone);
    const port = await claims().claim(claimant('web', gone), none);
    rmSync(gone, { recursive: true });
    assert.equal(await claimed('web'), port);
  });

  it('are free again when they are damaged or were never remembered, but not while that may still happen', async () => {
    const first = await claimed('a');
    writeFileSync(claimFile(first), '{ "fol');
    const second = await claimed('b');
    assert.ok(second > first);
    age(claimFile(first), 120);
    assert.equal(await claimed('c'), first);
    const orphan = second + 1;
    const file = claimFile(first).replace(String(first), String(orphan));
    writeFileSync(file, JSON.stringify({ folder, key: 'crashed', ...choice }));
    assert.ok((await claimed('d')) > orphan);
    age(file, 120);
    assert.equal(await claimed('e'), orphan);
  });

  it('are found again where what remembers them is damaged', async () => {
    const port = await claimed('web');
    for (const name of readdirSync(directory).filter((each) => each.endsWith('.json'))) writeFileSync(join(directory, name), '');
    age(claimFile(port), 120);
    assert.equal(await claimed('web'), port);
    assert.equal(claims().read(claimant('web')), port);
  });

  it('are none where no port of the choice is free', async () => {
    const port = await claimed('web');
    const only = { folder, key: 'api', choice: { from: port, to: port } };
    assert.equal(await claims().claim(only, none), undefined);
    assert.equal(await claims().move({ ...claimant('web'), choice: { from: port, to: port } }, none), undefined);
  });

  it('last as long as the window where the folder cannot be written', async () => {
    const blocked = join(folder, 'file');
    writeFileSync(blocked, '');
    const here = claims(join(blocked, 'ports'));
    const port = await claimed('web', here);
    assert.equal(await claimed('web', here), port);
    assert.ok((await claimed('api', here)) !== port);
    assert.match(warnings.at(-1) ?? '', /cannot be changed/);
  });

  it('can be read by the user only, and leave no other files', async () => {
    await claimed('web');
    await claims().move(claimant('web'), none);
    assert.deepEqual(
      readdirSync(directory)
        .map((name) => name.replace(/^.*\./, ''))
        .toSorted(),
      ['json', 'port'],
    );
    assert.ok(existsSync(directory));
    if (process.platform === 'win32') return;
    assert.equal(statSync(directory).mode & 0o777, 0o700);
    for (const name of readdirSync(directory)) assert.equal(statSync(join(directory, name)).mode & 0o777, 0o600);
  });
});
