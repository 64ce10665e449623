import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Service } from '../../../../src/core/lifecycle/state';
import { pick, pickActions } from '../../../../src/core/views/pick';
import type { PickAction, PickContent, PickRow } from '../../../../src/core/views/pick';
import { anyBroken, anyService } from './arbitrary';
import { crash, everyState, failed, healthy, named, running, service, unhealthy } from './samples';

const ran = ({ command, arguments: args }: PickAction): string => `${command.replace('serviceLifecycle.', '')}(${args.join()})`;

function drawn(row: PickRow): string {
  switch (row.kind) {
    case 'heading':
      return `-- ${row.label}`;
    case 'service':
      return `${row.label} | ${row.description} | ${row.buttons.map(ran).join(' ')}`;
    case 'action':
      return `${row.label} | ${row.description} | ${ran(row.action)}`;
  }
}

const content = (services: readonly Service[], changes: Partial<PickContent> = {}): PickContent => ({
  services,
  broken: [],
  brokenFiles: [],
  isTrusted: true,
  ...changes,
});

const labels = (rows: readonly PickRow[]): string[] => rows.flatMap((row) => (row.kind === 'service' ? [row.id] : []));

describe('core/views/pick', () => {
  it('has one row per service, with its cause or port and its buttons, the sick first', () => {
    const broken = [{ id: 'db', key: 'db', folder: '/shop', folderName: 'shop', message: '"port" must be a number.' }];
    assert.deepEqual(pick(content([named('web', running(healthy)), named('api', failed(crash))], { broken })).map(drawn), [
      '$(error) api | SyntaxError: invalid syntax | diagnose(api) start(api) dismiss(api)',
      '$(pass) web | :8000 · 10 ms | open(web) restart(web) stop(web)',
      '$(bracket-error) db | "port" must be a number. | openConfig(db)',
      '-- All services',
      '$(run-all) Start All |  | startAll()',
      '$(stop-circle) Stop All |  | stopAll()',
      '$(gear) Open Configuration |  | openConfig()',
    ]);
  });

  it('puts what failed before what is unhealthy, and the clicked service before all', () => {
    const services = [
      named('web', running(healthy)),
      named('mail', running(unhealthy)),
      named('api', failed(crash)),
      named('db', running(healthy)),
    ];
    assert.deepEqual(labels(pick(content(services))), ['api', 'mail', 'web', 'db']);
    assert.deepEqual(labels(pick(content(services, { first: 'db' }))), ['db', 'api', 'mail', 'web']);
  });

  it('offers only actions that are possible', () => {
    assert.deepEqual(pick(content([])).map(drawn), ['-- All services', '$(gear) Open Configuration |  | openConfig()']);
  });

  it('offers only trust and the file in a workspace that is not trusted', () => {
    assert.deepEqual(pick(content([named('api', failed(crash))], { isTrusted: false })).map(drawn), [
      '$(shield) Manage Workspace Trust |  | workbench.trust.manage()',
      '$(gear) Open Configuration |  | openConfig()',
    ]);
  });

  it('shows names and reasons literally, and cuts long ones', () => {
    const [row] = pick(content([], { broken: [{ id: '$(bug)', key: '', folder: '', folderName: '', message: 'x'.repeat(99) }] }));
    assert.match(row === undefined ? '' : drawn(row), /^\$\(bracket-error\) \$\u200b\(bug\) \| x{59}… \|/);
  });

  it('has one row for each service in any state, with at most three buttons', () => {
    fc.assert(
      fc.property(fc.array(anyService, { maxLength: 4 }), fc.array(anyBroken, { maxLength: 2 }), (services, broken) => {
        const rows = pick(content(services, { broken })).filter((row) => row.kind === 'service');
        assert.equal(rows.length, services.length);
        assert.ok(rows.every(({ buttons }) => buttons.length <= 3));
      }),
    );
  });
});

describe('core/views/pick: the actions of one service', () => {
  const actions = (each: Service): string[] =>
    pickActions(each).map((row) => (row.kind === 'action' ? ran(row.action) : drawn(row)));

  it('begin with the diagnosis of a service that is unwell', () => {
    assert.deepEqual(actions(named('api', failed(crash))), [
      'diagnose(api)',
      'start(api)',
      'showTerminal(api)',
      'dismiss(api)',
      'openConfig(api)',
    ]);
  });

  it('begin with the page of a service that is well, and have its checks', () => {
    const checks = [{ name: 'Items', http: '/items' }];
    assert.deepEqual(actions(service(running(healthy), { port: 8000, checks })), [
      'open(backend)',
      'showTerminal(backend)',
      'restart(backend)',
      'stop(backend)',
      'runChecks(backend)',
      'openConfig(backend)',
    ]);
  });

  it('begin with the start of a service that is not running, in any state', () => {
    assert.equal(actions(named('api', everyState['never'] ?? assert.fail()))[0], 'start(api)');
    fc.assert(fc.property(anyService, (each) => assert.ok(actions(each).length > 0)));
  });
});
