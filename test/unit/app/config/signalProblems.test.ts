import assert from 'node:assert/strict';
import { signalProblems } from '../../../../src/app/config/signalProblems';
import { parseServices } from '../../../../src/core/config/parse';

const problemsOf = (entry: string, platform: NodeJS.Platform) => {
  const text = `{ "services": { "web": { ${entry} } } }`;
  const { services, problems } = parseServices(text, { folder: '/shop', folderName: 'shop', multiRoot: false });
  assert.deepEqual(problems, []);
  return signalProblems({ text, services }, platform).map(({ message, severity, code, service, range }) => ({
    ...{ message, severity, code, service },
    at: text.slice(range.offset, range.offset + range.length),
  }));
};

describe('problems of "stopSignal"', () => {
  it('say on Windows what happens instead, at the value', () => {
    assert.deepEqual(problemsOf('"command": "x", "stopSignal": "SIGTERM", "stopGracePeriod": "1m30s"', 'win32'), [
      {
        message:
          'Windows has no signals: a stop types Ctrl+C instead of sending SIGTERM, and ends what still runs after 1 min 30 s.',
        severity: 'information',
        code: 'noSignals',
        service: 'web',
        at: '"SIGTERM"',
      },
    ]);
  });

  it('are none on other systems', () => {
    for (const platform of ['linux', 'darwin'] as const)
      assert.deepEqual(problemsOf('"command": "x", "stopSignal": "SIGTERM"', platform), []);
  });

  it('are none for what Ctrl+C sends, and where no signal is sent', () => {
    for (const entry of [
      '"command": "x"',
      '"command": "x", "stopSignal": "SIGINT"',
      '"command": "x", "stopSignal": "SIGTERM", "stopCommand": "y"',
      '"compose": "db", "stopSignal": "SIGTERM"',
    ])
      assert.deepEqual(problemsOf(entry, 'win32'), [], entry);
  });
});
