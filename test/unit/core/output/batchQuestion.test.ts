import assert from 'node:assert/strict';
import { batchLetterIn, waitsInBatch } from '../../../../src/core/output/batchQuestion';
import type { ProcessRow } from '../../../../src/core/model/process';

const row = (pid: number, ppid: number, command: string): ProcessRow => ({
  pid,
  ppid,
  command,
  born: `b${pid}`,
  state: 'running',
  startedAt: 0,
});

describe('the question of cmd after Ctrl+C', () => {
  for (const [line, letter] of [
    ['Terminate batch job (Y/N)? ', 'Y'],
    ['^CTerminate batch job (Y/N)?', 'Y'],
    ['Batchvorgang abbrechen (J/N)? ', 'J'],
    ['Terminer le programme de commandes (O/N) ? ', 'O'],
    ['终止批处理操作吗(Y/N)? ', 'Y'],
    ['バッチ ジョブを終了しますか (Y/N)? ', 'Y'],
    ['¿Desea terminar el trabajo por lotes (S/N)? ', 'S'],
    ['Завершить выполнение пакетного файла [Y(да)/N(нет)]? ', 'Y'],
  ] as const)
    it(`is answered with ${letter}: ${line}`, () => assert.equal(batchLetterIn(line), letter));

  it('is not taken from anything else', () => {
    for (const line of ['', 'Ready', 'Ready (y/n)', 'GET /a (Y/N)? 200', 'Choose (yes/no)? ', '('.repeat(10_000)])
      assert.equal(batchLetterIn(line), undefined, line);
  });

  it('is waited for when the programs of the batch files have ended', () => {
    const shell = row(10, 5, '"C:\\WINDOWS\\System32\\WindowsPowerShell\\v1.0\\powershell.exe" -Command npm.cmd run dev');
    const batch = row(11, 10, 'C:\\Windows\\System32\\cmd.exe /d /c npm.cmd run dev');
    const npm = row(12, 11, 'node "C:\\Program Files\\nodejs\\node_modules\\npm\\bin\\npm-cli.js" run dev');
    const inner = row(13, 12, '"C:\\Windows\\System32\\CMD.EXE" /d /s /c vite');
    const vite = row(14, 13, 'node vite.js');
    const conhost = row(15, 13, '\\??\\C:\\WINDOWS\\system32\\conhost.exe 0x4');
    assert.equal(waitsInBatch([shell, batch, npm, inner, vite]), false);
    assert.equal(waitsInBatch([shell, batch, npm, inner]), true);
    assert.equal(waitsInBatch([shell, batch, npm, inner, conhost]), true);
    assert.equal(waitsInBatch([shell, batch]), true);
    assert.equal(waitsInBatch([row(20, 1, '[cmd.exe]')]), true);
    assert.equal(waitsInBatch([shell]), false);
    assert.equal(waitsInBatch([inner, row(21, 1, 'node cmd.js')]), false);
    assert.equal(waitsInBatch([]), false);
  });
});
