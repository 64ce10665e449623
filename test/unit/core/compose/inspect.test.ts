/** What the real engine printed (20.10.24), for containers that Compose 2.26.1 and docker-compose 1.29.2 had made. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEvent } from '../../../../src/core/compose/engineEvent';
import { parseInspect } from '../../../../src/core/compose/inspect';
import type { Container } from '../../../../src/core/model/container';
import { repositoryRoot } from '../../../support/repository';

const captured = (name: string): string => readFileSync(join(repositoryRoot, 'test', 'fixtures', 'engine', name), 'utf8');

function only(name: string): Container {
  const [container, ...more] = parseInspect(captured(name)) ?? [];
  assert.ok(container !== undefined && more.length === 0, name);
  return container;
}

describe('core/compose/inspect', () => {
  const states: readonly (readonly [name: string, Partial<Container>])[] = [
    ['v2/starting.json', { state: 'running', health: { status: 'starting', failures: 0, output: '' } }],
    ['v2/healthy.json', { state: 'running', health: { status: 'healthy', failures: 0, output: 'ok' } }],
    ['v2/paused.json', { state: 'paused' }],
    ['v2/exited.json', { state: 'exited', exitCode: 137, outOfMemory: false }],
    ['v2/oom.json', { state: 'exited', exitCode: 137, outOfMemory: true }],
    ['v2/clash.json', { state: 'created', exitCode: 128 }],
    ['v2/restarting.json', { state: 'restarting', exitCode: 3 }],
    ['v1/healthy.json', { state: 'running', health: { status: 'healthy', failures: 0, output: 'ok' } }],
    ['v1/exited.json', { state: 'exited', exitCode: 137, outOfMemory: false }],
    ['v1/oom.json', { state: 'exited', exitCode: 137, outOfMemory: true }],
  ];
  for (const [name, expected] of states) {
    it(`reads the state in ${name}`, () => {
      const container = only(name);
      const keys = Object.keys(expected) as (keyof Container)[];
      assert.deepEqual(Object.fromEntries(keys.map((key) => [key, container[key]])), expected);
      assert.equal(container.project, 'shop');
    });
  }

  for (const name of ['v2/unhealthy.json', 'v1/unhealthy.json']) {
    it(`reads what the failing health check printed in ${name}`, () => {
      const { health } = only(name);
      assert.equal(health?.status, 'unhealthy');
      assert.ok(health.failures >= 2);
      assert.equal(health.output, 'wget: server returned error: HTTP/1.1 404 Not Found');
    });
  }

  it('reads names, labels, moments and published ports', () => {
    const { id, name, service, image, startedAt, finishedAt, ports } = only('v2/healthy.json');
    assert.match(id, /^[0-9a-f]{64}$/);
    assert.deepEqual([name, service, image, finishedAt], ['shop-db-1', 'db', 'shop-db:1', undefined]);
    assert.match(startedAt ?? '', /^\d{4}-\d\d-\d\dT.*Z$/);
    assert.deepEqual(ports, [
      { host: '127.0.0.1', published: 15432, target: 80, protocol: 'tcp' },
      { host: '0.0.0.0', published: 16432, target: 81, protocol: 'udp' },
      { host: '::', published: 16432, target: 81, protocol: 'udp' },
    ]);
    assert.equal(only('v1/healthy.json').name, 'shop_db_1');
    assert.deepEqual(only('v2/exited.json').ports, []);
  });

  it('keeps the moment of the latest end of one that runs again, and the number of restarts', () => {
    const { finishedAt, startedAt, restarts } = only('v2/restarting.json');
    assert.ok(restarts >= 1);
    assert.ok(finishedAt !== undefined && startedAt !== undefined);
  });

  it('keeps why the engine could not start it', () => {
    assert.match(only('v2/clash.json').error, /0\.0\.0\.0:15432: bind: address already in use$/);
    assert.equal(only('v2/clash.json').startedAt, undefined);
  });

  it('reads nothing into what is no container', () => {
    assert.equal(parseInspect(''), undefined);
    assert.equal(parseInspect('Cannot connect to the Docker daemon'), undefined);
    assert.equal(parseInspect('{"Id":"a"}'), undefined);
    assert.deepEqual(parseInspect('[]'), []);
    assert.deepEqual(parseInspect('[null, 1, {}, { "Id": "a" }, { "Id": "a", "State": { "Status": "melted" } }]'), []);
  });

  it('knows the states that only Podman has', () => {
    const stateOf = (status: string): string | undefined =>
      parseInspect(JSON.stringify([{ Id: 'a', State: { Status: status } }]))?.[0]?.state;
    const names = ['configured', 'initialized', 'stopping', 'stopped'];
    assert.deepEqual(names.map(stateOf), ['created', 'created', 'running', 'exited']);
  });

  it('takes no value of another kind for granted', () => {
    const odd = {
      Id: 'a',
      State: { Status: 'running', ExitCode: '0', OOMKilled: 'no', Health: [] },
      NetworkSettings: { Ports: { '80/tcp': 1 } },
    };
    assert.deepEqual(parseInspect(JSON.stringify([{ ...odd, Config: { Labels: null } }])), [
      {
        ...{ id: 'a', name: '', project: '', service: '', image: '', state: 'running', exitCode: 0 },
        ...{ outOfMemory: false, restarts: 0, error: '', ports: [] },
      },
    ]);
  });
});

describe('core/compose/engineEvent', () => {
  const lines = captured('events.ndjson').trim().split('\n');

  it('reads the events of containers in their order, and none of networks', () => {
    const events = lines.flatMap((line) => parseEvent(line) ?? []);
    assert.ok(events.length < lines.length && events.every(({ project }) => project === 'shop'));
    const ofDb = events.filter(({ service }) => service === 'db').map(({ action }) => action);
    const shown = ofDb.filter((action) => !action.startsWith('exec_'));
    assert.deepEqual(shown.slice(0, 4), ['create', 'start', 'health_status', 'health_status']);
    for (const action of ['pause', 'unpause', 'kill', 'die', 'stop', 'destroy']) assert.ok(shown.includes(action), action);
    assert.deepEqual(
      events.filter(({ service }) => service === 'oom').map(({ action }) => action),
      ['create', 'start', 'oom', 'die', 'destroy'],
    );
  });

  it('reads what Podman writes, which has the older names only', () => {
    const line =
      '{"status":"health_status","id":"abc","Type":"container","Actor":{"Attributes":{"com.docker.compose.service":"db"}}}';
    assert.deepEqual(parseEvent(line), { container: 'abc', action: 'health_status', project: '', service: 'db' });
  });

  it('reads what Podman 4.3.1 wrote, as an engine and by its own command line', () => {
    const events = captured('podman/events.ndjson')
      .trim()
      .split('\n')
      .map((line) => parseEvent(line));
    assert.deepEqual(
      events.map((event) => [event?.action, event?.project, event?.service]),
      ['health_status', 'die', 'remove', 'died'].map((action) => [action, 'shop', 'db']),
    );
    for (const event of events) assert.match(event?.container ?? '', /^[0-9a-f]{64}$/);
  });

  it('reads nothing into anything else', () => {
    for (const line of ['', '{', 'null', '[]', '{"Type":"container"}', '{"Type":"network","Action":"create","Actor":{"ID":"a"}}'])
      assert.equal(parseEvent(line), undefined, line);
  });
});
