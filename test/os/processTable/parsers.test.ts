import assert from 'node:assert/strict';
import { parseProcStat, parseStart, stateIn, stateOf } from '../../../src/os/processTable/parseProcStat';
import { parsePs, parsePsEnvironment } from '../../../src/os/processTable/parsePs';
import { usagesOf } from '../../../src/os/processTable/parsePsUsage';

describe('parser of /proc/<pid>/stat', () => {
  const rest =
    ' S 100 4242 4200 34816 4300 4194304 1532 0 0 0 12 3 0 0 20 0 11 0 987654 1073741824 9000 18446744073709551615 1 1 0 0 0 0 0 16781312 134235650 0 0 0 17 1 0 0 0 0 0';

  it('reads a name with spaces and parentheses', () => {
    assert.deepEqual(parseProcStat(`4242 (node (dev) 1)${rest}`), {
      pid: 4242,
      name: 'node (dev) 1',
      state: 'S',
      ppid: 100,
      pgid: 4242,
      sid: 4200,
      foregroundGroup: 4300,
      startTicks: 987654,
      usedTicks: 15,
      pages: 9000,
    });
  });

  it('refuses what is cut off', () => {
    for (const text of ['', '4242', '4242 (node', '4242 (node) S 1 2', 'x (node)' + rest])
      assert.equal(parseProcStat(text), undefined);
  });

  it('reads the start and the state alone', () => {
    const lines = [`4242 (node (dev) 1)${rest}`, `1 (Z) )${rest}`, `7 (a)${rest.replace(' S ', ' Z ')}`];
    assert.deepEqual(
      lines.map((line) => [parseStart(line), stateIn(line)]),
      [
        [987654, 'running'],
        [987654, 'running'],
        [987654, 'zombie'],
      ],
    );
    for (const text of ['', '4242', '4242 (node', '4242 (node) S 1 2']) assert.equal(parseStart(text), undefined);
  });

  it('knows zombies and stopped processes', () => {
    assert.deepEqual(['R', 'S', 'D', 'I', 'T', 't', 'Z', 'X'].map(stateOf), [
      'running',
      'running',
      'running',
      'running',
      'stopped',
      'stopped',
      'zombie',
      'zombie',
    ]);
  });
});

describe('parser of ps on macOS', () => {
  it('reads rows below a heading, with days of one digit and commands of many words', () => {
    const text = `  PID  PPID  PGID TPGID STAT STARTED                      COMMAND
    1     0     1     0 Ss   Sun Nov 22 07:56:17 2026     /sbin/launchd
 4242   501  4242  4242 S+   Mon Nov  2 09:05:01 2026     node --title=(x)  server.js --port 8000
 4243  4242  4242  4242 Z+   Mon Nov  2 09:05:02 2026     (node)
 4244  4242  4242    -1 T    Mon Nov  2 09:05:03 2026     /Applications/My App.app/Contents/MacOS/My App
`;
    const rows = parsePs(text);
    assert.deepEqual(
      rows.map(({ pid, ppid, pgid, foregroundGroup, state }) => [pid, ppid, pgid, foregroundGroup, state]),
      [
        [1, 0, 1, 0, 'running'],
        [4242, 501, 4242, 4242, 'running'],
        [4243, 4242, 4242, 4242, 'zombie'],
        [4244, 4242, 4242, -1, 'stopped'],
      ],
    );
    const row = rows[1];
    assert.ok(row !== undefined);
    assert.equal(row.command, 'node --title=(x)  server.js --port 8000');
    assert.equal(row.born, 'Mon Nov 2 09:05:01 2026');
    assert.equal(row.startedAt, Date.UTC(2026, 10, 2, 9, 5, 1));
  });

  it('finds a variable in the environment that follows the command', () => {
    const text = `  PID COMMAND
 4242 node server.js PATH=/usr/bin SERVICE_LIFECYCLE_RUN=run-1 HOME=/Users/x
 4243 node other.js PATH=/usr/bin
 4244 node x.js OTHER_SERVICE_LIFECYCLE_RUN=run-2
`;
    assert.deepEqual([...parsePsEnvironment(text, 'SERVICE_LIFECYCLE_RUN')], [[4242, 'run-1']]);
  });
});

describe('parser of ps for what processes use', () => {
  const text = [
    '  PID    RSS      TIME STARTED',
    ' 4242  51200   1:02.50 Sun Nov 22 08:07:38 2026',
    ' 4243   1024 1-02:03:04 Sun Nov  2 08:07:38 2026',
    ' 4244   1024   0:00.01 Sun Nov 22 09:00:00 2026',
  ].join('\n');

  it('reads processor time and memory, and leaves out a reused pid', () => {
    const processes = [
      { pid: 4242, born: 'Sun Nov 22 08:07:38 2026' },
      { pid: 4243, born: 'Sun Nov 2 08:07:38 2026' },
      { pid: 4244, born: 'Sun Nov 22 08:00:00 2026' },
    ];
    assert.deepEqual(
      usagesOf(text, processes).map(({ pid, cpuMs, memory }) => [pid, cpuMs, memory]),
      [
        [4242, 62_500, 52_428_800],
        [4243, (26 * 3600 + 3 * 60 + 4) * 1000, 1_048_576],
      ],
    );
  });
});
