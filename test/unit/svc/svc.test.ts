/** The command svc without a window: arguments, exit codes, who calls, what it prints. */
import assert from 'node:assert/strict';
import { callerOf } from '../../../src/svc/caller';
import { parseCommandLine } from '../../../src/svc/commandLine';
import { exitCodeOf } from '../../../src/svc/exitCodes';
import { printCommand, printGroup, printList, printLogs, printOutcome } from '../../../src/svc/print';

describe('svc: arguments', () => {
  it('lists without a command', () => {
    assert.deepEqual(parseCommandLine([]), {
      kind: 'run',
      options: { command: 'list', names: [], json: false, follow: false },
    });
  });

  it('takes options of every command', () => {
    assert.deepEqual(parseCommandLine(['logs', 'web', '-n', '5', '-f', '--search', '/x/i', '--since', '', '--json']), {
      kind: 'run',
      options: { command: 'logs', names: ['web'], json: true, follow: true, search: '/x/i', since: '', tail: 5 },
    });
    const waits = parseCommandLine(['wait', 'web', '--status', 'stopped', '--timeout', '1m30s', '--folder', '/x']);
    assert.deepEqual(waits.kind === 'run' && waits.options, {
      ...{ command: 'wait', names: ['web'], json: false, follow: false },
      ...{ folder: '/x', status: 'stopped', timeoutSeconds: 90 },
    });
  });

  it('says what is wrong', () => {
    const wrong: readonly (readonly [readonly string[], RegExp])[] = [
      [['launch'], /Unknown command "launch"/],
      [['start'], /needs the name of a service/],
      [['start', 'web', '--timeout', '10m'], /--timeout/],
      [['start', 'web', '--timeout', 'soon'], /--timeout/],
      [['wait', 'web', '--status', 'well'], /--status/],
      [['logs', '-n', '0'], /-n must be/],
      [['run', 'web'], /svc run NAME "COMMAND"/],
      [['run', 'web', 'Seed', 'data'], /svc run NAME "COMMAND"/],
      [['list', '--force'], /--force/],
    ];
    for (const [args, problem] of wrong) {
      const parsed = parseCommandLine(args);
      assert.match(parsed.kind === 'wrong' ? parsed.problem : '', problem);
    }
  });

  it('knows help and version', () => {
    assert.deepEqual([parseCommandLine(['--help']).kind, parseCommandLine(['help']).kind], ['help', 'help']);
    assert.equal(parseCommandLine(['--version']).kind, 'version');
  });
});

describe('svc: exit codes', () => {
  const codes = { started: 0, alreadyRunning: 0, reached: 0, failed: 1, setupFailed: 1, dependencyFailed: 1, cancelled: 1 };
  for (const [outcome, code] of Object.entries({ ...codes, unknownService: 3, timeout: 4, notTrusted: 6, portTaken: 7 }))
    it(`is ${code} for ${outcome}`, () => assert.equal(exitCodeOf({ outcome }), code));

  it('is 1 for a check that failed, and 0 for what has no outcome', () => {
    assert.deepEqual([exitCodeOf({ ok: false }), exitCodeOf({ ok: true }), exitCodeOf({ services: [] })], [1, 0, 0]);
  });
});

describe('svc: who calls', () => {
  it('is the agent that says so in the environment, else the parent process', () => {
    assert.deepEqual(
      callerOf({ CLAUDECODE: '1' }, () => 'bash'),
      { kind: 'cli', who: 'claude' },
    );
    assert.deepEqual(
      callerOf({ CODEX_SANDBOX: 'seatbelt' }, () => 'bash'),
      { kind: 'cli', who: 'codex' },
    );
    assert.deepEqual(
      callerOf({ GEMINI_CLI: '1' }, () => 'bash'),
      { kind: 'cli', who: 'gemini' },
    );
    assert.deepEqual(
      callerOf({ CLAUDECODE: '' }, () => 'zsh'),
      { kind: 'cli', who: 'zsh' },
    );
    assert.deepEqual(
      callerOf({}, () => undefined),
      { kind: 'cli' },
    );
  });
});

describe('svc: text', () => {
  const row = { service: 'web', state: 'Healthy', lifecycle: 'running', health: 'healthy', restarts: 0 } as const;

  it('aligns columns, and shows why a service is not well', () => {
    const verdict = { code: 'crashed', sentence: 'It crashed.' };
    const text = printList({ services: [row, { ...row, service: 'backend', state: 'Failed', lifecycle: 'failed', verdict }] });
    const [head = '', web = '', backend = ''] = text.split('\n');
    assert.deepEqual([web.indexOf('Healthy'), backend.indexOf('Failed')], [head.indexOf('State'), head.indexOf('State')]);
    assert.match(text, /backend: It crashed\./);
  });

  it('shows the address for the browser of the user next to the one on the machine of the service', () => {
    const remote = { ...row, url: 'http://localhost:8000/', externalUrl: 'https://shop-8000.example.dev/' };
    const [head = '', first = '', second = ''] = printList({ services: [remote, { ...row, service: 'api' }] }).split('\n');
    assert.equal(head.indexOf('Forwarded address'), first.indexOf(remote.externalUrl));
    assert.match(first, /http:\/\/localhost:8000\/ /);
    assert.doesNotMatch(second, /example/);
    assert.doesNotMatch(printList({ services: [row] }), /Forwarded/);
    const both = 'http://localhost:8000/ (forwarded: https://shop-8000.example.dev/)';
    assert.equal(printOutcome('web', { outcome: 'started', service: remote }), `web: started, ${both}\n`);
  });

  it('lets no terminal code of a service through', () => {
    const line = { at: '2026-01-02T03:04:05.678Z', service: 'web', run: 'r1', text: 'a\u001b]0;title\u0007\u001b[2Jb' };
    assert.equal(printLogs({ lines: [line], dropped: 3 }), '3 older lines are not kept.\n03:04:05.678 web ab\n');
    const outcome = printOutcome('web', {
      outcome: 'failed',
      service: row,
      verdict: { code: 'crashed', sentence: '\u001b[31mx' },
    });
    assert.ok(!outcome.includes('\u001b[31m'));
  });

  it('prints the output of a command, then how it ended, without terminal codes', () => {
    const reply = {
      service: 'web',
      command: 'Seed data',
      ok: false,
      result: 'no table (exit code 1)',
      lines: ['a', '\u001b[31mb'],
    };
    const verdict = { code: 'crashed', sentence: 'no table' };
    assert.equal(
      printCommand({ ...reply, verdict, next: 'Create it.' }),
      'a\nb\nweb, "Seed data": no table (exit code 1)\ncode: crashed\nCreate it.\n',
    );
    assert.deepEqual([exitCodeOf(reply), exitCodeOf({ ...reply, ok: true })], [1, 0]);
  });

  it('prints the outcome of each service of a group, and what was started for it', () => {
    const services = [
      { outcome: 'started', service: { ...row, service: 'api' } },
      { outcome: 'alreadyRunning', service: row },
    ] as const;
    const lines = (text: string): readonly string[] => text.trimEnd().split('\n');
    const [api, web, others] = lines(
      printGroup({ outcome: 'started', group: 'core', services, alsoStarted: ['db', '\u001b[31mx'] }),
    );
    assert.deepEqual(
      [api?.startsWith('api: started'), web?.startsWith('web: alreadyRunning'), others],
      [true, true, 'Started as well, because the group depends on it: db, x'],
    );
    assert.equal(lines(printGroup({ outcome: 'started', group: 'core', services })).length, 2);
  });
});
