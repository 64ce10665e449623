import assert from 'node:assert/strict';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { isAlive } from '../../support/processes';
import { Cleanup } from '../support/cleanup';
import { setsid } from '../support/services';
import { until } from '../support/until';
import { ask, failureOf } from './support';
import { makeFolder } from '../../support/scratch';

describe('exec probe', () => {
  const cleanup = new Cleanup();
  afterEach(() => cleanup.run());

  const exec = (command: string, timeout = 5000) => ask({ kind: 'exec', command }, { timeout });

  it('succeeds on exit code 0', async () => {
    assert.ok((await exec('true && exit 0')).ok);
  });

  it('tells the exit code and the last line', async () => {
    const command = 'echo one; echo "no response" >&2; exit 2';
    assert.deepEqual(await failureOf(exec(command)), { kind: 'execFailed', command, exitCode: 2, detail: 'no response' });
  });

  it('does not wait for a background child that holds the output', async () => {
    const folder = makeFolder('probe-exec');
    cleanup.add(() => rmSync(folder, { recursive: true, force: true }));
    cleanup.add(() => void process.kill(Number(readFileSync(join(folder, 'pid'), 'utf8')), 'SIGKILL'));
    const outcome = await exec(`sleep 30 & echo $! > ${folder}/pid`, 3000);
    assert.ok(outcome.ok);
  });

  it('a missing command and a missing folder are failures, not exceptions', async () => {
    const failure = await failureOf(exec('no-such-command-at-all'));
    assert.ok(failure.kind === 'execFailed' && failure.exitCode === 127);
    const elsewhere = await failureOf(ask({ kind: 'exec', command: 'true' }, { cwd: '/no/such/folder' }));
    assert.ok(elsewhere.kind === 'execFailed' && elsewhere.exitCode === undefined);
  });

  it('ends a command that hangs, with all it started', async () => {
    const folder = makeFolder('probe-exec');
    cleanup.add(() => rmSync(folder, { recursive: true, force: true }));
    const file = join(folder, 'pids');
    const command = `trap '' TERM INT; ${setsid} sleep 60 & echo $! >> ${file}; sleep 61 & echo $! >> ${file}; echo $$ >> ${file}; wait`;
    const failure = await failureOf(exec(command, 500));
    assert.deepEqual(failure, { kind: 'execFailed', command, exitCode: undefined, detail: 'it did not end within 500 ms' });
    assert.ok(existsSync(file));
    const pids = readFileSync(file, 'utf8').trim().split('\n').map(Number);
    assert.equal(pids.length, 3);
    await until('all are gone', () => pids.every((pid) => !isAlive(pid)));
  });

  it('runs a command at most once at a time, also after one that overran its time', async () => {
    const folder = makeFolder('probe-exec');
    cleanup.add(() => rmSync(folder, { recursive: true, force: true }));
    const file = join(folder, 'log');
    // Deaf to TERM, with a child. Each one looks whether the one before it lives.
    const look = `[ -f ${file} ] && kill -0 $(tail -n 1 ${file}) && echo twice >> ${folder}/twice`;
    const command = `trap '' TERM INT; ${look}; echo $$ >> ${file}; sleep 60; true`;
    for (let count = 0; count < 4; count++) await exec(command, 400);
    const pids = readFileSync(file, 'utf8').trim().split('\n').map(Number);
    assert.ok(pids.length >= 2, pids.join());
    assert.equal(existsSync(join(folder, 'twice')), false, 'two of them lived at once');
    await until('all are gone', () => pids.every((pid) => !isAlive(pid)));
  });

  it('starts nothing for a caller that has lost interest, nor while the one before is being ended', async () => {
    const folder = makeFolder('probe-exec');
    cleanup.add(() => rmSync(folder, { recursive: true, force: true }));
    const command = `echo run >> ${folder}/log`;
    const outcome = await ask({ kind: 'exec', command }, { signal: AbortSignal.abort() });
    assert.ok(!outcome.ok && outcome.failure.kind === 'execFailed');
    assert.equal(existsSync(join(folder, 'log')), false);
    assert.ok((await exec(command)).ok);
  });

  it('runs two commands, and one in two folders, side by side', async () => {
    const slow = 'sleep 1';
    const started = performance.now();
    const other = ask({ kind: 'exec', command: slow }, { timeout: 5000, cwd: '/' });
    const outcomes = await Promise.all([exec(slow), other, exec(`${slow} && true`)]);
    assert.ok(outcomes.every(({ ok }) => ok));
    assert.ok(performance.now() - started < 1900);
  });
});
