/** A health path that was not tried: how it is recognized, and when a response shows that it is wrong. */
import assert from 'node:assert/strict';
import type { Health } from '../../../../src/core/model/health';
import { doubtfulStatus, isUnproven, unprovenStatuses } from '../../../../src/core/model/unprovenPath';
import type { ProbeSpec } from '../../../../src/core/model/service';
import { toSnapshot } from '../../../../src/core/snapshot/toSnapshot';
import { actionsOf } from '../../../../src/core/views/actions';
import { rowText } from '../../../../src/core/views/rowText';
import { severity } from '../../../../src/core/views/icon';
import { verdictKey } from '../../../../src/core/snapshot/verdictKey';
import { editedHealth } from '../../../../src/core/authoring/editedHealth';
import { running, service, unhealthy } from '../views/samples';
import { probe as plain } from '../diagnosis/sample';

const probe: ProbeSpec = { ...plain, status: unprovenStatuses };
const responded = (status: number): Health => ({
  kind: 'healthy',
  since: 1,
  streak: { successes: 1, failures: 0 },
  last: { ok: true, at: 1, latencyMs: 5, status },
});
const up = (status: number, asked = probe) => service(running(responded(status)), { probe: asked, port: 8000 });

describe('a health path that was not tried', () => {
  it('is recognized by the three statuses of a wrong path', () => {
    assert.ok(isUnproven(probe));
    for (const status of [undefined, [200, 401], [404], [401, 403]])
      assert.ok(!isUnproven({ ...plain, ...(status === undefined ? {} : { status }) }), JSON.stringify(status));
    assert.ok(!isUnproven({ ...probe, json: { ok: true } }));
    assert.ok(!isUnproven({ ...probe, target: { kind: 'tcp', port: 8000 } }));
  });

  it('is in doubt while it gives 401, 403 or 404, and the service is healthy', () => {
    for (const status of [401, 403, 404]) assert.equal(doubtfulStatus(probe, responded(status)), status);
    for (const status of [200, 204, 302]) assert.equal(doubtfulStatus(probe, responded(status)), undefined);
    assert.equal(doubtfulStatus(probe, unhealthy), undefined);
    assert.equal(doubtfulStatus({ ...plain, status: [404] }, responded(404)), undefined);
    assert.equal(doubtfulStatus(undefined, responded(404)), undefined);
  });

  it('is said in the row and the reason of a service that counts as up, with the diagnosis offered', () => {
    const wrong = up(404);
    assert.equal(rowText(wrong), 'Up; /health gave HTTP 404');
    assert.equal(
      toSnapshot(wrong).reason,
      'The server responds, but does not know the health path /health (HTTP 404). It counts as up.',
    );
    assert.equal(toSnapshot(wrong).health, 'healthy');
    assert.equal(severity(wrong), 'fine');
    assert.ok(actionsOf(wrong).includes('diagnose'));
    assert.match(toSnapshot(up(401)).reason ?? '', /requires a login \(HTTP 401\)/);
  });

  it('says nothing of a path that responds, or whose status the user accepted', () => {
    for (const fine of [up(200), up(401, { ...plain, status: [200, 401] })]) {
      assert.equal(toSnapshot(fine).reason, undefined);
      assert.ok(!actionsOf(fine).includes('diagnose'));
      assert.equal(rowText(fine), ':8000 · 5 ms');
    }
  });

  it('has a verdict of its own', () => assert.notEqual(verdictKey(up(404)), verdictKey(up(200))));

  it('is replaced by a path that responds, without what was accepted for it', () => {
    assert.equal(editedHealth(probe, { path: '/healthz' }), '/healthz');
    assert.deepEqual(editedHealth({ ...probe, interval: 1000 }, { path: '/up' }), { http: '/up', interval: '1s' });
    assert.deepEqual(editedHealth(probe, { accept: 401 }), { http: '/health', status: [200, 401] });
    assert.deepEqual(editedHealth(probe, { tcp: 8000 }), { tcp: 8000 });
    assert.deepEqual(editedHealth({ ...plain, status: [204] }, { path: '/up' }), { http: '/up', status: [204] });
    assert.deepEqual(editedHealth(probe, { timeout: 4000 }), { http: '/health', status: unprovenStatuses, timeout: '4s' });
  });
});
