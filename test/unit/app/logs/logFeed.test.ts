/** What a log on a page is sent, with a clock that the test turns. */
import assert from 'node:assert/strict';
import { LogFeed } from '../../../../src/app/logs/logFeed';
import type { LogFeedParts } from '../../../../src/app/logs/logFeed';
import { Store } from '../../../../src/app/store';
import { unpackLines } from '../../../../src/core/logs/packedLines';
import type { LogToPage } from '../../../../src/core/logs/logMessages';
import { identityOf } from '../../../../src/core/model/identity';
import { initialState } from '../../../../src/core/lifecycle/state';
import { LogStore } from '../../../../src/core/output/logStore';
import { FakeClock } from '../../../support/fakes/clock';
import { serviceSpec } from '../../../support/fakes/specs';

describe('app/logs: logFeed', () => {
  let clock: FakeClock;
  let logs: LogStore;
  let store: Store;
  let posted: LogToPage[];

  beforeEach(() => {
    clock = new FakeClock();
    logs = new LogStore();
    store = new Store();
    store.configure({ services: [serviceSpec('web'), serviceSpec('api')], broken: [] });
    posted = [];
  });

  const feed = (more: Partial<LogFeedParts> = {}): LogFeed => {
    const parts: LogFeedParts = {
      ...{ store, logs, clock },
      readWhole: ({ spec }) => Promise.resolve(logs.read(identityOf(spec)).lines),
      follows: () => false,
      refresh: () => Promise.resolve(),
      describe: ({ spec, state }) => ({ id: spec.id, name: spec.key, state: state.lifecycle.kind, actions: [] }),
      ...more,
    };
    return new LogFeed(parts, (message) => posted.push(message));
  };
  const write = (key: string, ...texts: readonly string[]): void =>
    logs.append(identityOf(serviceSpec(key)), `${key}-1`, texts, clock.now());
  const sent = (message: LogToPage | undefined): readonly string[] =>
    message !== undefined && message.kind !== 'log.moment' && message.lines !== undefined
      ? unpackLines(message.lines).map(({ service, text }) => `${service}: ${text}`)
      : [];

  it('sends everything of all services in the order in which it was read, then what is new', async () => {
    write('web', 'one');
    write('api', 'two');
    write('web', 'three');
    const log = feed();
    await log.choose([]);
    assert.equal(posted[0]?.kind, 'log.snapshot');
    assert.deepEqual(sent(posted[0]), ['web: one', 'api: two', 'web: three']);
    write('api', 'four');
    assert.deepEqual(sent(posted[1]), ['api: four']);
    log.dispose();
  });

  it('sends at most four messages a second, with everything in them', async () => {
    const log = feed();
    await log.choose([]);
    for (let line = 0; line < 200; line += 1) {
      write('web', String(line));
      await clock.turn(10);
    }
    await clock.turn(250);
    const updates = posted.slice(1);
    assert.ok(updates.length <= 10, String(updates.length));
    assert.deepEqual(
      updates.flatMap(sent),
      Array.from({ length: 200 }, (_, line) => `web: ${line}`),
    );
    log.dispose();
  });

  it('sends the chosen services only, and each line once when it is written while the files are read', async () => {
    write('web', 'one');
    write('api', 'other');
    const log = feed({
      readWhole: async ({ spec }) => {
        const { lines } = logs.read(identityOf(spec));
        await Promise.resolve();
        write('web', 'meanwhile');
        return lines;
      },
    });
    await log.choose(['web']);
    await clock.turn(1000);
    assert.deepEqual(posted.flatMap(sent), ['web: one', 'web: meanwhile']);
    log.dispose();
  });

  it('drops what an earlier choice still reads', async () => {
    write('web', 'one');
    write('api', 'two');
    const log = feed();
    await Promise.all([log.choose(['web']), log.choose(['api'])]);
    assert.deepEqual(posted.map(sent), [['api: two']]);
    log.dispose();
  });

  it('names the latest choice of the page with each snapshot', async () => {
    const log = feed();
    await log.choose([]);
    await log.chooseOnPage(['web'], 1);
    await log.choose(['api']);
    assert.deepEqual(
      posted.map((message) => (message.kind === 'log.snapshot' ? [message.chosen, message.answers] : [])),
      [
        [[], 0],
        [['web'], 1],
        [['api'], 1],
      ],
    );
    log.dispose();
  });

  it('counts the lines of a flood that were too many', async () => {
    const log = feed();
    await log.choose(['web']);
    write('web', 'first');
    for (let part = 0; part < 6; part += 1) write('web', ...Array.from({ length: 5000 }, (_, line) => `${part} ${line}`));
    await clock.turn(250);
    const last = posted.at(-1);
    assert.equal(last?.kind, 'log.update');
    assert.deepEqual([sent(last).length, last.skipped, sent(last).at(-1)], [20_000, 10_000, 'web: 5 4999']);
    log.dispose();
  });

  it('sends the services when the state of one has changed', async () => {
    const log = feed();
    await log.choose([]);
    store.setState('web', { ...initialState, lifecycle: { kind: 'exited', run: 'r', at: 0, exitCode: 0 } });
    const update = posted.at(-1);
    assert.ok(update?.kind === 'log.update' && update.services !== undefined);
    assert.deepEqual(
      update.services.map(({ id, state }) => [id, state]),
      [
        ['web', 'exited'],
        ['api', 'stopped'],
      ],
    );
    log.dispose();
  });

  it('takes in a service that comes, when all are shown', async () => {
    const log = feed();
    await log.choose([]);
    const names = ['web', 'api', 'new'];
    logs.append(identityOf(serviceSpec('new')), 'new-1', ['early'], clock.now());
    store.configure({ services: names.map((name) => serviceSpec(name)), broken: [] });
    await clock.turn(0);
    assert.deepEqual([posted.at(-1)?.kind, sent(posted.at(-1))], ['log.snapshot', ['new: early']]);
    store.configure({ services: names.map((name) => serviceSpec(name)), broken: [] });
    assert.equal(posted.filter(({ kind }) => kind === 'log.snapshot').length, 2);
    log.dispose();
  });

  it('reads every second what another window writes of a service that it supervises', async () => {
    let written = 0;
    const log = feed({
      follows: ({ spec }) => spec.key === 'web',
      refresh: ({ spec }) => {
        const identity = identityOf(spec);
        written += 1;
        const line = { seq: logs.next(clock.now()), at: clock.now(), run: 'r', text: `line ${written}` };
        logs.replace(identity, { lines: [...logs.read(identity).lines, line], dropped: 0 });
        return Promise.resolve();
      },
    });
    await log.choose([]);
    await clock.turn(3500);
    assert.deepEqual(posted.slice(1).flatMap(sent), ['web: line 1', 'web: line 2', 'web: line 3']);
    log.dispose();
    await clock.turn(5000);
    assert.equal(written, 3);
  });

  it('leaves nothing running after its end, also while it reads', async () => {
    const log = feed({ follows: () => true });
    const choosing = log.choose([]);
    log.dispose();
    await choosing;
    write('web', 'later');
    await clock.turn(5000);
    assert.deepEqual([posted, clock.pending], [[], 0]);
  });
});
