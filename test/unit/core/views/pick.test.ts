import assert from 'node:assert/strict';
import fc from 'fast-check';
import { pick } from '../../../../src/core/views/pick';
import type { PickRow } from '../../../../src/core/views/pick';
import { anyService } from './arbitrary';
import { crash, failed, healthy, named, running } from './samples';

const drawn = (row: PickRow): string =>
  row.kind === 'heading'
    ? `-- ${row.label}`
    : `${row.label} | ${row.description} | ${row.detail ?? ''} | ${row.command}(${row.arguments.join()})`;

describe('core/views/pick', () => {
  it('offers the actions of the clicked service first, then of the others, then of all services', () => {
    const services = [named('web', running(healthy)), named('api', failed(crash))];
    assert.deepEqual(pick(services, { first: 'api', isTrusted: true }).map(drawn), [
      '-- api · Failed',
      '$(lightbulb) Diagnose api | $(error) Failed | SyntaxError: invalid syntax (exit code 1, during startup). | serviceLifecycle.diagnose(api)',
      '$(debug-start) Start api | $(error) Failed |  | serviceLifecycle.start(api)',
      '$(terminal) Show Terminal of api | $(error) Failed |  | serviceLifecycle.showTerminal(api)',
      '$(close) Dismiss api | $(error) Failed |  | serviceLifecycle.dismiss(api)',
      '-- web · Healthy',
      '$(debug-stop) Stop web | $(pass) Healthy |  | serviceLifecycle.stop(web)',
      '$(debug-restart) Restart web | $(pass) Healthy |  | serviceLifecycle.restart(web)',
      '$(globe) Open web in Browser | $(pass) Healthy |  | serviceLifecycle.open(web)',
      '$(terminal) Show Terminal of web | $(pass) Healthy |  | serviceLifecycle.showTerminal(web)',
      '-- All services',
      '$(debug-start) Start All |  |  | serviceLifecycle.startAll()',
      '$(debug-stop) Stop All |  |  | serviceLifecycle.stopAll()',
      '$(gear) Open Configuration |  |  | serviceLifecycle.openConfig()',
    ]);
  });

  it('puts services that need attention before the others', () => {
    const services = [named('web', running(healthy)), named('api', failed(crash)), named('db', running(healthy))];
    const headings = (first?: string): string[] =>
      pick(services, { ...(first !== undefined && { first }), isTrusted: true }).flatMap((row) =>
        row.kind === 'heading' ? [row.label.split(' ')[0] ?? ''] : [],
      );
    assert.deepEqual(headings(), ['api', 'web', 'db', 'All']);
    assert.deepEqual(headings('db'), ['db', 'api', 'web', 'All']);
  });

  it('offers only actions that are possible', () => {
    assert.deepEqual(pick([], { isTrusted: true }).map(drawn), [
      '-- All services',
      '$(gear) Open Configuration |  |  | serviceLifecycle.openConfig()',
    ]);
  });

  it('offers only trust and the file in a workspace that is not trusted', () => {
    assert.deepEqual(pick([named('api', failed(crash))], { isTrusted: false }).map(drawn), [
      '$(shield) Manage Workspace Trust |  |  | workbench.trust.manage()',
      '$(gear) Open Configuration |  |  | serviceLifecycle.openConfig()',
    ]);
  });

  it('has one heading for each service in any state', () => {
    fc.assert(
      fc.property(fc.array(anyService, { maxLength: 4 }), fc.string(), (services, first) => {
        const headings = pick(services, { first, isTrusted: true }).filter(({ kind }) => kind === 'heading');
        assert.equal(headings.length, services.length + 1);
      }),
    );
  });
});
