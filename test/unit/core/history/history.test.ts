/** What is kept of a service, as bands, sentences, one line and a report. */
import assert from 'node:assert/strict';
import { awayLine } from '../../../../src/core/history/awayLine';
import { bandsOf } from '../../../../src/core/history/bands';
import { incidentReport } from '../../../../src/core/history/incidentReport';
import { incidentText } from '../../../../src/core/history/incidentText';
import { incidentsOf } from '../../../../src/core/history/incidents';
import { added, bounded, keptMs, maxEvents, sampleMs } from '../../../../src/core/history/record';
import type { HistoryEvent, HistoryVerdict, HistoryWhat } from '../../../../src/core/history/record';
import { cleaner } from '../../../../src/core/agents/clean';

const minute = 60_000;
const event = (at: number, what: HistoryWhat, more: Partial<HistoryEvent> = {}): HistoryEvent => ({
  kind: 'event',
  at: at * minute,
  what,
  run: 'run1',
  ...more,
});
const history = (
  events: readonly HistoryEvent[],
  verdicts: readonly HistoryVerdict[] = [],
): Parameters<typeof incidentsOf>[1] => ({
  events,
  verdicts,
  samples: [],
});
const texts = (events: readonly HistoryEvent[], verdicts: readonly HistoryVerdict[] = []): readonly string[] =>
  incidentsOf('backend', history(events, verdicts)).map((incident) => incidentText(incident, 20 * minute));

describe('core/history: bands', () => {
  it('cover the whole span, and what is not known as well', () => {
    const events = [event(10, 'started'), event(11, 'ready'), event(15, 'failed'), event(16, 'restarted')];
    assert.deepEqual(
      bandsOf(events, 5 * minute, 20 * minute).map(({ from, to, state }) => [from / minute, to / minute, state]),
      [
        [5, 10, 'unknown'],
        [10, 11, 'starting'],
        [11, 15, 'up'],
        [15, 16, 'failed'],
        [16, 20, 'starting'],
      ],
    );
  });

  it('begin with the state that the last event before them left', () => {
    const bands = bandsOf([event(1, 'ready'), event(2, 'unhealthy'), event(3, 'recovered')], 5 * minute, 6 * minute);
    assert.deepEqual(bands, [{ from: 5 * minute, to: 6 * minute, state: 'up' }]);
  });
});

describe('core/history: incidents', () => {
  it('of a crash with an automatic restart last until the service is ready again', () => {
    const events = [
      event(1, 'ready'),
      event(2, 'failed', { cause: 'exit code 1' }),
      event(3, 'restarted', { by: { kind: 'auto' }, run: 'run2' }),
      event(6, 'ready', { run: 'run2' }),
    ];
    assert.deepEqual(texts(events), ['backend failed (exit code 1) and was restarted automatically; it was down for 4 min.']);
  });

  it('name who started the service again', () => {
    const by = { kind: 'agent', who: 'Copilot' } as const;
    const events = [event(2, 'failed', { cause: 'exit code 1' }), event(4, 'started', { by, run: 'run2' })];
    assert.deepEqual(texts(events), [
      'backend failed (exit code 1) and was started again by Copilot (agent); it was down for 2 min.',
    ]);
  });

  it('take the words of the diagnosis that followed, and of no other run', () => {
    const verdict = (run: string, short: string): HistoryVerdict => ({
      kind: 'verdict',
      at: 2.1 * minute,
      run,
      code: 'killed',
      title: 'The system ran out of memory.',
      short,
    });
    const events = [event(2, 'failed', { cause: 'exit code 137' })];
    assert.deepEqual(texts(events, [verdict('run1', 'out of memory'), verdict('run9', 'another')]), [
      'backend failed (out of memory) and has been down for 18 min.',
    ]);
  });

  it('distinguish unreachable from unhealthy by the code, and measure to the recovery', () => {
    const events = [
      event(1, 'unhealthy', { code: 'hung', cause: 'hung' }),
      event(5, 'recovered'),
      event(6, 'unhealthy', { code: 'bad-status', cause: 'HTTP 500' }),
    ];
    assert.deepEqual(texts(events), [
      'backend was unreachable for 4 min (hung).',
      'backend has been unhealthy for 14 min (HTTP 500).',
    ]);
  });

  it('include what was requested, with who did it, and not what only ends a failure', () => {
    const events = [
      event(1, 'started', { by: { kind: 'user' } }),
      event(2, 'ready'),
      event(3, 'stopped', { by: { kind: 'cli', who: 'make' } }),
      event(4, 'lost'),
    ];
    assert.deepEqual(texts(events), [
      'backend was started by you.',
      'backend was stopped by make (command svc).',
      'backend ended while no window was open.',
    ]);
  });
});

describe('core/history: the line about the time away', () => {
  const of = (service: string, ...events: readonly HistoryEvent[]): ReturnType<typeof incidentsOf> =>
    incidentsOf(service, history(events));
  const crash = (at: number): readonly HistoryEvent[] => [
    event(at, 'failed', { cause: 'out of memory' }),
    event(at + 1, 'restarted', { by: { kind: 'auto' } }),
    event(at + 1, 'ready'),
  ];

  it('counts restarts and sums times per service', () => {
    const incidents = [
      ...of('backend', ...crash(10), ...crash(12)),
      ...of('frontend', event(11, 'unhealthy', { code: 'not-listening', cause: 'x' }), event(15, 'recovered')),
    ];
    assert.equal(
      awayLine(incidents, 9 * minute, 20 * minute),
      'While you were away: backend restarted twice (out of memory), frontend was unreachable for 4 min',
    );
  });

  it('has words for one, two and more restarts', () => {
    const line = (count: number): string | undefined =>
      awayLine(of('a', ...Array.from({ length: count }, (_, index) => crash(10 + 2 * index)).flat()), 0, 99 * minute);
    assert.deepEqual(
      [line(1), line(2), line(3)],
      [
        'While you were away: a restarted once (out of memory)',
        'While you were away: a restarted twice (out of memory)',
        'While you were away: a restarted 3 times (out of memory)',
      ],
    );
  });

  it('says what is down, and leaves out what the user did and what was before', () => {
    const user = { by: { kind: 'user' } } as const;
    assert.equal(
      awayLine(of('a', ...crash(3), event(10, 'stopped', user), event(11, 'started', user)), 9 * minute, 99 * minute),
      undefined,
    );
    assert.equal(
      awayLine(of('a', event(10, 'failed', { cause: 'exit code 1' })), 9 * minute, 99 * minute),
      'While you were away: a failed and is down (exit code 1)',
    );
  });
});

describe('core/history: the incident report', () => {
  const report = (reason: string, lines: readonly string[]): string =>
    incidentReport({
      services: [{ name: 'backend', state: 'Failed', reason, lines }],
      incidents: incidentsOf('backend', history([event(1, 'failed', { cause: 'exit code 1', reason })])),
      now: 3 * minute,
      clean: cleaner(['s3cr_t*value']),
    });

  it('has the state, the timeline and the last lines', () => {
    const text = report('It broke.', ['one', '``` two']);
    assert.match(text, /^# Incident report\n/);
    assert.match(text, /- 1970-01-01T00:01:00Z backend failed \(exit code 1\) and has been down for 2 min\./);
    assert.match(text, /````text\none\n``` two\n````/);
  });

  it('holds no secret, in prose and in output', () => {
    const text = report('Cannot use s3cr_t*value.', ['key s3cr_t*value', 'password=hunter22']);
    assert.doesNotMatch(text, /s3cr|hunter22/);
    assert.match(text, /\[removed\]/);
  });

  it('shows markup from outside as text', () => {
    assert.match(report('[x](command:a) <b>', []), /\\\[x\\\]\(command:a\) \\<b\\>/);
  });
});

describe('core/history: what is kept', () => {
  it('is bounded by age and by number, and the last event stays', () => {
    const now = 2 * keptMs;
    const old: HistoryEvent = { kind: 'event', at: 1, what: 'ready' };
    assert.deepEqual(bounded({ events: [old], verdicts: [], samples: [] }, now).events, [old]);
    const events = Array.from({ length: maxEvents + 5 }, (_, index): HistoryEvent => ({
      kind: 'event',
      at: now - index,
      what: 'ready',
    }));
    const samples = Array.from({ length: 9000 }, (_, index) => ({
      kind: 'sample' as const,
      at: now - index * sampleMs,
      cpu: 1,
    })).reverse();
    const kept = bounded({ events: events.reverse(), verdicts: [], samples }, now);
    assert.deepEqual([kept.events.length, kept.samples.length], [maxEvents, keptMs / sampleMs]);
    assert.equal(kept.samples.at(-1)?.at, now);
    assert.equal(bounded({ events, verdicts: [], samples }, now, 3_600_000).samples.length, 3_600_000 / sampleMs);
  });

  it('is the same list where nothing has to go', () => {
    const events: readonly HistoryEvent[] = [event(1, 'ready')];
    const kept = bounded(history(events), minute);
    assert.equal(kept.events, events);
    const more = added(kept, [{ kind: 'sample', at: minute }]);
    assert.deepEqual([more.events === events, more.samples.length, kept.samples.length], [true, 1, 0]);
  });
});
