import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Health } from '../../../../src/core/model/health';
import type { BrokenService } from '../../../../src/core/model/brokenService';
import type { Service } from '../../../../src/core/lifecycle/state';
import { hasSameRows, outline } from '../../../../src/core/views/outline';
import { badge, differs, row, tree } from '../../../../src/core/views/tree';
import type { TreeNode } from '../../../../src/core/views/tree';
import { anyBroken, anyService } from './arbitrary';
import { crash, everyState, failed, healthy, named, none, running, service, unhealthy } from './samples';

describe('core/views/tree', () => {
  it('shows every state in words, with its reason, an icon and its actions', () => {
    assert.deepEqual(
      everyRow(({ icon, label, description, contextValue }) => {
        return `$(${icon.id}${icon.color === undefined ? '' : ` ${icon.color}`}) ${label} ${description} [${contextValue}]`;
      }),
      [
        'never: $(circle-large-outline descriptionForeground) backend Not started [service;startable;debuggable]',
        'stopped: $(circle-large-outline descriptionForeground) backend Stopped [service;startable;terminal;debuggable]',
        'ctrlC: $(circle-large-outline descriptionForeground) backend Stopped (Ctrl+C) [service;startable;terminal;debuggable]',
        'closed: $(circle-large-outline descriptionForeground) backend Stopped (terminal closed) [service;startable;debuggable]',
        'forced: $(circle-large-outline descriptionForeground) backend Stopped (killed after 10 s) [service;startable;terminal;debuggable]',
        'queued: $(watch descriptionForeground) backend Waiting for postgres (starting) [service;stoppable;debuggable]',
        'queuedForNothing: $(watch descriptionForeground) backend Waiting [service;stoppable;debuggable]',
        'launching: $(loading~spin) backend Starting [service;stoppable;debuggable]',
        'settingUp: $(loading~spin) backend Setup: install (2 of 3) [service;stoppable;terminal;debuggable]',
        'starting: $(loading~spin) backend Starting [service;stoppable;restartable;openable;terminal;debuggable]',
        'startingRefused: $(loading~spin) backend Starting [service;stoppable;restartable;openable;terminal;debuggable]',
        'startingNoProbe: $(loading~spin) backend Starting [service;stoppable;restartable;openable;terminal;debuggable]',
        'startingUnhealthy: $(warning serviceLifecycle.warningIcon) backend HTTP 500 (health check) [service;troubled;stoppable;restartable;openable;terminal;debuggable]',
        'startingLost: $(loading~spin) backend Starting [service;startable;stoppable;restartable;openable;debuggable]',
        'healthy: $(pass serviceLifecycle.healthyIcon) backend :8000 · 10 ms [service;stoppable;restartable;openable;terminal;debuggable]',
        'noProbe: $(play-circle) backend Running · :8000 [service;stoppable;restartable;openable;terminal;debuggable]',
        'unknown: $(loading~spin) backend No response yet · :8000 [service;stoppable;restartable;openable;terminal;debuggable]',
        'unanswered: $(loading~spin) backend Nothing on port 8000 [service;stoppable;restartable;openable;terminal;debuggable]',
        'unhealthy: $(warning serviceLifecycle.warningIcon) backend HTTP 500 (health check) [service;troubled;stoppable;restartable;openable;terminal;debuggable]',
        'reloading: $(sync~spin serviceLifecycle.healthyIcon) backend Reloading · :8000 [service;stoppable;restartable;openable;terminal;debuggable]',
        'healthyLost: $(pass serviceLifecycle.healthyIcon) backend :8000 · 10 ms · no terminal [service;startable;stoppable;restartable;openable;debuggable]',
        'unhealthyLost: $(warning serviceLifecycle.warningIcon) backend HTTP 500 (health check) [service;troubled;startable;stoppable;restartable;openable;debuggable]',
        'stopping: $(loading~spin) backend Stopping [service;startable;terminal;debuggable]',
        'stoppingForced: $(loading~spin) backend Stopping [service;startable;terminal;debuggable]',
        'restarting: $(loading~spin) backend Stopping [service;stoppable;debuggable]',
        'backingOff: $(history serviceLifecycle.warningIcon) backend SyntaxError: invalid syntax [service;troubled;startable;stoppable;terminal;debuggable]',
        'exited: $(circle-large-outline descriptionForeground) backend Exited (0) [service;startable;terminal;debuggable]',
        'exitedUnexplained: $(circle-large-outline descriptionForeground) backend Exited [service;startable;terminal;debuggable]',
        'crashed: $(error serviceLifecycle.errorIcon) backend SyntaxError: invalid syntax [service;troubled;startable;terminal;dismissible;debuggable]',
        'killed: $(error serviceLifecycle.errorIcon) backend Exited unexpectedly [service;troubled;startable;terminal;dismissible;debuggable]',
        "noFolder: $(error serviceLifecycle.errorIcon) backend No folder 'backend' [service;troubled;startable;dismissible;debuggable]",
        'dependency: $(error serviceLifecycle.errorIcon) backend postgres failed [service;troubled;startable;dismissible;debuggable]',
        'portTaken: $(error serviceLifecycle.errorIcon) backend Port 8000 in use (node) [service;troubled;startable;dismissible;debuggable]',
        'setupFailed: $(error serviceLifecycle.errorIcon) backend setup "install": exit 1 [service;troubled;startable;terminal;dismissible;debuggable]',
        'gaveUp: $(error serviceLifecycle.errorIcon) backend SyntaxError: invalid syntax [service;troubled;startable;terminal;dismissible;debuggable]',
        'external: $(eye) backend :8000 · pid 4711 [service;stoppable;openable;debuggable]',
        'externalHealthy: $(eye serviceLifecycle.healthyIcon) backend :8000 · 10 ms · pid 4711 [service;stoppable;openable;debuggable]',
        'externalUnhealthy: $(eye serviceLifecycle.warningIcon) backend HTTP 500 (health check) [service;troubled;stoppable;openable;debuggable]',
      ],
    );
  });

  it('gives a screen reader every state without figures that change every second', () => {
    assert.deepEqual(
      everyRow(({ spoken }) => spoken),
      [
        'never: backend, backend: Not started',
        'stopped: backend, backend: Stopped',
        'ctrlC: backend, backend: Stopped, Ctrl+C was pressed in its terminal.',
        'closed: backend, backend: Stopped, Its terminal was closed.',
        'forced: backend, backend: Stopped, Did not exit within 10 s of SIGINT and was killed: pids 4711 and 4712.',
        'queued: backend, backend: Waiting for postgres (starting)',
        'queuedForNothing: backend, backend: Waiting, Waiting for the services it depends on.',
        'launching: backend, backend: Starting, Preparing to launch…',
        'settingUp: backend, backend: Setup: install (2 of 3)',
        'starting: backend, backend: Starting, Waiting for the first response.',
        'startingRefused: backend, backend: Starting, Nothing is listening on port 8000 yet.',
        'startingNoProbe: backend, backend: Starting, Waiting for the first response.',
        'startingUnhealthy: backend, backend: Unhealthy, Health check returned HTTP 500 (expected 200–399).',
        'startingLost: backend, backend: Starting, Waiting for the first response. Running without a terminal. Start it again to get one.',
        'healthy: backend, backend: Healthy, port 8000',
        'noProbe: backend, backend: Running (no health check), port 8000, Running without a health check. Add "port" or "health" in services.json.',
        'unknown: backend, backend: Running (no response yet), port 8000, Waiting for the first response.',
        'unanswered: backend, backend: Running (no response yet), port 8000, Nothing is listening on port 8000.',
        'unhealthy: backend, backend: Unhealthy, port 8000, Health check returned HTTP 500 (expected 200–399).',
        'reloading: backend, backend: Reloading, port 8000, Reloading after a change; not responding yet.',
        'healthyLost: backend, backend: Healthy, port 8000, Running without a terminal. Start it again to get one.',
        'unhealthyLost: backend, backend: Unhealthy, port 8000, Health check returned HTTP 500 (expected 200–399). Running without a terminal. Start it again to get one.',
        'stopping: backend, backend: Stopping, Waiting for it to exit (SIGINT)…',
        'stoppingForced: backend, backend: Stopping, Did not exit in time; killing it…',
        'restarting: backend, backend: Stopping, Cancelling the start, then restarting…',
        'backingOff: backend, backend: Retrying (1 of 5), SyntaxError: invalid syntax (exit code 1, during startup).',
        'exited: backend, backend: Exited (0), Exited with code 0.',
        'exitedUnexplained: backend, backend: Exited, Exited; the exit code is unknown.',
        'crashed: backend, backend: Failed, SyntaxError: invalid syntax (exit code 1, during startup).',
        'killed: backend, backend: Failed, Exited unexpectedly. See the terminal for details.',
        'noFolder: backend, backend: Failed, Folder not found: /shop/backend. Create it, or correct "cwd" in services.json.',
        'dependency: backend, backend: Failed, Depends on postgres, which is not available: it failed.',
        'portTaken: backend, backend: Failed, Port 8000 is in use by pid 99 (node server.js). Stop that process, or give the service another port.',
        'setupFailed: backend, backend: Failed, npm error code ERESOLVE (setup step "install" failed with exit code 1). Will retry when a file in its folder is saved.',
        'gaveUp: backend, backend: Gave up, SyntaxError: invalid syntax (exit code 1, during startup). Failed again after 5 restarts.',
        'external: backend, backend: External, port 8000, Port in use by another process (pid 4711); monitoring only.',
        'externalHealthy: backend, backend: External, healthy, port 8000, Port in use by another process (pid 4711); monitoring only.',
        'externalUnhealthy: backend, backend: External, unhealthy, port 8000, Health check returned HTTP 500 (expected 200–399). Port in use by another process (pid 4711); monitoring only.',
      ],
    );
  });

  it('is flat with one folder, and has rows for invalid services', () => {
    const services = [named('backend', running(healthy)), named('web', { kind: 'stopped', cause: { kind: 'never' } })];
    assert.deepEqual(drawn(tree(services, [invalid('api', 'api')])), [
      'backend: :8000 · 10 ms',
      'web: Not started',
      'api: The port 99999 is out of range',
    ]);
  });

  it('is grouped by folder in a multi-root workspace', () => {
    const inFolder = (folder: string, key: string): Service =>
      service(running(healthy), { id: `${folder}/${key}`, key, folder: `/repos/${folder}`, folderName: folder });
    const services = [inFolder('shop', 'backend'), inFolder('blog', 'backend'), inFolder('shop', 'web')];
    const roots = tree(services, [{ ...invalid('blog/api', 'api'), folder: '/repos/blog', folderName: 'blog' }]);
    assert.deepEqual(drawn(roots), [
      'shop (Folder shop, 2 services)',
      '  backend: :8000 · 10 ms',
      '  web: :8000 · 10 ms',
      'blog (Folder blog, 2 services)',
      '  backend: :8000 · 10 ms',
      '  api: The port 99999 is out of range',
    ]);
  });

  it('is grouped by group in the order of the file, each service in every group of it, and the others below', () => {
    const services = [inGroups('backend', 'core'), inGroups('docs'), inGroups('web', 'site', 'core')];
    const roots = tree(services, [invalid('api', 'api')], [], 'group');
    assert.deepEqual(drawn(roots), [
      'core (Group core, 2 services)',
      '  backend: :8000 · 10 ms',
      '  web: :8000 · 10 ms',
      'site (Group site, 1 service)',
      '  web: :8000 · 10 ms',
      'docs: :8000 · 10 ms',
      'api: The port 99999 is out of range',
    ]);
    const { nodes, rows } = outline(roots);
    assert.deepEqual(rows.get('web'), ['group:core/service:web', 'group:site/service:web']);
    assert.equal(nodes.size, 7, 'every row has a key of its own');
  });

  it('is grouped by role in a fixed order, without roles that no service has', () => {
    const services = [
      service(running(healthy), { id: 'web', key: 'web', role: 'frontend' }),
      service(running(healthy), { id: 'api', key: 'api', role: 'backend' }),
    ];
    assert.deepEqual(drawn(tree(services, [], [], 'role')), [
      'Backend (Group Backend, 1 service)',
      '  api: :8000 · 10 ms',
      'Frontend (Group Frontend, 1 service)',
      '  web: :8000 · 10 ms',
    ]);
  });

  it('names the folder of a service beside services of other folders', () => {
    const inFolder = (folder: string): Service =>
      service(running(healthy), {
        id: `${folder}/api`,
        key: 'api',
        folder: `/repos/${folder}`,
        folderName: folder,
        groups: ['core'],
      });
    const broken = [{ ...invalid('blog/web', 'web'), folderName: 'blog' }];
    assert.deepEqual(drawn(tree([inFolder('shop'), inFolder('blog')], broken, [], 'group')), [
      'core (Group core, 2 services)',
      '  shop/api: :8000 · 10 ms',
      '  blog/api: :8000 · 10 ms',
      'blog/web: The port 99999 is out of range',
    ]);
  });

  it('shows the terminal of a service, and opens the file of an invalid one', () => {
    assert.deepEqual(rowOf(named('web', running(none))).command, {
      id: 'serviceLifecycle.revealTerminal',
      title: 'Show Terminal',
      argument: 'web',
    });
    const [node] = tree([], [invalid('api', 'api')]);
    assert.ok(node);
    assert.equal(row(node).command?.id, 'serviceLifecycle.openConfig');
  });

  it('offers to open a database only with a url of its own', () => {
    const lifecycle = running(healthy);
    assert.doesNotMatch(rowOf(service(lifecycle, { role: 'database' })).contextValue, /openable/);
    assert.match(rowOf(service(lifecycle, { role: 'database', url: 'http://localhost:8081' })).contextValue, /openable/);
    const { port: _port, ...spec } = service(lifecycle).spec;
    assert.doesNotMatch(rowOf({ ...service(lifecycle), spec }).contextValue, /openable/);
  });

  it('counts the services that need attention in its badge', () => {
    assert.equal(badge([named('a', running(healthy)), named('b', { kind: 'stopped', cause: { kind: 'command' } })]), undefined);
    assert.deepEqual(badge([named('a', running(unhealthy))]), { value: 1, tooltip: '1 service needs attention: a (Unhealthy)' });
    assert.deepEqual(badge([named('a', running(unhealthy)), named('b', failed(crash)), named('c', running(none))]), {
      value: 2,
      tooltip: '2 services need attention: a (Unhealthy) and b (Failed)',
    });
  });

  it('show processor and memory by the setting only, as figures', () => {
    const [shown] = tree([{ ...service(running(healthy)), usage: { cpu: 12.4, memory: 88_500_000 } }], []);
    assert.ok(shown !== undefined);
    assert.match(row(shown, 'shown').description, / · 12% · 84 MB$/);
    assert.doesNotMatch(row(shown).description, /MB/);
    const [later] = tree([{ ...service(running(healthy)), usage: { cpu: 50, memory: 99_500_000 } }], []);
    assert.ok(later !== undefined);
    const [before, now] = [row(shown, 'shown'), row(later, 'shown')];
    assert.deepEqual([differs(before, now, 'state or figure'), differs(before, now, 'state')], [true, false]);
  });

  it('differ by a figure or by their state', () => {
    const at = (latencyMs: number) => rowOf(service(running(healthyAfter(latencyMs))));
    const [fast, slow, ill] = [at(2), at(444), rowOf(service(running(unhealthy)))];
    assert.match(slow.description, /400 ms/);
    assert.deepEqual([differs(fast, slow, 'state or figure'), differs(fast, slow, 'state')], [true, false]);
    assert.deepEqual([differs(fast, ill, 'state or figure'), differs(fast, ill, 'state')], [true, true]);
    assert.deepEqual([differs(fast, at(3), 'state or figure'), differs(fast, at(3), 'state')], [false, false]);
  });

  it('returns equal rows for equal states of any services', () => {
    fc.assert(
      fc.property(fc.array(anyService, { maxLength: 4 }), fc.array(anyBroken, { maxLength: 2 }), (services, broken) => {
        const nodes = [...outline(tree(services, broken)).nodes.values()];
        assert.deepEqual(
          nodes.map((node) => row(node)),
          nodes.map((node) => row(node)),
        );
        badge(services);
      }),
    );
  });
});

describe('core/views/outline', () => {
  const roots = (...services: Service[]) => outline(tree(services, []));

  it('finds the same rows when only their words differ', () => {
    assert.ok(hasSameRows(roots(named('a', running(healthy))), roots(named('a', running(unhealthy)))));
  });

  it('finds rows that were added, removed or moved', () => {
    const [a, b] = [named('a', running(healthy)), named('b', running(healthy))];
    assert.ok(!hasSameRows(roots(a), roots(a, b)));
    assert.ok(!hasSameRows(roots(a, b), roots(a)));
    assert.ok(!hasSameRows(roots(a, b), roots(b, a)));
  });

  it('returns the folder of a row', () => {
    const { parents } = roots(service(running(healthy), { id: 'shop/backend' }));
    assert.equal(parents.get('service:shop/backend'), 'folder:/shop');
  });
});

const healthyAfter = (latencyMs: number): Health => ({ ...healthy, last: { ok: true, at: 0, latencyMs } }) as Health;

const inGroups = (key: string, ...groups: readonly string[]): Service => service(running(healthy), { id: key, key, groups });

function rowOf(of: Service) {
  const [node] = tree([of], []);
  assert.ok(node);
  return row(node);
}

const everyRow = (text: (shown: ReturnType<typeof row>) => string): string[] =>
  Object.entries(everyState).map(([name, lifecycle]) => `${name}: ${text(rowOf(service(lifecycle)))}`);

const invalid = (id: string, key: string): BrokenService => ({
  id,
  key,
  folder: '/shop',
  folderName: 'shop',
  message: 'The port 99999 is out of range.',
});

/** Returns the whole view as text. */
const drawn = (nodes: readonly TreeNode[], indent = ''): string[] =>
  nodes.flatMap((node) => {
    const { label, description, spoken } = row(node);
    return 'children' in node
      ? [`${indent}${label} (${spoken})`, ...drawn(node.children, `${indent}  `)]
      : [`${indent}${label}: ${description}`];
  });
