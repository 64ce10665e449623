/** What the dashboard's page is sent, and since when the user was away. */
import assert from 'node:assert/strict';
import { DashboardFeed } from '../../../../src/app/dashboard/dashboardFeed';
import { Presence } from '../../../../src/app/dashboard/presence';
import type { DashboardUpdate } from '../../../../src/core/dashboard/messages';
import { noHistory } from '../../../../src/core/history/record';
import type { ServiceHistory } from '../../../../src/core/history/record';
import { FakeClock } from '../../../support/fakes/clock';
import { serviceSpec } from '../../../support/fakes/specs';
import { FakeWorld } from '../../../support/fakes/world';

class Page {
  readonly world = new FakeWorld(serviceSpec('api'), serviceSpec('db'));
  readonly sent: DashboardUpdate[] = [];
  readonly added = new Set<() => void>();
  history: ServiceHistory = noHistory;
  details = 0;
  readonly feed: DashboardFeed;

  constructor() {
    const { store, clock } = this.world;
    this.feed = new DashboardFeed(
      {
        ...{ store, clock },
        history: () => Promise.resolve(this.history),
        onDidAddHistory: (listener) => {
          this.added.add(listener);
          return { dispose: () => this.added.delete(listener) };
        },
        details: ({ spec }) => {
          this.details += 1;
          return Promise.resolve({ service: spec.id, facts: [], environment: [], processes: [] });
        },
        check: () => Promise.resolve([{ name: 'Items', ok: false, message: 'Unexpected status 500.' }]),
        describeCheck: (_, { name, ok, message = '' }) => ({ name, ok, text: message }),
      },
      (message) => this.sent.push(message),
    );
  }

  /** What was sent since the last call. */
  take(): readonly DashboardUpdate[] {
    return this.sent.splice(0);
  }
}

describe('app/dashboard: what the page is sent', () => {
  it('is everything at first, then the rows that changed', async () => {
    const page = new Page();
    const [first] = page.take();
    assert.deepEqual(
      [first?.order, first?.services?.map(({ id }) => id)],
      [
        ['api', 'db'],
        ['api', 'db'],
      ],
    );
    await page.world.up('db');
    await page.world.clock.turn(1000);
    const rows = page.take().flatMap(({ services = [], order }) => [order, ...services.map(({ id }) => id)]);
    assert.ok(rows.includes('db') && !rows.includes('api'), String(rows));
  });

  it('is at most four messages a second, and none for a probe that changes no row', async () => {
    const page = new Page();
    page.take();
    page.world.supervisor.start('api');
    page.world.supervisor.start('db');
    await page.world.clock.turn(1000);
    assert.ok(page.take().length <= 5);
  });

  it('has the timeline or the charts of the tab that is shown, again when the history grows', async () => {
    const page = new Page();
    page.feed.show({ tab: 'timeline' });
    await page.world.clock.turn(1000);
    assert.equal(page.take().at(-1)?.timeline?.bands.length, 2);
    page.feed.show({ tab: 'charts', service: 'api' });
    await page.world.clock.turn(1000);
    assert.deepEqual(
      page
        .take()
        .at(-1)
        ?.series?.map(({ service }) => service),
      ['api'],
    );
    for (const listener of page.added) listener();
    await page.world.clock.turn(1000);
    assert.equal(page.take().at(-1)?.series?.length, 1);
  });

  it('looks at processes only for the details of one service', async () => {
    const page = new Page();
    page.feed.show({ tab: 'details' });
    await page.world.clock.turn(2000);
    assert.equal(page.details, 0);
    page.feed.show({ tab: 'details', service: 'db' });
    await page.world.clock.turn(2000);
    assert.equal(page.take().at(-1)?.details?.service, 'db');
  });

  it('has the results of checks, and the line about the time away', async () => {
    const page = new Page();
    await page.feed.check('api');
    assert.deepEqual(page.take().at(-1)?.checks, {
      service: 'api',
      results: [{ name: 'Items', ok: false, text: 'Unexpected status 500.' }],
    });
    const at = page.world.clock.now();
    page.history = { ...noHistory, events: [{ kind: 'event', at, what: 'failed', run: 'r', cause: 'exit code 1' }] };
    await page.feed.sendAway(at - 1);
    assert.match(page.take().at(-1)?.away ?? '', /api failed and is down \(exit code 1\)/);
    await page.feed.sendAway(at + 1);
    assert.equal(page.take().at(-1)?.away, '');
  });

  it('is nothing any more after the page is gone, and no timer runs', async () => {
    const page = new Page();
    const before = page.world.clock.pending;
    page.take();
    page.feed.show({ tab: 'timeline' });
    page.feed.dispose();
    await page.world.up('db');
    page.world.supervisor.stop('db');
    await page.world.clock.turn(20_000);
    assert.deepEqual([page.take(), page.added.size], [[], 0]);
    assert.ok(page.world.clock.pending <= before);
  });
});

describe('app/dashboard: when the user was away', () => {
  const presence = (remembered: number) => {
    const clock = new FakeClock();
    const returns: number[] = [];
    const written: number[] = [];
    let focus: (isFocused: boolean) => void = () => undefined;
    let isFocused = true;
    const created = new Presence(
      {
        clock,
        remembered: { read: () => remembered, write: (at) => void written.push(at) },
        isFocused: () => isFocused,
        onFocusChange: (listener) => {
          focus = listener;
          return { dispose: () => undefined };
        },
      },
      (since) => returns.push(since),
    );
    const setFocus = (now: boolean): void => {
      isFocused = now;
      focus(now);
    };
    return { clock, returns, written, setFocus, created };
  };

  it('is since it was seen last, in whichever window', () => {
    assert.deepEqual(presence(1234).returns, [1234]);
  });

  it('is since the window lost the focus, for more than a minute', async () => {
    const { clock, returns, setFocus } = presence(0);
    await clock.turn(5000);
    setFocus(false);
    await clock.turn(30_000);
    setFocus(true);
    const left = clock.now();
    setFocus(false);
    await clock.turn(90_000);
    setFocus(true);
    assert.deepEqual(returns, [0, left]);
  });

  it('ends what was seen when the dashboard is closed, and not while the window has no focus', async () => {
    const { clock, written, setFocus, created } = presence(0);
    await clock.turn(1000);
    setFocus(false);
    const seen = written.at(-1);
    await clock.turn(5000);
    created.seen();
    created.dispose();
    assert.equal(written.at(-1), seen);
    const other = presence(0);
    await other.clock.turn(7000);
    other.created.dispose();
    assert.equal(other.written.at(-1), other.clock.now());
  });
});
