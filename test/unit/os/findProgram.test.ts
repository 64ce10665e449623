import assert from 'node:assert/strict';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { endingsFor, findProgram } from '../../../src/os/launch/findProgram';
import { describeOn, posix } from '../../support/systems';
import { makeScratch, removeScratch } from '../../support/scratch';

describe('the endings that a program is looked for with', () => {
  it('are those of PATHEXT on Windows, and the bare name only when it has one of them', () => {
    assert.deepEqual(endingsFor('npm', '.COM;.EXE;.CMD', 'win32'), ['.COM', '.EXE', '.CMD']);
    assert.deepEqual(endingsFor('npm.cmd', '.COM;.EXE;.CMD', 'win32'), ['', '.COM', '.EXE', '.CMD']);
    assert.deepEqual(endingsFor('Node.Exe', '.exe;;x', 'win32'), ['', '.exe']);
    assert.deepEqual(endingsFor('run.py', undefined, 'win32'), ['.COM', '.EXE', '.BAT', '.CMD']);
  });

  it('are none elsewhere', () => assert.deepEqual(endingsFor('npm', '.EXE', 'linux'), ['']));
});

describeOn(posix, 'the program of a list', () => {
  let folder: string;
  before(async () => {
    folder = await makeScratch('programs');
    await mkdir(join(folder, 'bin'));
    for (const name of ['npm', 'npm.cmd', 'python.EXE', 'plain']) {
      await writeFile(join(folder, 'bin', name), '');
      await chmod(join(folder, 'bin', name), 0o755);
    }
  });
  after(() => removeScratch(folder));

  it('is found on the PATH of the service, in its order', async () => {
    const env = { PATH: [join(folder, 'none'), join(folder, 'bin')].join(delimiter) };
    assert.equal(await findProgram('npm', { cwd: folder, env, platform: 'linux' }), join(folder, 'bin', 'npm'));
    assert.equal(await findProgram('other', { cwd: folder, env, platform: 'linux' }), undefined);
  });

  it('is found below its folder, and not when it is a folder', async () => {
    const found = (program: string) => findProgram(program, { cwd: folder, env: {}, platform: 'linux' });
    assert.equal(await found('./bin/plain'), join(folder, 'bin', 'plain'));
    assert.equal(await found('./bin'), undefined);
  });
});
