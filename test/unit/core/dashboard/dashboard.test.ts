/** The dashboard as data: rows, order, timeline, charts, graph and messages. */
import assert from 'node:assert/strict';
import { graphOf } from '../../../../src/core/dashboard/graph';
import { readDashboardMessage } from '../../../../src/core/dashboard/messages';
import type { DashboardService } from '../../../../src/core/dashboard/messages';
import { aligned, seriesOf } from '../../../../src/core/dashboard/series';
import { sorted, sortedBy } from '../../../../src/core/dashboard/sorting';
import { timelineOf } from '../../../../src/core/dashboard/timeline';
import { noHistory } from '../../../../src/core/history/record';
import type { HistoryEvent, HistorySample } from '../../../../src/core/history/record';

const service = (id: string, changes: Partial<DashboardService> = {}): DashboardService => ({
  ...{ id, role: 'other', group: 'shop', state: 'Healthy', severity: 'fine', restarts: 0, actions: [], needs: [] },
  ...changes,
});
const ids = (services: readonly DashboardService[]): string => services.map(({ id }) => id).join(' ');

describe('core/dashboard: the order of rows', () => {
  const services = [service('b', { memory: 5 }), service('a', { memory: 9 }), service('c'), service('d', { memory: 1 })];

  it('is that of the files without a sorting', () => {
    assert.equal(ids(sorted(services, undefined, 0)), 'b a c d');
  });

  it('has what is unknown last in both directions', () => {
    const down = sortedBy(undefined, 'memory');
    assert.equal(ids(sorted(services, down, 0)), 'a b d c');
    assert.equal(ids(sorted(services, sortedBy(down, 'memory'), 0)), 'd b a c');
    assert.equal(ids(sorted(services, sortedBy(down, 'service'), 0)), 'a b c d');
  });

  it('has the sick first when sorted by state', () => {
    const mixed = [service('a'), service('b', { severity: 'error' }), service('c', { severity: 'idle' })];
    assert.equal(ids(sorted(mixed, sortedBy(undefined, 'state'), 0)), 'b a c');
  });
});

describe('core/dashboard: the timeline', () => {
  const event = (at: number, what: HistoryEvent['what']): HistoryEvent => ({ kind: 'event', at, what, run: 'r', cause: 'x' });

  it('has a band for each service, and incidents of all with the newest first', () => {
    const now = 10_000_000;
    const histories = new Map([
      ['a', { ...noHistory, events: [event(now - 60_000, 'failed')] }],
      ['b', { ...noHistory, events: [event(now - 30_000, 'failed')] }],
    ]);
    const { bands, incidents } = timelineOf(histories, now);
    assert.deepEqual(
      bands.map(({ service: id, bands: states }) => [id, states.map(({ state }) => state).join(' ')]),
      [
        ['a', 'unknown failed'],
        ['b', 'unknown failed'],
      ],
    );
    assert.deepEqual(
      incidents.map(({ text }) => text),
      ['b failed (x) and has been down for 30 s.', 'a failed (x) and has been down for 1 min.'],
    );
  });
});

describe('core/dashboard: series of samples', () => {
  const sample = (at: number, memory: number): HistorySample => ({ kind: 'sample', at, memory });

  it('leave out what is older, and have an empty row in a gap', () => {
    const series = seriesOf('a', [sample(1000, 1), sample(20_000, 2), sample(35_000, 3), sample(200_000, 4)], 15_000);
    assert.deepEqual(
      [series.at, series.memory],
      [
        [20, 35, 65, 200],
        [2, 3, null, 4],
      ],
    );
  });

  it('share one axis of time, on which only real gaps are gaps', () => {
    const [a, b] = [seriesOf('a', [sample(1000, 1), sample(16_000, 2)], 0), seriesOf('b', [sample(9000, 7)], 0)];
    assert.deepEqual(aligned([a, b], 'memory'), [
      [1, 9, 16],
      [1, undefined, 2],
      [undefined, 7, undefined],
    ]);
  });
});

describe('core/dashboard: the graph of dependencies', () => {
  const needs = (...names: readonly string[]): Partial<DashboardService> => ({
    needs: names.map((id) => ({ id, isAwaited: id === 'db' })),
  });

  it('has what others depend on first, and leaves out what stands alone or is not configured', () => {
    const { nodes, edges } = graphOf([
      service('web', needs('api', 'gone')),
      service('api', needs('db')),
      service('db'),
      service('alone'),
    ]);
    assert.deepEqual(
      nodes.map(({ id, column, row }) => [id, column, row]),
      [
        ['web', 2, 0],
        ['api', 1, 0],
        ['db', 0, 0],
      ],
    );
    assert.deepEqual(
      edges.map(({ from, to, isAwaited }) => [from, to, isAwaited]),
      [
        ['web', 'api', false],
        ['api', 'db', true],
      ],
    );
  });

  it('ends for a circle', () => {
    assert.equal(graphOf([service('a', needs('b')), service('b', needs('a'))]).nodes.length, 2);
  });
});

describe('core/dashboard: messages of the page', () => {
  it('are read, and nothing else is', () => {
    assert.deepEqual(readDashboardMessage({ kind: 'dashboard.show', tab: 'log', service: 'a', at: 5, more: 1 }), {
      ...{ kind: 'dashboard.show', tab: 'log', service: 'a', at: 5 },
    });
    assert.deepEqual(readDashboardMessage({ kind: 'dashboard.act', action: 'stop', service: 'a' }), {
      ...{ kind: 'dashboard.act', action: 'stop', service: 'a' },
    });
    for (const wrong of [
      ...[undefined, 'x', { kind: 'dashboard.show', tab: 'x' }, { kind: 'dashboard.act', action: 'freePort', service: 'a' }],
      ...[{ kind: 'dashboard.act', action: 'stop' }, { kind: 'dashboard.check' }, { kind: 'other' }],
    ])
      assert.equal(readDashboardMessage(wrong), undefined);
  });
});
