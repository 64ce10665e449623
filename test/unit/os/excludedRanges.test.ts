import assert from 'node:assert/strict';
import { known, unavailable } from '../../../src/core/model/process';
import { parseExcludedRanges } from '../../../src/os/portTable/parseExcludedRanges';
import { excludedRange } from '../../../src/os/portTable/windows';

interface Words {
  readonly heading: string;
  readonly columns: string;
  readonly note: string;
}

/** Rows as netsh aligns them, in English, Spanish and Chinese with the words of public reports (microsoft/WSL issue 5306 and others). */
const languages: Readonly<Record<string, Words>> = {
  English: {
    heading: 'Protocol tcp Port Exclusion Ranges',
    columns: 'Start Port    End Port      ',
    note: '* - Administered port exclusions.',
  },
  German: {
    heading: 'Portausschlussbereiche für das Protokoll "tcp"',
    columns: 'Startport    Endport     ',
    note: '* - Verwaltete Portausschlüsse.',
  },
  Spanish: {
    heading: 'Intervalos de exclusión de puertos del protocolo tcp',
    columns: 'Puerto de inicio    Puerto final',
    note: '',
  },
  Chinese: { heading: '协议 tcp 端口排除范围', columns: '开始端口    结束端口      ', note: '* - 管理的端口排除。' },
  // Not from a report: no word of the headings counts, and neither do the letters of a code page that is read as UTF-8.
  'French, in code page 850': {
    heading: 'Plages d\uFFFDexclusion de ports du protocole tcp',
    columns: 'Port de d\uFFFDbut    Port de fin',
    note: '* - Exclusions de ports administr\uFFFDes.',
  },
  'Japanese, in code page 932': {
    heading: '\uFFFDv\uFFFD\uFFFD\uFFFDg\uFFFDR\uFFFD\uFFFD tcp 2 \uFFFD|\uFFFD[\uFFFDg',
    columns: '\uFFFDJ\uFFFDn 1    \uFFFDI\uFFFD\uFFFD 2',
    note: '* - \uFFFDǗ\uFFFD',
  },
};

const printed = ({ heading, columns, note }: Words): string =>
  [
    ...['', heading, '', columns, '----------    --------      '],
    ...['      2010        2109      ', '      5358        5358      ', '     50100       50159     *'],
    ...['', note, '', ''],
  ].join('\r\n');

describe('the ranges of ports that Windows reserves', () => {
  for (const [language, words] of Object.entries(languages))
    it(`are read in ${language}`, () =>
      assert.deepEqual(parseExcludedRanges(printed(words)), [
        { first: 2010, last: 2109 },
        { first: 5358, last: 5358 },
        { first: 50_100, last: 50_159 },
      ]));

  it('are none of a list without rows', () => {
    const { heading, columns, note } = languages['English'] ?? assert.fail();
    assert.deepEqual(parseExcludedRanges(['', heading, '', columns, '----------    --------', '', note].join('\r\n')), []);
  });
});

describe('why Windows refuses a port', () => {
  const netsh = (stdout: string) => known({ exitCode: 0, stdout, stderr: '' });
  const text = printed(languages['German'] ?? assert.fail());

  it('is a reserved range of either family', async () => {
    assert.equal(
      await excludedRange(50_123, () => Promise.resolve(netsh(text))),
      'Windows reserves the ports 50100 to 50159; choose another one.',
    );
    const calls: string[] = [];
    const onlySix = (_: string, [, family = '']: readonly string[]) => {
      calls.push(family);
      return Promise.resolve(netsh(family === 'ipv6' ? text : ''));
    };
    assert.equal(await excludedRange(5358, onlySix), 'Windows reserves the ports 5358 to 5358; choose another one.');
    assert.deepEqual(calls, ['ipv4', 'ipv6']);
  });

  it('stays unexplained for a port beside them, and where netsh is absent or fails', async () => {
    const readings = [
      netsh(text),
      netsh(''),
      unavailable('spawn netsh.exe ENOENT'),
      known({ exitCode: 1, stdout: '', stderr: 'x' }),
    ];
    for (const reading of readings)
      assert.equal(await excludedRange(2110, () => Promise.resolve(reading)), 'Windows refuses port 2110 to this user.');
  });
});
