import assert from 'node:assert/strict';
import type { Service } from '../../../../src/core/lifecycle/state';
import { statusBar } from '../../../../src/core/views/statusBar';
import type { ConfigErrors, StatusBarMode } from '../../../../src/core/views/statusBar';
import { crash, failed, healthy, named, running, starting, unhealthy, unknown } from './samples';

const drawn = (services: readonly Service[], mode: StatusBarMode): string[] =>
  statusBar(services, mode).map(({ text, background, spoken }) => `${text} [${background}] ${spoken}`);

const stopped = named('worker', { kind: 'stopped', cause: { kind: 'command' } });
const four = [named('backend', running(healthy)), named('web', starting(unknown)), named('db', failed(crash)), stopped];
const five = [...four, named('mail', running(unhealthy))];

describe('core/views/statusBar', () => {
  it('has one item per service for up to four services', () => {
    assert.deepEqual(drawn(four, 'auto'), [
      '$(pass) backend [none] Service backend: Healthy',
      '$(loading~spin) web [none] Service web: Starting',
      '$(error) db [error] Service db: Failed, SyntaxError: invalid syntax',
      '$(circle-large-outline) worker [none] Service worker: Stopped',
    ]);
  });

  it('has one summary for more services, with the icon of the worst state', () => {
    assert.deepEqual(drawn(five, 'auto'), ['$(error) db +1 [error] Services: 1 of 5 up, db +1 needs attention']);
    const well = five.filter(({ spec }) => spec.key !== 'db' && spec.key !== 'mail');
    assert.deepEqual(drawn(well, 'summary'), ['$(loading~spin) 1/3 [none] Services: 1 of 3 up']);
    assert.deepEqual(drawn([named('mail', running(unhealthy)), stopped], 'summary'), [
      '$(warning) mail [none] Services: 0 of 2 up, mail needs attention',
    ]);
  });

  it('has one coloured item at most, also when several services have failed', () => {
    const failing = [named('a', running(unhealthy)), named('b', failed(crash)), named('c', failed(crash))];
    assert.deepEqual(
      statusBar(failing, 'each').map(({ background }) => background),
      ['none', 'error', 'none'],
    );
    assert.deepEqual(
      drawn([...failing, named('$(x)', failed(crash))], 'summary').map((item) => item.split(' [')[0]),
      ['$(error) b +3'],
    );
    assert.match(drawn([named('n'.repeat(99), failed(crash))], 'summary')[0] ?? '', /^\$\(error\) n{11,12}…n{11,12} \[/);
  });

  it('follows the setting', () => {
    assert.equal(drawn(five, 'each').length, 5);
    assert.equal(drawn(four, 'summary').length, 1);
    assert.deepEqual(drawn(five, 'off'), []);
    assert.deepEqual(drawn([], 'each'), []);
  });

  it('has one more item for all errors in services.json, also without any service', () => {
    const broken = [{ id: 'api', key: 'api', folder: '/shop', folderName: 'shop', message: 'No command' }];
    const brokenFiles = [
      { folder: '/shop', folderName: 'shop', line: 2, column: 3, message: 'Comma.', shows: 'lastValid' } as const,
    ];
    const last = (services: readonly Service[], errors: ConfigErrors): string[] =>
      statusBar(services, 'auto', errors).map(({ text, background, spoken }) => `${text} [${background}] ${spoken}`);
    assert.deepEqual(last([stopped], { broken, brokenFiles: [] }), [
      '$(circle-large-outline) worker [none] Service worker: Stopped',
      '$(bracket-error) services.json [none] services.json: 1 entry cannot be used',
    ]);
    assert.deepEqual(last([], { broken, brokenFiles }), ['$(bracket-error) services.json [none] services.json, line 2: Comma.']);
    assert.deepEqual(statusBar([], 'off', { broken, brokenFiles }), []);
  });

  it('shows names literally', () => {
    assert.deepEqual(drawn([named('$(bug)', running(healthy))], 'auto'), ['$(pass) $\u200b(bug) [none] Service $(bug): Healthy']);
  });
});
