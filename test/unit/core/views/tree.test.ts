import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { BrokenService } from '../../../../src/core/model/brokenService';
import type { Service } from '../../../../src/core/lifecycle/state';
import { hasSameRows, outline } from '../../../../src/core/views/outline';
import { badge, row, tree } from '../../../../src/core/views/tree';
import type { TreeNode } from '../../../../src/core/views/tree';
import { isCounting } from '../../../../src/core/views/words';
import { anyBroken, anyService, time } from './arbitrary';
import { crash, everyState, failed, healthy, named, none, now, running, service, unhealthy } from './samples';

describe('core/views/tree', () => {
  it('says every state in words, with its reason, an icon and what can be done', () => {
    assert.deepEqual(
      everyRow(({ icon, label, description, contextValue }) => {
        return `$(${icon.id}${icon.color === undefined ? '' : ` ${icon.color}`}) ${label} ${description} [${contextValue}]`;
      }),
      [
        'never: $(record descriptionForeground) backend Not started [service;startable]',
        'stopped: $(circle-outline descriptionForeground) backend Stopped [service;startable;terminal]',
        'ctrlC: $(circle-outline descriptionForeground) backend Stopped · Ctrl+C was pressed in its terminal. [service;startable;terminal]',
        'closed: $(circle-outline descriptionForeground) backend Stopped · Its terminal was closed. [service;startable]',
        'forced: $(circle-outline descriptionForeground) backend Stopped · It did not exit within 10 s of SIGINT, so it was killed: pids 4711, 4712. [service;startable;terminal]',
        'queued: $(watch descriptionForeground) backend Waiting for postgres (starting, 12 s) [service;stoppable]',
        'queuedForNothing: $(watch descriptionForeground) backend Waiting [service;stoppable]',
        'launching: $(loading~spin) backend Starting · 0 s [service;stoppable]',
        'settingUp: $(loading~spin) backend Setup: install (2 of 3) · 12 s [service;stoppable;terminal]',
        'starting: $(loading~spin) backend Starting · :8000 · 3 s · Waiting for its first answer. [service;stoppable;restartable;openable;terminal]',
        'startingRefused: $(loading~spin) backend Starting · :8000 · 3 s · Nothing listens on port 8000 yet. [service;stoppable;restartable;openable;terminal]',
        'startingNoProbe: $(loading~spin) backend Starting · :8000 · 3 s · Waiting for its first answer. [service;stoppable;restartable;openable;terminal]',
        'startingUnhealthy: $(warning list.warningForeground) backend Unhealthy · :8000 · 3 s · It answered with HTTP status 500, expected was 200 to 399. [service;troubled;stoppable;restartable;openable;terminal]',
        'startingLost: $(loading~spin) backend Starting · :8000 · 3 s · terminal lost · Waiting for its first answer. [service;startable;stoppable;restartable;openable]',
        'healthy: $(pass testing.iconPassed) backend Healthy · :8000 · 10 ms [service;stoppable;restartable;openable;terminal]',
        'noProbe: $(pass) backend Running (no probe) · :8000 [service;stoppable;restartable;openable;terminal]',
        'unknown: $(loading~spin) backend Running (no answer yet) · :8000 · Waiting for its first answer. [service;stoppable;restartable;openable;terminal]',
        'unanswered: $(loading~spin) backend Running (no answer yet) · :8000 · Nothing listens on port 8000. [service;stoppable;restartable;openable;terminal]',
        'unhealthy: $(warning list.warningForeground) backend Unhealthy · :8000 · It answered with HTTP status 500, expected was 200 to 399. [service;troubled;stoppable;restartable;openable;terminal]',
        'reloading: $(sync~spin testing.iconPassed) backend Reloading · :8000 · 2 s [service;stoppable;restartable;openable;terminal]',
        'healthyLost: $(pass testing.iconPassed) backend Healthy · :8000 · 10 ms · terminal lost [service;startable;stoppable;restartable;openable]',
        'unhealthyLost: $(warning list.warningForeground) backend Unhealthy · :8000 · terminal lost · It answered with HTTP status 500, expected was 200 to 399. [service;troubled;startable;stoppable;restartable;openable]',
        'stopping: $(loading~spin) backend Stopping · 2 s · It was asked to exit (SIGINT). [service;startable;terminal]',
        'stoppingForced: $(loading~spin) backend Stopping · 12 s · It did not exit in time and is being killed. [service;startable;terminal]',
        'restarting: $(loading~spin) backend Stopping · 2 s · Its start is being called off, then it starts again. [service;stoppable]',
        'backingOff: $(history list.warningForeground) backend Retrying in 4 s (1 of 5) · Exited with code 1 before it was ready: SyntaxError: invalid syntax. [service;troubled;startable;stoppable;terminal]',
        'exited: $(circle-outline descriptionForeground) backend Exited (0) [service;startable;terminal]',
        'exitedUnexplained: $(circle-outline descriptionForeground) backend Exited [service;startable;terminal]',
        'crashed: $(error list.errorForeground) backend Failed · Exited with code 1 before it was ready: SyntaxError: invalid syntax. [service;troubled;startable;terminal]',
        'killed: $(error list.errorForeground) backend Failed · Ended without being asked to; its terminal tells more. [service;troubled;startable;terminal]',
        'noFolder: $(error list.errorForeground) backend Failed · Its folder /shop/backend does not exist: create it, or correct "cwd" in services.json. [service;troubled;startable]',
        'dependency: $(error list.errorForeground) backend Failed · Not started, because it depends on postgres: it failed. [service;troubled;startable]',
        'portTaken: $(error list.errorForeground) backend Failed · Port 8000 is used by pid 99 (node server.js): stop that process, or give the service another port. [service;troubled;startable]',
        'setupFailed: $(error list.errorForeground) backend Failed · Not started, because its setup step "install" exited with code 1: npm error code ERESOLVE. It is tried again when a file of it is saved. [service;troubled;startable;terminal]',
        'gaveUp: $(error list.errorForeground) backend Gave up · It failed again after 5 restarts: Exited with code 1 before it was ready: SyntaxError: invalid syntax. [service;troubled;startable;terminal]',
        'external: $(link-external) backend External · :8000 · Another program (pid 4711) serves its port and is only watched. [service;stoppable;openable]',
        'externalHealthy: $(link-external testing.iconPassed) backend External, healthy · :8000 · 10 ms · Another program (pid 4711) serves its port and is only watched. [service;stoppable;openable]',
        'externalUnhealthy: $(link-external list.warningForeground) backend External, unhealthy · :8000 · Another program (pid 4711) serves its port and is only watched. It answered with HTTP status 500, expected was 200 to 399. [service;troubled;stoppable;openable]',
      ],
    );
  });

  it('tells a screen reader every state in a sentence without ticking numbers', () => {
    assert.deepEqual(
      everyRow(({ spoken }) => spoken),
      [
        'never: backend, backend: Not started',
        'stopped: backend, backend: Stopped',
        'ctrlC: backend, backend: Stopped, Ctrl+C was pressed in its terminal.',
        'closed: backend, backend: Stopped, Its terminal was closed.',
        'forced: backend, backend: Stopped, It did not exit within 10 s of SIGINT, so it was killed: pids 4711, 4712.',
        'queued: backend, backend: Waiting for postgres (starting)',
        'queuedForNothing: backend, backend: Waiting, Waiting for the services it depends on.',
        'launching: backend, backend: Starting, It is being prepared and launched.',
        'settingUp: backend, backend: Setup: install (2 of 3)',
        'starting: backend, backend: Starting, Waiting for its first answer.',
        'startingRefused: backend, backend: Starting, Nothing listens on port 8000 yet.',
        'startingNoProbe: backend, backend: Starting, Waiting for its first answer.',
        'startingUnhealthy: backend, backend: Unhealthy, It answered with HTTP status 500, expected was 200 to 399.',
        'startingLost: backend, backend: Starting, Waiting for its first answer. Its terminal is lost while its process goes on: start it again to replace it.',
        'healthy: backend, backend: Healthy, port 8000',
        'noProbe: backend, backend: Running (no probe), port 8000, It runs, but nothing tells whether it answers: give "port" or "health" in services.json.',
        'unknown: backend, backend: Running (no answer yet), port 8000, Waiting for its first answer.',
        'unanswered: backend, backend: Running (no answer yet), port 8000, Nothing listens on port 8000.',
        'unhealthy: backend, backend: Unhealthy, port 8000, It answered with HTTP status 500, expected was 200 to 399.',
        'reloading: backend, backend: Reloading, port 8000, It reloads after a change and does not answer at the moment.',
        'healthyLost: backend, backend: Healthy, port 8000, Its terminal is lost while its process goes on: start it again to replace it.',
        'unhealthyLost: backend, backend: Unhealthy, port 8000, It answered with HTTP status 500, expected was 200 to 399. Its terminal is lost while its process goes on: start it again to replace it.',
        'stopping: backend, backend: Stopping, It was asked to exit (SIGINT).',
        'stoppingForced: backend, backend: Stopping, It did not exit in time and is being killed.',
        'restarting: backend, backend: Stopping, Its start is being called off, then it starts again.',
        'backingOff: backend, backend: Retrying (1 of 5), Exited with code 1 before it was ready: SyntaxError: invalid syntax.',
        'exited: backend, backend: Exited (0), It ran to its end and exited with code 0.',
        'exitedUnexplained: backend, backend: Exited, It ended by itself.',
        'crashed: backend, backend: Failed, Exited with code 1 before it was ready: SyntaxError: invalid syntax.',
        'killed: backend, backend: Failed, Ended without being asked to; its terminal tells more.',
        'noFolder: backend, backend: Failed, Its folder /shop/backend does not exist: create it, or correct "cwd" in services.json.',
        'dependency: backend, backend: Failed, Not started, because it depends on postgres: it failed.',
        'portTaken: backend, backend: Failed, Port 8000 is used by pid 99 (node server.js): stop that process, or give the service another port.',
        'setupFailed: backend, backend: Failed, Not started, because its setup step "install" exited with code 1: npm error code ERESOLVE. It is tried again when a file of it is saved.',
        'gaveUp: backend, backend: Gave up, It failed again after 5 restarts: Exited with code 1 before it was ready: SyntaxError: invalid syntax.',
        'external: backend, backend: External, port 8000, Another program (pid 4711) serves its port and is only watched.',
        'externalHealthy: backend, backend: External, healthy, port 8000, Another program (pid 4711) serves its port and is only watched.',
        'externalUnhealthy: backend, backend: External, unhealthy, port 8000, Another program (pid 4711) serves its port and is only watched. It answered with HTTP status 500, expected was 200 to 399.',
      ],
    );
    for (const lifecycle of Object.values(everyState)) {
      assert.equal(rowOf(service(lifecycle), now).spoken, rowOf(service(lifecycle), now + 5000).spoken);
    }
  });

  it('changes with the clock exactly where it says that it counts', () => {
    for (const [name, lifecycle] of Object.entries(everyState)) {
      const changes = rowOf(service(lifecycle), now).description !== rowOf(service(lifecycle), now + 2000).description;
      assert.equal(changes, isCounting(service(lifecycle)) && name !== 'queuedForNothing', name);
    }
  });

  it('is flat with one folder, and has rows for what is not usable', () => {
    const services = [named('backend', running(healthy)), named('web', { kind: 'stopped', cause: { kind: 'never' } })];
    assert.deepEqual(drawn(tree(services, [mistake('api', 'api')])), [
      'backend: Healthy · :8000 · 10 ms',
      'web: Not started',
      'api: Not usable · The port 99999 is out of range.',
    ]);
  });

  it('is grouped by folder when ids carry the folder', () => {
    const inFolder = (folder: string, key: string): Service =>
      service(running(healthy), { id: `${folder}/${key}`, key, folder: `/repos/${folder}`, folderName: folder });
    const services = [inFolder('shop', 'backend'), inFolder('blog', 'backend'), inFolder('shop', 'web')];
    const roots = tree(services, [{ ...mistake('blog/api', 'api'), folder: '/repos/blog', folderName: 'blog' }]);
    assert.deepEqual(drawn(roots), [
      'shop (Folder shop, 2 services)',
      '  backend: Healthy · :8000 · 10 ms',
      '  web: Healthy · :8000 · 10 ms',
      'blog (Folder blog, 2 services)',
      '  backend: Healthy · :8000 · 10 ms',
      '  api: Not usable · The port 99999 is out of range.',
    ]);
  });

  it('opens the terminal of a service, and the file of a mistake', () => {
    assert.deepEqual(rowOf(named('web', running(none)), now).command, {
      id: 'serviceLifecycle.showTerminal',
      title: 'Show Terminal',
      argument: 'web',
    });
    const [node] = tree([], [mistake('api', 'api')]);
    assert.ok(node);
    assert.equal(row(node, now).command?.id, 'serviceLifecycle.openConfig');
  });

  it('offers to open a database only with an address of its own', () => {
    const lifecycle = running(healthy);
    assert.doesNotMatch(rowOf(service(lifecycle, { role: 'database' }), now).contextValue, /openable/);
    assert.match(rowOf(service(lifecycle, { role: 'database', url: 'http://localhost:8081' }), now).contextValue, /openable/);
    const { port: _port, ...spec } = service(lifecycle).spec;
    assert.doesNotMatch(rowOf({ ...service(lifecycle), spec }, now).contextValue, /openable/);
  });

  it('counts in its badge the services that need a person', () => {
    assert.equal(badge([named('a', running(healthy)), named('b', { kind: 'stopped', cause: { kind: 'command' } })]), undefined);
    assert.deepEqual(badge([named('a', running(unhealthy))]), { value: 1, tooltip: '1 service needs attention: a (unhealthy)' });
    assert.deepEqual(badge([named('a', running(unhealthy)), named('b', failed(crash)), named('c', running(none))]), {
      value: 2,
      tooltip: '2 services need attention: a (unhealthy), b (failed)',
    });
  });

  it('never throws, and gives equal rows for equal states', () => {
    fc.assert(
      fc.property(fc.array(anyService, { maxLength: 4 }), fc.array(anyBroken, { maxLength: 2 }), time, (services, broken, at) => {
        const nodes = [...outline(tree(services, broken)).nodes.values()];
        assert.deepEqual(
          nodes.map((node) => row(node, at)),
          nodes.map((node) => row(node, at)),
        );
        badge(services);
      }),
    );
  });
});

describe('core/views/outline', () => {
  const roots = (...services: Service[]) => outline(tree(services, []));

  it('sees the same rows whatever they say', () => {
    assert.ok(hasSameRows(roots(named('a', running(healthy))), roots(named('a', running(unhealthy)))));
  });

  it('sees rows that came, went, or changed places', () => {
    const [a, b] = [named('a', running(healthy)), named('b', running(healthy))];
    assert.ok(!hasSameRows(roots(a), roots(a, b)));
    assert.ok(!hasSameRows(roots(a, b), roots(a)));
    assert.ok(!hasSameRows(roots(a, b), roots(b, a)));
  });

  it('knows the folder of a row', () => {
    const { parents } = roots(service(running(healthy), { id: 'shop/backend' }));
    assert.equal(parents.get('service:shop/backend'), 'folder:/shop');
  });
});

function rowOf(of: Service, at: number) {
  const [node] = tree([of], []);
  assert.ok(node);
  return row(node, at);
}

const everyRow = (text: (shown: ReturnType<typeof row>) => string): string[] =>
  Object.entries(everyState).map(([name, lifecycle]) => `${name}: ${text(rowOf(service(lifecycle), now))}`);

const mistake = (id: string, key: string): BrokenService => ({
  id,
  key,
  folder: '/shop',
  folderName: 'shop',
  message: 'The port 99999 is out of range.',
});

/** The whole view as text. */
const drawn = (nodes: readonly TreeNode[], indent = ''): string[] =>
  nodes.flatMap((node) => {
    const { label, description, spoken } = row(node, now);
    return node.kind === 'folder'
      ? [`${indent}${label} (${spoken})`, ...drawn(node.children, `${indent}  `)]
      : [`${indent}${label}: ${description}`];
  });
