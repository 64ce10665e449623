import assert from 'node:assert/strict';
import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { systemClock } from '../../../src/os/clock';
import { powerShellEnv, powerShellTool, windowsTool } from '../../../src/os/system/windowsTools';
import { HelperProcess } from '../../../src/os/windows/helperProcess';
import { lineOf, powerShellScript, replyOf } from '../../../src/os/windows/powerShellAnswers';
import { whenAsked, withFallback } from '../../../src/os/windows/sources';
import { startPowerShell } from '../../../src/os/windows/startPowerShell';
import { FakeWindowsSource } from '../../support/fakes/windowsSource';
import { makeScratch, removeScratch } from '../../support/scratch';

describe('a source that is loaded when it is asked', () => {
  it('is loaded once, by the first question', async () => {
    let loads = 0;
    const source = whenAsked(() => {
      loads += 1;
      return Promise.resolve(new FakeWindowsSource(() => []));
    });
    assert.equal(loads, 0);
    await Promise.all([source.ask({ kind: 'processes' }), source.ask({ kind: 'processes' })]);
    assert.equal(loads, 1);
  });

  it('has no answer where it cannot be loaded', async () => {
    const source = whenAsked(() => Promise.reject(new Error('no such file')));
    assert.deepEqual(await source.ask({ kind: 'processes' }), { kind: 'unavailable', why: 'no such file' });
  });
});

const born = '13440130765995037';

describe('programs of Windows', () => {
  it('are run by their whole path, whatever the PATH has', () => {
    assert.equal(windowsTool('netstat.exe', { SYSTEMROOT: 'D:\\Win' }), 'D:\\Win\\System32\\netstat.exe');
    assert.equal(powerShellTool({}), 'C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe');
  });

  it('get no PSModulePath of PowerShell 7, however it is written', () => {
    assert.deepEqual(powerShellEnv({ PSModulePath: 'C:\\pwsh', PSMODULEPATH: 'x', Path: 'y' }), { Path: 'y' });
  });
});

describe('questions to PowerShell', () => {
  it('are one line each, of numbers and words of ours', () => {
    assert.equal(lineOf(1, { kind: 'processes' }), '1 processes');
    assert.equal(lineOf(2, { kind: 'identify', pid: 40 }), '2 identify 40');
    assert.equal(lineOf(3, { kind: 'end', pid: 40, born }), '3 end 40 639312539659950370');
    assert.equal(lineOf(4, { kind: 'watch', pid: 40, born }), undefined);
    assert.equal(lineOf(5, { kind: 'parameters', pid: 40 }), undefined);
  });

  it('have no line break in their script, which would need a second prompt', () =>
    assert.doesNotMatch(powerShellScript, /[\r\n]/));

  const kindOf = (kind: Parameters<typeof lineOf>[1]['kind']) => () => kind;

  it('are answered with processes', () => {
    const row = { pid: 40, ppid: 4, name: 'node.exe', command: 'node "x"', ticks: '639312539659950377' };
    const system = { pid: 4, ppid: 0, name: 'System', command: '', ticks: null };
    assert.deepEqual(replyOf(`\uFEFF${JSON.stringify({ id: 1, answer: [row, system] })}`, kindOf('processes')), {
      kind: 'answer',
      id: 1,
      answer: [
        { pid: 40, ppid: 4, name: 'node.exe', command: 'node "x"', born },
        { pid: 4, ppid: 0, name: 'System' },
      ],
    });
    const identify = (answer: unknown) => replyOf(JSON.stringify({ id: 2, answer }), kindOf('identify'));
    assert.deepEqual(identify(row), { kind: 'answer', id: 2, answer: { born } });
    assert.deepEqual(identify([]), { kind: 'answer', id: 2, answer: 'gone' });
    assert.deepEqual(identify(null), { kind: 'answer', id: 2, answer: 'gone' });
    assert.deepEqual(identify([system]), { kind: 'answer', id: 2, answer: 'denied' });
  });

  it('are answered with sockets of both families', () => {
    const socket = { address: '::1', port: 80, remoteAddress: '::', remotePort: 0, state: 2, pid: 4 };
    const reply = replyOf(JSON.stringify({ id: 1, answer: [socket, { ...socket, address: '127.0.0.1' }] }), kindOf('listeners'));
    assert.ok(reply?.kind === 'answer' && Array.isArray(reply.answer));
    assert.deepEqual(
      reply.answer.map(({ family }: { family: number }) => family),
      [6, 4],
    );
  });

  it('may fail, and what is no answer is none', () => {
    assert.deepEqual(replyOf('{"id":1,"why":"Zugriff verweigert"}', kindOf('processes')), {
      kind: 'failure',
      id: 1,
      why: 'Zugriff verweigert',
    });
    for (const line of ['', 'Get-CimInstance : Zugriff verweigert', '[]', 'null', '{"answer":[]}'])
      assert.equal(replyOf(line, kindOf('processes')), undefined);
    assert.equal(
      replyOf('{"id":1,"answer":[]}', () => undefined),
      undefined,
    );
  });
});

describe('the PowerShell that stays open', function () {
  this.timeout(20_000);
  let folder: string;
  before(async () => (folder = await makeScratch('powershell')));
  after(() => removeScratch(folder));

  /** A program in the place of PowerShell. */
  const instead = async (name: string, script: string) => {
    const file = join(folder, name);
    await writeFile(file, script);
    await chmod(file, 0o755);
    return new HelperProcess((events) => startPowerShell({ program: process.execPath, args: [file] }, events), systemClock);
  };

  it('answers many questions, one process for all', async () => {
    const shell = await instead(
      'answers.js',
      `let lines = 0; require('node:readline').createInterface({ input: process.stdin }).on('line', (line) => {
        const [id, kind, pid] = line.split(' '); lines++;
        console.log(JSON.stringify({ id: Number(id), answer: kind === 'identify' ? [{ pid: Number(pid), ppid: lines, name: 'x', ticks: '639312539659950370' }] : 'ended' }));
      });`,
    );
    assert.deepEqual(await shell.ask({ kind: 'identify', pid: 40 }), { kind: 'known', value: { born } });
    assert.deepEqual(await shell.ask({ kind: 'end', pid: 40, born }), { kind: 'known', value: 'ended' });
    assert.equal((await shell.ask({ kind: 'parameters', pid: 40 })).kind, 'unavailable');
  });

  it('is "unavailable" where it prints nothing and ends, as the one of Wine does', async () => {
    const shell = await instead('nothing.js', '');
    assert.equal((await shell.ask({ kind: 'processes' })).kind, 'unavailable');
  });

  it('is "unavailable" where there is none', async () => {
    const none = { program: join(folder, 'missing'), args: [] };
    const shell = new HelperProcess((events) => startPowerShell(none, events), systemClock);
    assert.equal((await shell.ask({ kind: 'processes' })).kind, 'unavailable');
  });
});

describe('the way from the calls of the system to PowerShell', () => {
  const powerShell = new FakeWindowsSource(() => 'gone');

  it('is taken where the calls cannot be used, and not for a helper that crashed', async () => {
    const native = new FakeWindowsSource(() => undefined);
    const source = withFallback(native, powerShell);
    assert.equal((await source.ask({ kind: 'end', pid: 40, born })).kind, 'unavailable');
    assert.equal(powerShell.asked.length, 0);
    native.usable = false;
    assert.deepEqual(await source.ask({ kind: 'end', pid: 40, born }), { kind: 'known', value: 'gone' });
    assert.equal(source.isUsable(), false);
  });

  it('is taken at once when the first question shows that the calls cannot be used', async () => {
    const native: FakeWindowsSource = new FakeWindowsSource(() => void (native.usable = false));
    assert.deepEqual(await withFallback(native, powerShell).ask({ kind: 'identify', pid: 40 }), { kind: 'known', value: 'gone' });
  });
});
