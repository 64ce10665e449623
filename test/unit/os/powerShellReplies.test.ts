/** Lines as Windows PowerShell 5.1 and PowerShell 7 write them, rebuilt from public reports of what their ConvertTo-Json makes of values. */
import assert from 'node:assert/strict';
import { systemClock } from '../../../src/os/clock';
import { HelperProcess } from '../../../src/os/windows/helperProcess';
import { powerShellScript, replyOf } from '../../../src/os/windows/powerShellAnswers';
import { readAnswer } from '../../../src/os/windows/questions';
import { startPowerShell } from '../../../src/os/windows/startPowerShell';

const node =
  '{"ticks":"639312539659950377","name":"node.exe","ppid":7012,"pid":25560,"command":"node \\"C:\\\\My Shop\\\\server.js\\""}';
const nodeFact = {
  pid: 25560,
  ppid: 7012,
  name: 'node.exe',
  command: 'node "C:\\My Shop\\server.js"',
  born: '13440130765995037',
};
const listener = '{"state":2,"pid":4294967292,"address":"::","remotePort":0,"port":8000,"remoteAddress":"::"}';
const listenerFact = { family: 6, address: '::', port: 8000, remoteAddress: '::', remotePort: 0, state: 2, pid: 4294967292 };

/** Without processes there is no answer: PowerShell itself is one. */
const processes: readonly (readonly [string, string, unknown])[] = [
  ['a list', `{"answer":[${node}],"id":1}`, [nodeFact]],
  ['one object instead of a list', `{"answer":${node},"id":1}`, [nodeFact]],
  ['a list that 5.1 has wrapped', `{"id":1,"answer":{"value":[${node},${node}],"Count":2}}`, [nodeFact, nodeFact]],
  ['an empty list that 5.1 has wrapped', '{"id":1,"answer":{"value":[],"Count":0}}', undefined],
  ['an empty list', '{"id":1,"answer":[]}', undefined],
  ['nothing, as 7 writes it', '{"id":1,"answer":null}', undefined],
  ['nothing, as 5.1 writes it', '{"id":1,"answer":{}}', undefined],
  ['a byte order mark', `\uFEFF{"id":1,"answer":[${node}]}`, [nodeFact]],
  ['a carriage return', `{"id":1,"answer":[${node}]}\r`, [nodeFact]],
  [
    'letters that 5.1 encodes',
    '{"id":1,"answer":[{"pid":9,"ppid":8,"name":"x.exe","command":"x \\u0027B\\u00fcro \\u0026 Söhne\\u0027","ticks":"639312539659950377"}]}',
    [{ pid: 9, ppid: 8, name: 'x.exe', command: "x 'Büro & Söhne'", born: '13440130765995037' }],
  ],
  ...['null', '{}', '""'].map(
    (ticks) =>
      [
        `a start time of ${ticks}, which no one may read`,
        `{"id":1,"answer":[{"pid":4,"ppid":0,"name":"System","command":"","ticks":${ticks}}]}`,
        [{ pid: 4, ppid: 0, name: 'System' }],
      ] as const,
  ),
  // A date is never compared: the script writes ticks.
  ...[
    '"\\/Date(1782829200000)\\/"',
    '"2026-06-30T14:20:00.123456+02:00"',
    '{"value":"\\/Date(1782829200000)\\/","DisplayHint":2}',
  ].map(
    (ticks) =>
      [
        `a date ${ticks} instead of ticks`,
        `{"id":1,"answer":[{"pid":4,"ppid":0,"name":"System","ticks":${ticks}}]}`,
        [{ pid: 4, ppid: 0, name: 'System' }],
      ] as const,
  ),
];

const answerOf = <K extends 'processes' | 'identify' | 'listeners' | 'end'>(kind: K, line: string) => {
  const reply = replyOf(line, () => kind);
  assert.ok(reply?.kind === 'answer', line);
  return readAnswer<K>(kind, reply.answer);
};

describe('what PowerShell writes for a list of processes', () => {
  for (const [name, line, facts] of processes) it(`is read: ${name}`, () => assert.deepEqual(answerOf('processes', line), facts));

  it('identifies one process, or says that it is gone or may not be looked at', () => {
    assert.deepEqual(answerOf('identify', `{"id":1,"answer":${node}}`), { born: nodeFact.born });
    assert.deepEqual(answerOf('identify', `{"id":1,"answer":{"value":[${node}],"Count":1}}`), { born: nodeFact.born });
    for (const none of ['null', '[]', '{}', '{"value":[],"Count":0}'])
      assert.equal(answerOf('identify', `{"id":1,"answer":${none}}`), 'gone', none);
    assert.equal(answerOf('identify', '{"id":1,"answer":{"pid":4,"ppid":0,"name":"System","ticks":null}}'), 'denied');
  });
});

describe('what PowerShell writes for sockets', () => {
  it('is read, with numbers of 32 bits without a sign, alone or wrapped', () => {
    for (const answer of [`[${listener}]`, listener, `{"value":[${listener}],"Count":1}`])
      assert.deepEqual(answerOf('listeners', `{"id":1,"answer":${answer}}`), [listenerFact], answer);
  });

  it('is no answer where a number is none', () => {
    for (const wrong of ['"8000"', 'null', '1.5'])
      assert.equal(answerOf('listeners', `{"id":1,"answer":[${listener.replace('8000', wrong)}]}`), undefined, wrong);
  });
});

describe('what PowerShell writes beside its answers', () => {
  it('is passed over: progress as CLIXML, prompts, warnings', async () => {
    const program = `
      process.stderr.write('#< CLIXML\\r\\n<Objs Version="1.1.0.1"><Obj S="progress" RefId="0"></Obj></Objs>');
      process.stdout.write('\\uFEFF');
      require('node:readline').createInterface({ input: process.stdin }).on('line', (line) => {
        const [id] = line.split(' ');
        process.stdout.write('WARNING: modules are loaded\\r\\n#< CLIXML\\r\\n' + JSON.stringify({ answer: 'gone', id: Number(id) }) + '\\r\\n');
      });`;
    const shell = { program: process.execPath, args: ['-e', program] };
    const source = new HelperProcess((events) => startPowerShell(shell, events), systemClock);
    const question = { kind: 'end', pid: 40, born: nodeFact.born } as const;
    assert.deepEqual(await source.ask<'end'>(question), { kind: 'known', value: 'gone' });
  });
});

describe('the script for PowerShell', () => {
  // https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_reserved_words
  const reserved =
    'begin break catch class continue data define do dynamicparam else elseif end enum exit filter finally for foreach from function hidden if in param process return static switch throw trap try until using var while';

  it('gives no function the name of a word of the language', () => {
    const names = [...powerShellScript.matchAll(/\bfunction (\w+)/g)].map(([, name = '']) => name.toLowerCase());
    assert.ok(names.length > 2);
    assert.deepEqual(
      names.filter((name) => reserved.split(' ').includes(name)),
      [],
    );
  });

  it('does not read $input, for which PowerShell would take the questions out of the pipe', () => {
    assert.doesNotMatch(powerShellScript, /\$input\b/i);
  });
});
