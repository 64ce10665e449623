import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Finding } from '../../../../src/core/diagnosis/finding';
import { notice } from '../../../../src/core/notifications/notice';
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
  title: 'backend needs the package express, which is not installed.',
  detail: 'Install it.',
  evidence: [],
  actions: [install, act('Show Terminal', 'showTerminal', 'backend')],
};
const diagnose = act('Diagnose', 'diagnose', 'backend');
const start = act('Start', 'start', 'backend');
const showTerminal = act('Show Terminal', 'showTerminal', 'backend');

describe('core/views/notice', () => {
  it('says the verdict, with its first action, the diagnosis and the terminal', () => {
    assert.deepEqual(notice(service(failed(crash)), verdict, []), {
      severity: 'error',
      message: verdict.title,
      buttons: [install, diagnose, showTerminal],
    });
  });

  it('names those that are down with it', () => {
    const { message } = notice(service(failed(crash)), verdict, ['web', 'worker', 'mail']);
    assert.equal(message, `${verdict.title} And 3 more services: web, worker, mail.`);
    assert.match(notice(service(failed(crash)), verdict, ['web']).message, / And 1 more service: web\.$/);
    const many = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
    assert.match(notice(service(failed(crash)), verdict, many).message, / And 8 more services: a, b, c, d, e, f, …$/);
  });

  it('says whom it is about when the verdict does not', () => {
    const title = 'Nothing is listening on port 8000.';
    assert.equal(notice(service(failed(crash)), { ...verdict, title }, []).message, `backend: ${title}`);
  });

  it('lets the state speak when nothing was found, as a warning where it may recover', () => {
    assert.deepEqual(notice(service(running(unhealthy)), undefined, []), {
      severity: 'warning',
      message: 'backend: Unhealthy. Health check returned HTTP 500 (expected 200–399).',
      buttons: [diagnose, showTerminal],
    });
  });

  it('has no button twice, and none for a terminal that there is not', () => {
    const first = { ...verdict, actions: [showTerminal, start, install] };
    assert.deepEqual(notice(service(failed(crash)), first, []).buttons, [showTerminal, start, diagnose]);
    const noFolder = failed({ kind: 'launch', failure: { kind: 'missingFolder', path: '/shop/backend' } });
    assert.deepEqual(notice(service(noFolder), undefined, []).buttons, [diagnose]);
  });

  it('has one to three buttons and a message, whatever the service is', () => {
    fc.assert(
      fc.property(anyService, fc.boolean(), fc.array(fc.string()), (any, isKnown, others) => {
        const { message, buttons } = notice(any, isKnown ? verdict : undefined, others);
        assert.ok(message.trim() !== '' && buttons.length >= 1 && buttons.length <= 3);
        assert.equal(new Set(buttons.map(({ title }) => title)).size, buttons.length);
      }),
    );
  });
});
