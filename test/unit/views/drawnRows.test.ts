/** When a row of the Services view is drawn again. */
import assert from 'node:assert/strict';
import type { Health } from '../../../src/core/model/health';
import { row } from '../../../src/core/views/tree';
import type { Row, TreeNode } from '../../../src/core/views/tree';
import { DrawnRows } from '../../../src/views/drawnRows';
import { good, running, service } from '../core/views/samples';

describe('views/drawnRows', () => {
  let at = 0;
  let rows: DrawnRows;
  const node = (latencyMs: number): TreeNode => {
    const health: Health = { kind: 'healthy', since: 1, streak: { successes: 1, failures: 0 }, last: { ...good, latencyMs } };
    return { kind: 'service', key: 'web', service: service(running(health)) };
  };
  const shown = (latencyMs: number): Row => row(node(latencyMs), 'hidden');

  beforeEach(() => {
    at = 0;
    rows = new DrawnRows({ elapsed: () => at });
    rows.set(node(5), shown(5));
  });

  it('is at once for another state, and for a row that was not drawn', () => {
    const failed: Row = { ...shown(5), description: 'Failed' };
    assert.ok(rows.isOutdated('web', failed, 'unseen'));
    assert.ok(rows.isOutdated('new', shown(5), 'unseen'));
    assert.ok(!rows.isOutdated('web', shown(5), 'seen'));
  });

  it('is at most every 10 s for a figure, and never where it is not seen', () => {
    at = 9_999;
    assert.ok(!rows.isOutdated('web', shown(300), 'seen'));
    at = 10_000;
    assert.ok(rows.isOutdated('web', shown(300), 'seen'));
    assert.ok(!rows.isOutdated('web', shown(300), 'unseen'));
    rows.set(node(5), shown(300));
    assert.ok(!rows.isOutdated('web', shown(5), 'seen'));
  });

  it('is known from the figures alone, without a row', () => {
    assert.ok(!rows.hasOutdatedFigures(node(300), 'hidden'));
    at = 10_000;
    assert.ok(rows.hasOutdatedFigures(node(300), 'hidden'));
    assert.ok(!rows.hasOutdatedFigures(node(5), 'hidden'));
  });

  it('is not for a response time that differs by less than 5 ms or a fifth', () => {
    at = 10_000;
    const outdated = (latencyMs: number): boolean => rows.hasOutdatedFigures(node(latencyMs), 'hidden');
    assert.deepEqual([2, 9, 10].map(outdated), [false, false, true]);
    rows.set(node(80), shown(80));
    at = 20_000;
    assert.deepEqual([65, 95, 64, 97].map(outdated), [false, false, true, true]);
  });

  it('is known of the node that it was made for', () => {
    const [drawn, later] = [node(5), node(6)];
    const made = row(drawn, 'hidden');
    rows.set(drawn, made);
    assert.equal(rows.of(drawn), made);
    assert.equal(rows.of(later), undefined);
  });

  it('is a matter of the rows that are left', () => {
    rows.retain(new Set());
    assert.ok(rows.isOutdated('web', shown(5), 'unseen'));
  });
});
