/** The reducer in random worlds: whatever is asked and whatever happens, in whatever order it is told. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ProbeOutcome } from '../../../../src/core/model/health';
import type { PortOwner } from '../../../../src/core/model/process';
import type { ServiceSpec } from '../../../../src/core/model/service';
import { probeSpec, serviceSpec, jobSpec } from '../../../support/fakes/specs';
import { SimulatedWorld } from './simulatedWorld';

const owner = (kind: 'leftOver' | 'other' | 'editor' | 'service'): PortOwner => ({
  process: { pid: 7, born: 'o' },
  command: 'python -m http.server',
  startedAt: 1,
  origin: kind === 'service' ? { kind, folder: '/shop', key: 'both', id: 'both', state: 'healthy' } : { kind },
});

const spec: fc.Arbitrary<ServiceSpec> = fc
  .record({
    isServer: fc.boolean(),
    readyLine: fc.boolean(),
    depends: fc.boolean(),
    restart: fc.constantFrom('no', 'on-failure', 'always'),
    maxRestarts: fc.integer({ min: 0, max: 3 }),
    limit: fc.option(fc.integer({ min: 1, max: 100_000 }), { nil: undefined }),
    onPortConflict: fc.constantFrom('ask', 'stop', 'adopt', 'fail'),
    initial: fc.integer({ min: 0, max: 100_000 }),
    startPeriod: fc.constantFrom(0, 60_000),
  })
  .map(({ isServer, readyLine, depends, limit, initial, startPeriod, ...rest }) => {
    const make = isServer ? serviceSpec : jobSpec;
    return make('web', {
      ...rest,
      backoff: { initial, max: 30_000, resetAfter: 1000 },
      dependsOn: depends ? [{ id: 'db', condition: 'healthy' }] : [],
      ...(isServer ? { probe: probeSpec({ startPeriod, failureThreshold: 1 }) } : {}),
      ...(readyLine ? { readyLine: { kind: 'text', text: 'ready' } } : {}),
      ...(limit === undefined ? {} : { restartUnhealthyAfter: limit }),
    });
  });

type Move = (world: SimulatedWorld) => void;

const pick = <T>(items: Iterable<T>, index: number): T | undefined => {
  const list = [...items];
  return list[index % Math.max(1, list.length)];
};

/** Does something with a run that exists, of which the latest are the most interesting. */
const withRun = (runs: Iterable<string>, index: number, use: (run: string) => void): void => {
  const run = pick([...runs].reverse(), index);
  if (run !== undefined) use(run);
};

const index = fc.nat({ max: 3 });
const by = fc.constantFrom('user', 'auto');

const request: fc.Arbitrary<Move> = fc.oneof(
  by.map(
    (who): Move =>
      (world) =>
        world.handle({ kind: 'startRequested', run: world.newRun(), by: who, at: world.now }),
  ),
  by.map(
    (who): Move =>
      (world) =>
        world.handle({ kind: 'restartRequested', run: world.newRun(), by: who, at: world.now }),
  ),
  fc.nat({ max: 2000 }).map((ago): Move => (world) => {
    const reason = { kind: 'changed', file: 'src/a.ts', others: ago } as const;
    world.handle({ kind: 'filesChanged', run: world.newRun(), reason, changedAt: world.now - ago, at: world.now });
  }),
  fc.constant<Move>((world) => world.handle({ kind: 'stopRequested', at: world.now })),
  fc.constant<Move>((world) => world.handle({ kind: 'consentRequested' })),
  fc.constant<Move>((world) => world.adopt()),
);

const owners = fc.constantFrom(
  [],
  [owner('leftOver')],
  [owner('other')],
  [owner('service')],
  [owner('editor')],
  [owner('leftOver'), owner('other')],
  [owner('leftOver'), owner('service')],
  [owner('other'), owner('editor')],
);
const launch: fc.Arbitrary<Move> = fc
  .tuple(fc.constantFrom('launched', 'launched', 'launched', 'refused', 'taken', 'forbidden', 'setupFailed'), owners)
  .map(([outcome, holders]): Move => (world) => {
    withRun(world.launching, 0, (run) => world.launchEnds(run, outcome, holders));
  });

const setup: fc.Arbitrary<Move> = fc.constantFrom('step', 'step', 'done').map((what): Move => (world) => {
  withRun(world.launching, 0, (run) => world.setUp(run, what));
});

const answer: fc.Arbitrary<Move> = fc.constantFrom('stop', 'adopt', 'cancel').map((given): Move => (world) => {
  withRun(world.questions, 0, (run) => {
    world.questions.delete(run);
    world.facts.push({ kind: 'portAnswered', run, answer: given, at: world.now });
  });
});

const outcome = (kind: string, at: number): ProbeOutcome => {
  if (kind === 'ok') return { ok: true, at, latencyMs: 1 };
  return { ok: false, at, failure: kind === 'refused' ? { kind: 'refused', port: 8000 } : { kind: 'noAnswer', timeout: 2000 } };
};

const seen: fc.Arbitrary<Move> = fc
  .tuple(
    fc.constantFrom('ok', 'refused', 'noAnswer', 'reload', 'error', 'final', 'ready', 'address', 'lost', 'found', 'hang'),
    index,
  )
  .map(([what, which]): Move => (world) => {
    withRun([...world.followed, ...world.watchedStrangers], which, (run) => {
      const at = world.now;
      const evidence = { closeWait: 3, established: 0, listeners: 1, stoppedPids: [] };
      if (what === 'reload') world.facts.push({ kind: 'reloadSeen', run, at });
      else if (what === 'error' || what === 'final') {
        world.facts.push({ kind: 'errorSeen', run, line: 'KeyError: 1', final: what === 'final', at });
      } else if (what === 'ready') world.facts.push({ kind: 'readyLineSeen', run, at });
      else if (what === 'address') world.facts.push({ kind: 'addressSeen', run, port: 8001 });
      else if (what === 'lost') world.facts.push({ kind: 'terminalLost', run });
      else if (what === 'found') world.facts.push({ kind: 'terminalFound', run });
      else if (what === 'hang') world.facts.push({ kind: 'hangInspected', run, evidence });
      else world.facts.push({ kind: 'probed', run, outcome: outcome(what, at) });
    });
  });

const end: fc.Arbitrary<Move> = fc
  .record({
    which: index,
    exitCode: fc.constantFrom(undefined, 0, 1, 127, 130),
    interrupted: fc.boolean(),
    orphans: fc.boolean(),
    closed: fc.boolean(),
  })
  .map(({ which, exitCode, interrupted, orphans, closed }): Move => (world) => {
    withRun(world.runs, which, (run) => {
      world.leaderEnds(run, exitCode, interrupted, orphans);
      if (closed) world.facts.push({ kind: 'terminalClosed', run, at: world.now });
    });
    withRun(world.watchedStrangers, 0, (run) => world.strangerEnds(run));
  });

const gone: fc.Arbitrary<Move> = fc.tuple(index, fc.boolean(), fc.boolean()).map(([which, held, resists]): Move => (world) => {
  withRun(world.asked, which, (run) => {
    world.killEnds(run, resists);
    if (!resists) world.treeEnds(run, held ? [{ pid: 9, command: 'nginx' }] : undefined);
  });
});

const dependency: fc.Arbitrary<Move> = fc.constantFrom('met', 'pending', 'failed').map((verdict): Move => (world) => {
  const { lifecycle } = world.state;
  if (lifecycle.kind !== 'queued') return;
  const { run } = lifecycle;
  const at = world.now;
  if (verdict === 'met') world.facts.push({ kind: 'dependenciesMet', run, at });
  else if (verdict === 'failed') world.facts.push({ kind: 'dependencyFailed', run, id: 'db', problem: { kind: 'failed' }, at });
  else world.facts.push({ kind: 'dependenciesPending', run, waitingFor: [{ id: 'db', state: 'starting', since: 1 }] });
});

const move: fc.Arbitrary<Move> = fc.oneof(
  { arbitrary: request, weight: 4 },
  { arbitrary: launch, weight: 5 },
  { arbitrary: setup, weight: 3 },
  { arbitrary: answer, weight: 2 },
  { arbitrary: seen, weight: 4 },
  { arbitrary: end, weight: 2 },
  { arbitrary: gone, weight: 3 },
  { arbitrary: dependency, weight: 2 },
  {
    arbitrary: index.map(
      (which): Move =>
        (world) =>
          world.deliver(which),
    ),
    weight: 12,
  },
  {
    arbitrary: fc.nat({ max: 50 }).map(
      (which): Move =>
        (world) =>
          world.deliverAgain(which),
    ),
    weight: 2,
  },
  {
    arbitrary: index.map(
      (which): Move =>
        (world) =>
          world.strike(which),
    ),
    weight: 4,
  },
);

const history = fc.tuple(spec, fc.array(move, { minLength: 5, maxLength: 80, size: 'max' }));

describe('the reducer in random worlds', () => {
  it('keeps every invariant at every step, and a stop always ends with nothing running and nothing started', () => {
    fc.assert(
      fc.property(history, ([words, moves]) => {
        const world = new SimulatedWorld(words);
        for (const make of moves) make(world);
        const launches = world.launches;
        world.handle({ kind: 'stopRequested', at: world.now });
        world.settle();
        // What resisted a kill from before the stop is killed by a second stop.
        world.handle({ kind: 'stopRequested', at: world.now });
        world.settle();
        assert.ok(['stopped', 'failed', 'exited'].includes(world.state.lifecycle.kind), `it stays ${world.state.lifecycle.kind}`);
        assert.equal(world.launches, launches, 'something was launched after the stop');
        for (const run of world.runs) {
          assert.ok(!world.lives(run), `${run} lives after the stop`);
          assert.ok(world.released.has(run), `${run} is never released`);
        }
        assert.deepEqual(world.timers, []);
      }),
      { numRuns: 2000 },
    );
  });

  it('reaches every state there is, so that the worlds are not idle ones', () => {
    const reached = new Set<string>();
    fc.assert(
      fc.property(history, ([words, moves]) => {
        const world = new SimulatedWorld(words);
        for (const make of moves) {
          make(world);
          const { lifecycle } = world.state;
          reached.add(lifecycle.kind);
          if ('health' in lifecycle) reached.add(lifecycle.health.kind);
          if (lifecycle.kind === 'launching') reached.add(lifecycle.phase.kind);
          if (lifecycle.kind === 'failed') reached.add(lifecycle.failure.kind);
        }
      }),
      { numRuns: 3000, seed: 1 },
    );
    const lifecycles = 'stopped queued launching starting running stopping backingOff exited failed external'.split(' ');
    const healths = 'none unknown healthy unhealthy reloading'.split(' ');
    const phases = 'preparing setup blocked'.split(' ');
    const failures = 'launch setup crashed dependency portTaken portForbidden portStillHeld cannotStop gaveUp'.split(' ');
    assert.deepEqual(
      [...lifecycles, ...phases, ...healths, ...failures].filter((name) => !reached.has(name)),
      [],
    );
  });
});
