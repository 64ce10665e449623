import assert from 'node:assert/strict';
import { createSnapshot } from '../../../src/os/trees/snapshot';
import { membersOf } from '../../../src/os/trees/membership';
import { userBrowsers } from '../../../src/os/trees/userBrowsers';
import type { ProcessRow } from '../../../src/core/model/process';

const row = (pid: number, ppid: number, command: string): ProcessRow => ({
  ...{ pid, ppid, command },
  born: `b${pid}`,
  state: 'running',
  startedAt: 1000,
});

const table = { describe: (rows: readonly ProcessRow[]) => Promise.resolve(rows) };
const browsers = async (rows: readonly ProcessRow[]): Promise<number[]> => [
  ...(await userBrowsers(rows, new Map(rows.map(({ pid }) => [pid, 'run'])), table)),
];

describe('os/trees/userBrowsers', () => {
  for (const command of [
    '/opt/google/chrome/chrome http://localhost:5173',
    '(firefox)',
    'C:\\Program Files\\Microsoft\\Edge\\Application\\msedge.exe --single-argument http://localhost:5173',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  ]) {
    it(`spares ${command}`, async () => assert.deepEqual(await browsers([row(7, 1, command)]), [7]));
  }

  for (const command of [
    '/usr/lib/chromium/chromium --headless --disable-gpu',
    '/opt/google/chrome/chrome --remote-debugging-port=9222',
    '/usr/bin/firefox --marionette',
    'node chromedriver-wait.js',
    'python serve_firefox_extension.py',
  ]) {
    it(`does not spare ${command}`, async () => assert.deepEqual(await browsers([row(7, 1, command)]), []));
  }

  it('spares what the browser started, and nobody else of the service', async () => {
    const rows = [
      row(10, 1, 'node vite'),
      row(11, 10, 'chrome'),
      row(12, 11, 'chrome --type=renderer'),
      row(13, 10, 'node worker'),
    ];
    const markers = new Map(rows.map(({ pid }) => [pid, 'run']));
    const snapshot = createSnapshot(rows, { markers, self: 99, browsers: await userBrowsers(rows, markers, table) });
    const pids = membersOf(snapshot, 'run', new Map()).map(({ pid }) => pid);
    assert.deepEqual(pids.sort(), [10, 13]);
  });
});
