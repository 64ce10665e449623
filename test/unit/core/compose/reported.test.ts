/** Lines of `docker events`, and what is known of a container at once. */
import assert from 'node:assert/strict';
import { parseEvent } from '../../../../src/core/compose/engineEvent';
import { reported } from '../../../../src/core/compose/reported';
import type { Container } from '../../../../src/core/model/container';
import { aContainer } from '../../../support/fakes/containers';

const line = (action: string, id = 'c1'): string =>
  JSON.stringify({
    ...{ status: action, id, Type: 'container', Action: action, time: 1790000000 },
    Actor: { ID: id, Attributes: { 'com.docker.compose.project': 'shop', 'com.docker.compose.service': 'db' } },
  });

describe('core/compose/reported', () => {
  const checked: Container = aContainer({ health: { status: 'healthy', failures: 0, output: 'ok' } });
  const after = (action: string, before: Container | undefined = checked, id = 'c1'): Container | undefined => {
    const event = parseEvent(line(action, id));
    assert.ok(event !== undefined);
    return reported(before, event);
  };

  it('knows the result of a health check, and not what it printed', () => {
    assert.deepEqual(after('health_status: unhealthy')?.health, { status: 'unhealthy', failures: 1, output: '' });
    assert.deepEqual(after('health_status: healthy')?.health, { status: 'healthy', failures: 0, output: '' });
    assert.deepEqual(after('health_status: starting')?.health?.status, 'starting');
  });

  it('leaves all else to the engine', () => {
    assert.equal(after('die'), undefined);
    assert.equal(after('health_status: good'), undefined);
    assert.equal(after('health_status'), undefined);
  });

  it('says nothing of a container that is not known, is another one, has no check or does not run', () => {
    const event = parseEvent(line('health_status: unhealthy'));
    assert.ok(event !== undefined);
    assert.equal(reported(undefined, event), undefined);
    assert.equal(after('health_status: unhealthy', checked, 'c2'), undefined);
    assert.equal(after('health_status: unhealthy', aContainer()), undefined);
    assert.equal(after('health_status: unhealthy', { ...checked, state: 'paused' }), undefined);
  });

  it('keeps the name of the action without what follows it', () => {
    assert.deepEqual(parseEvent(line('health_status: unhealthy')), {
      ...{ container: 'c1', action: 'health_status', health: 'unhealthy', project: 'shop', service: 'db' },
    });
    assert.deepEqual(parseEvent(line('exec_create: /bin/sh -c true')), {
      ...{ container: 'c1', action: 'exec_create', project: 'shop', service: 'db' },
    });
  });
});
