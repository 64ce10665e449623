import assert from 'node:assert/strict';
import { candidates, noCandidate } from '../../../../src/core/views/candidates';
import type { Purpose } from '../../../../src/core/views/candidates';
import { crash, everyState, failed, healthy, named, running, service } from './samples';

const never = everyState['never'] ?? assert.fail();
const services = [
  named('web', running(healthy)),
  named('worker', never),
  named('api', failed(crash)),
  named('db', running(healthy)),
];

const ids = (purpose: Purpose, ...recent: readonly string[]): string[] =>
  candidates(services, purpose, recent).map(({ id }) => id);

describe('core/views/candidates', () => {
  it('offers only services that the command applies to, the sick first', () => {
    assert.deepEqual(ids('start'), ['api', 'worker']);
    assert.deepEqual(ids('stop'), ['web', 'db']);
    assert.deepEqual(ids('restart'), ['web', 'db']);
    assert.deepEqual(ids('open'), ['web', 'db']);
    assert.deepEqual(ids('showTerminal'), ['api', 'web', 'db']);
    assert.deepEqual(ids('diagnose'), ['api', 'web', 'worker', 'db']);
    assert.deepEqual(ids('runChecks'), ['api', 'web', 'worker', 'db']);
  });

  it('offers to run a command of services that have any, in whatever state', () => {
    const seed = { commands: { seed: 'python seed.py' } };
    const all = [
      service(failed(crash), { id: 'api', key: 'api', ...seed }),
      service(never, { id: 'job', key: 'job', ...seed }),
      ...services,
    ];
    assert.deepEqual(
      candidates(all, 'runCommand', []).map(({ id }) => id),
      ['api', 'job'],
    );
    assert.match(noCandidate('runCommand'), /add "commands"/);
  });

  it('puts the selected and the last used service first, where the command applies to them', () => {
    assert.deepEqual(ids('stop', 'db', 'web'), ['db', 'web']);
    assert.deepEqual(ids('start', 'db', 'worker'), ['worker', 'api']);
  });

  it('shows the icon of the state, and the cause or the port', () => {
    assert.deepEqual(
      candidates(services, 'diagnose', []).map(({ label, description }) => `${label} | ${description}`),
      [
        '$(error) api | SyntaxError: invalid syntax',
        '$(pass) web | :8000 · 10 ms',
        '$(circle-large-outline) worker | Not started',
        '$(pass) db | :8000 · 10 ms',
      ],
    );
  });

  it('explains why there is none', () => {
    const offered: readonly Purpose[] = ['start', 'stop', 'restart', 'open', 'showTerminal'];
    assert.deepEqual(
      offered.map((purpose) => candidates([], purpose, []).length || noCandidate(purpose)),
      [
        'All services are started.',
        'No service is running.',
        'No service is running.',
        'No running service has an address to open.',
        'No service has a terminal in this window.',
      ],
    );
  });
});
