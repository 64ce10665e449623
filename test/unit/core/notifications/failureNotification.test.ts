import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Finding } from '../../../../src/core/diagnosis/finding';
import { failureNotification } from '../../../../src/core/notifications/failureNotification';
import { anyService } from '../views/arbitrary';
import { crash, failed, running, service, unhealthy } from '../views/samples';

const act = (title: string, name: string, ...args: readonly unknown[]) => ({
  title,
  command: `serviceLifecycle.${name}`,
  arguments: args,
});
const install = act('Run npm install express', 'runInTerminal', 'npm install express', '/shop');
const verdict: Finding = {
  code: 'missing-dependency',
  severity: 'error',
  short: "No package 'express'",
  title: 'backend needs the package express, which is not installed.',
  detail: 'Install it.',
  evidence: [],
  actions: [install, act('Show Terminal', 'showTerminal', 'backend')],
};
const diagnose = act('Diagnose', 'diagnose', 'backend');
const start = act('Start', 'start', 'backend');
const terminal = act('Terminal', 'showTerminal', 'backend');

describe('core/notifications/failureNotification', () => {
  it('shows the verdict with its first action, the diagnosis and the terminal', () => {
    assert.deepEqual(failureNotification(service(failed(crash)), verdict, []), {
      severity: 'error',
      message: verdict.title,
      buttons: [{ ...install, title: 'Install express' }, diagnose, terminal],
    });
  });

  it('names the other services that are affected, and counts more than six', () => {
    const { message } = failureNotification(service(failed(crash)), verdict, [{ id: 'web' }, { id: 'worker' }, { id: 'mail' }]);
    assert.equal(message, `${verdict.title} Also affected: web, worker, and mail.`);
    assert.match(failureNotification(service(failed(crash)), verdict, [{ id: 'web' }]).message, / Also affected: web\.$/);
    const many = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((id) => ({ id }));
    assert.match(
      failureNotification(service(failed(crash)), verdict, many).message,
      / Also affected: a, b, c, d, e, f, and 2 more\.$/,
    );
  });

  it('names the only other service with its own cause', () => {
    const other = { id: 'postgres', verdict: { ...verdict, title: 'Docker is not running.' } };
    assert.equal(
      failureNotification(service(failed(crash)), verdict, [other]).message,
      `${verdict.title} postgres failed too: Docker is not running.`,
    );
  });

  it('names the service when the verdict does not', () => {
    const title = 'Nothing is listening on port 8000.';
    assert.equal(failureNotification(service(failed(crash)), { ...verdict, title }, []).message, `backend: ${title}`);
  });

  it('shows the state without a verdict, as a warning when the service may recover', () => {
    assert.deepEqual(failureNotification(service(running(unhealthy)), undefined, []), {
      severity: 'warning',
      message: 'backend: Unhealthy. Health check returned HTTP 500 (expected 200–399).',
      buttons: [diagnose, terminal],
    });
  });

  it('has no two buttons with the same title, and none for a missing terminal', () => {
    const first = { ...verdict, actions: [act('Show Terminal', 'showTerminal', 'backend'), start, install] };
    assert.deepEqual(failureNotification(service(failed(crash)), first, []).buttons, [terminal, start, diagnose]);
    const noFolder = failed({ kind: 'launch', failure: { kind: 'missingFolder', path: '/shop/backend' } });
    assert.deepEqual(failureNotification(service(noFolder), undefined, []).buttons, [diagnose]);
  });

  it('has one to three buttons and a message for any service', () => {
    fc.assert(
      fc.property(anyService, fc.boolean(), fc.array(fc.record({ id: fc.string() })), (any, isKnown, others) => {
        const { message, buttons } = failureNotification(any, isKnown ? verdict : undefined, others);
        assert.ok(message.trim() !== '' && buttons.length >= 1 && buttons.length <= 3);
        assert.equal(new Set(buttons.map(({ title }) => title)).size, buttons.length);
      }),
    );
  });
});
