/** Setup steps and real files: when something is needed, what is remembered, what a step is run with. */
import assert from 'node:assert/strict';
import { mkdir, rm, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isStale } from '../../src/core/lifecycle/setupNeed';
import { FilePreflight } from '../../src/os/launch/preflight';
import { stepFiles } from '../../src/os/launch/stepFiles';
import { FileStepNotes } from '../../src/os/storage/stepNotes';
import { FakeClock } from '../support/fakes/clock';
import { serviceSpec } from '../support/fakes/specs';
import { makeScratch, removeScratch } from '../support/scratch';
import { findCompose } from '../support/findCompose';

let folder: string;

beforeEach(async () => (folder = await makeScratch('setup')));
afterEach(() => removeScratch(folder));

/** A file that changed so many seconds after the others. */
async function file(path: string, second: number): Promise<void> {
  const full = join(folder, path);
  await mkdir(dirname(full), { recursive: true });
  await writeFile(full, '');
  await utimes(full, 1_700_000_000 + second, 1_700_000_000 + second);
}

async function directory(path: string, second: number): Promise<void> {
  const full = join(folder, path);
  await mkdir(full, { recursive: true });
  await utimes(full, 1_700_000_000 + second, 1_700_000_000 + second);
}

const isNeeded = async (unless: string): Promise<boolean> => isStale(await stepFiles.look(join(folder, unless)), undefined);

describe('files of a setup step', () => {
  it('what is missing is needed, what is there is not', async () => {
    assert.equal(await isNeeded('data'), true);
    await directory('data', 1);
    assert.equal(await isNeeded('data'), false);
  });

  for (const [manifest, unless] of [
    ['package-lock.json', 'node_modules'],
    ['pnpm-lock.yaml', 'node_modules'],
    ['yarn.lock', 'node_modules'],
    ['bun.lock', 'node_modules'],
    ['package.json', 'node_modules'],
    ['requirements.txt', '.venv'],
    ['uv.lock', '.venv'],
    ['pyproject.toml', 'venv'],
    ['composer.lock', 'vendor'],
  ] as const) {
    it(`${unless} is needed when ${manifest} beside it is newer, wherever they are`, async () => {
      await directory(`web app/${unless}`, 10);
      await file(`web app/${manifest}`, 5);
      assert.equal(await isNeeded(`web app/${unless}`), false);
      await file(`web app/${manifest}`, 20);
      assert.equal(await isNeeded(`web app/${unless}`), true);
    });
  }

  it('what npm and pnpm write last counts, and not the folder, which caches make newer', async () => {
    for (const stamp of ['.package-lock.json', '.modules.yaml']) {
      await file(`node_modules/${stamp}`, 10);
      await directory('node_modules', 100);
      await file('package.json', 50);
      assert.equal(await isNeeded('node_modules'), true);
      await file(`node_modules/${stamp}`, 60);
      assert.equal(await isNeeded('node_modules'), false);
      await rm(join(folder, 'node_modules'), { recursive: true });
    }
  });
});

describe('notes of setup steps', () => {
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const clock = new FakeClock();

  it('are read by the next window, each under its key', () => {
    const notes = new FileStepNotes(join(folder, 'notes'), { log, clock });
    const begun = { kind: 'begun', marker: 'r1', process: { pid: 7, born: 'b' } } as const;
    notes.write('install', begun);
    notes.write('migrate', { kind: 'done', at: 5 });
    const next = new FileStepNotes(join(folder, 'notes'), { log, clock });
    assert.deepEqual(
      [next.read('install'), next.read('migrate'), next.read('other')],
      [begun, { kind: 'done', at: 5 }, undefined],
    );
  });

  it('are ignored when they are damaged', async () => {
    const notes = new FileStepNotes(folder, { log, clock });
    notes.write('install', { kind: 'done', at: 5 });
    const [name = ''] = (await import('node:fs')).readdirSync(folder);
    for (const text of ['', '{', 'null', '{"kind":"done"}', '{"kind":"begun"}', '[]']) {
      await writeFile(join(folder, name), text);
      assert.equal(notes.read('install'), undefined, text);
    }
  });

  it('are reported in the log when they cannot be written, and stop nothing', async () => {
    await file('in the way', 1);
    const warnings: string[] = [];
    const warn = (message: string): void => void warnings.push(message);
    const notes = new FileStepNotes(join(folder, 'in the way'), { log: { ...log, warn }, clock });
    notes.write('install', { kind: 'done', at: 5 });
    assert.match(warnings.join(), /cannot be changed, so setup steps may run once more/);
  });
});

describe('what a setup step is run with', () => {
  const preflight = (isTrusted = true): FilePreflight =>
    new FilePreflight(
      (spec) => (name, argument) => (name === 'port' ? String(spec.port) : name === 'env' ? `value of ${argument}` : undefined),
      () => isTrusted,
      findCompose,
    );
  const spec = (changes: Parameters<typeof serviceSpec>[1] = {}) => serviceSpec('web', { folder, cwd: 'app', ...changes });
  const step = { name: 'install', command: 'install --port ${port} $HOME ${unknown}', unless: 'made/${env:X}' };

  beforeEach(() => directory('app', 1));

  it('is the folder and the environment of its service, with variables replaced; the shell keeps its own', async () => {
    await writeFile(join(folder, 'app', '.env'), 'A=file\nB=file');
    assert.deepEqual(await preflight().prepareStep(spec({ envFiles: ['.env'], env: { B: '${port}' } }), step), {
      ok: true,
      step: {
        name: 'install',
        launch: { command: 'install --port 8000 $HOME ${unknown}', cwd: join(folder, 'app'), env: { A: 'file', B: '8000' } },
        unless: join(folder, 'app', 'made', 'value of X'),
      },
    });
  });

  it('leaves out an env file that is not there yet, and refuses what no step can make', async () => {
    const left = await preflight().prepareStep(spec({ envFiles: ['.env'] }), step);
    assert.equal(left.ok, true);
    const refusals = await Promise.all([
      preflight(false).prepareStep(spec(), step),
      preflight().prepareStep(spec({ cwd: 'nowhere' }), step),
      preflight().prepareStep(spec(), { ...step, unless: '${unknown}' }),
    ]);
    assert.deepEqual(
      refusals.map((each) => !each.ok && each.failure.kind),
      ['untrusted', 'missingFolder', 'unknownVariable'],
    );
  });

  for (const example of ['.env.example', '.env.sample', '.env.template', '.env.dist']) {
    it(`a start tells that a missing .env can be copied from ${example}, in the folder of the service or of the workspace`, async () => {
      for (const place of ['', 'app']) {
        await file(join(place, example), 1);
        const prepared = await preflight().prepare(spec({ envFiles: ['.env'] }));
        assert.deepEqual(prepared, {
          ok: false,
          failure: { kind: 'missingEnvFile', path: join(folder, place, '.env'), example: join(folder, place, example) },
        });
      }
    });
  }
});
