import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Service } from '../../../../src/core/lifecycle/state';
import { statusBar, statusBarTooltip, tooltipCommands } from '../../../../src/core/views/statusBar';
import type { StatusBarMode } from '../../../../src/core/views/statusBar';
import { anyBroken, anyService } from './arbitrary';
import { crash, everyState, failed, healthy, named, running, service, starting, unhealthy, unknown } from './samples';

const drawn = (services: readonly Service[], mode: StatusBarMode): string[] =>
  statusBar(services, mode).map(({ text, background, spoken }) => `${text} [${background}] ${spoken}`);

const stopped = named('worker', { kind: 'stopped', cause: { kind: 'command' } });
const queued = everyState['queued'] ?? assert.fail('no such state');
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

  it('shows names literally', () => {
    assert.deepEqual(drawn([named('$(bug)', running(healthy))], 'auto'), ['$(pass) $\u200b(bug) [none] Service $(bug): Healthy']);
  });

  it('has a tooltip with every service, its state and links', () => {
    const broken = [{ id: 'api', key: 'api', folder: '/shop', folderName: 'shop', message: 'No command' }];
    const link = (title: string, command: string, id: string): string =>
      `[${title}](command:serviceLifecycle.${command}?%5B%22${id}%22%5D)`;
    assert.deepEqual(statusBarTooltip([named('web', running(healthy)), stopped], broken).split('\n'), [
      '|  | Service | State |  |',
      '| --- | --- | --- | --- |',
      `| $(pass) | ${link('web', 'showTerminal', 'web')} | Healthy | ${link('Stop', 'stop', 'web')} · ${link('Restart', 'restart', 'web')} · ${link('Open', 'open', 'web')} |`,
      `| $(circle-large-outline) | ${link('worker', 'showTerminal', 'worker')} | Stopped | ${link('Start', 'start', 'worker')} |`,
      '',
      '$(bracket-error) api: No command',
      '',
      '[Open Configuration](command:serviceLifecycle.openConfig)',
      '',
      '[Start All](command:serviceLifecycle.startAll) · [Stop All](command:serviceLifecycle.stopAll)',
    ]);
  });

  it('links to the diagnosis of a service that needs attention', () => {
    const [, , line] = statusBarTooltip([named('web', failed(crash))], []).split('\n');
    assert.match(line ?? '', /\[Diagnose\]\(command:serviceLifecycle\.diagnose\?%5B%22web%22%5D\) · \[Start\]/);
  });

  it('does not repeat the words of a waiting service as its reason', () => {
    const [, , line] = statusBarTooltip([named('web', queued)], []).split('\n');
    assert.match(line ?? '', /\| Waiting for postgres &#40;starting&#41; \|/);
  });

  it('links in its tooltip only to the allowed commands', () => {
    const tooltip = statusBarTooltip(
      Object.values(everyState).map((lifecycle) => service(lifecycle)),
      [],
    );
    const used = [...tooltip.matchAll(/\(command:([\w.]+)/g)].map(([, command = '']) => command);
    assert.deepEqual(
      used.filter((command) => !tooltipCommands.includes(command)),
      [],
    );
  });

  it('has a tooltip with a table of four columns for services in any state', () => {
    fc.assert(
      fc.property(fc.array(anyService, { maxLength: 6 }), fc.array(anyBroken, { maxLength: 2 }), (services, broken) => {
        for (const mode of ['auto', 'each', 'summary', 'off'] as const) statusBar(services, mode);
        const rows = statusBarTooltip(services, broken)
          .split('\n')
          .filter((line) => line.startsWith('|'));
        assert.equal(rows.length, services.length + 2);
        for (const line of rows) assert.equal(line.split('|').length, 6);
      }),
    );
  });
});
