/** What Python runs first in a launch that is to be debugged, and whether debugpy can enter a Python that runs. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { entersPython } from '../../../src/os/debug/entersPython';
import { repositoryRoot } from '../../support/repository';
import { python } from '../support/services';
import { makeFolder } from '../../support/scratch';

const start = join(repositoryRoot, 'media', 'python');

/** Prints what is left in the environment, and what its child prints. */
const program = `import os, subprocess, sys
print(sorted(name for name in os.environ if name in ("PYTHONPATH", "SERVICE_LIFECYCLE_DEBUGPY")), os.environ.get("PYTHONPATH"))
print("start" if any(path.endswith("media/python") for path in sys.path) else "clean")
if len(sys.argv) == 1: subprocess.run([sys.executable, __file__, "child"])
`;

describe('os: the start of debugpy', () => {
  let folder = '';
  const write = (path: string, text: string): void => {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  const run = (libraries: string) => {
    const env = { ...process.env, PYTHONPATH: `${start}:${join(folder, 'own')}`, SERVICE_LIFECYCLE_DEBUGPY: libraries };
    const { stdout, stderr, status } = spawnSync(python, [join(folder, 'main.py')], { env, encoding: 'utf8' });
    assert.equal(status, 0, stderr);
    return { lines: stdout.trim().split('\n'), stderr };
  };

  beforeEach(() => {
    folder = makeFolder('debugpy');
    write('main.py', program);
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('opens it in the first process only, and leaves environment and path as they would be', () => {
    const left = `['PYTHONPATH'] ${join(folder, 'own')}`;
    write('libs/debugpy/__init__.py', 'def listen(address): print("listens", address[0], 0 < address[1] < 65536, flush=True)\n');
    assert.deepEqual(run(join(folder, 'libs')).lines, ['listens 127.0.0.1 True', left, 'clean', left, 'clean']);
  });

  it('runs the module of the same name that it hides', () => {
    write('own/sitecustomize.py', 'print("own", flush=True)\n');
    write('libs/debugpy/__init__.py', 'def listen(address): print("listens", flush=True)\n');
    const { lines } = run(join(folder, 'libs'));
    assert.deepEqual([lines[0], lines[1], lines[4]], ['own', 'listens', 'own']);
  });

  it('lets the program run where it cannot be opened', () => {
    write('libs/debugpy/__init__.py', 'raise ImportError("not for this Python")\n');
    const { lines, stderr } = run(join(folder, 'libs'));
    assert.match(stderr, /^No debugger could be opened: not for this Python$/m);
    assert.equal(lines.length, 4);
  });
});

describe('os: whether debugpy can enter a running Python', () => {
  let folder = '';
  const places = (scope: string) => {
    writeFileSync(join(folder, 'scope'), `${scope}\n`);
    return { path: `/nowhere:${folder}`, traceScope: join(folder, 'scope') };
  };
  const install = (name: string): void => {
    writeFileSync(join(folder, name), '#!/bin/sh\n');
    chmodSync(join(folder, name), 0o755);
  };

  beforeEach(() => {
    folder = makeFolder('enters');
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('needs the debugger of the system, except on Windows', async () => {
    assert.deepEqual([await entersPython('linux', places('0')), await entersPython('darwin', places('0'))], [false, false]);
    assert.equal(await entersPython('win32', places('0')), true);
    install('gdb');
    assert.deepEqual([await entersPython('linux', places('0')), await entersPython('darwin', places('0'))], [true, false]);
    install('lldb');
    assert.equal(await entersPython('darwin', places('0')), true);
  });

  it('needs the permission of the kernel, unless it is root', async () => {
    install('gdb');
    assert.equal(await entersPython('linux', places('1'), 1000), false);
    assert.equal(await entersPython('linux', places('1'), 0), true);
    assert.equal(await entersPython('linux', { ...places('0'), traceScope: '/nowhere' }, 1000), true);
  });
});
