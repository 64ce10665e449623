/** Requests and ends in every state, as one table: what becomes of the service, and what is done. */
import assert from 'node:assert/strict';
import type { ServiceEvent } from '../../../../src/core/lifecycle/events';
import { noRestarts } from '../../../../src/core/lifecycle/state';
import type { Lifecycle } from '../../../../src/core/lifecycle/state';
import { isServiceState } from '../../../../src/core/lifecycle/stateShape';
import { transition } from '../../../../src/core/lifecycle/transition';
import { probeSpec, serviceSpec } from '../../../support/fakes/specs';
import { everyState, owner } from '../views/samples';

const at = 100_000;
const spare = { run: 'spare', chance: 0.5 };
const changed = { kind: 'filesChanged', run: 'r9', at } as const;
const events = {
  start: { kind: 'startRequested', run: 'r9', by: 'user', at },
  stop: { kind: 'stopRequested', at },
  restart: { kind: 'restartRequested', run: 'r9', by: 'user', at },
  files: { ...changed, reason: { kind: 'changed', file: 'src/a.ts', others: 0 }, changedAt: at },
  filesBefore: { ...changed, reason: { kind: 'changed', file: 'src/a.ts', others: 0 }, changedAt: 10 },
  followed: { ...changed, reason: { kind: 'dependency', id: 'db' }, changedAt: at },
  consent: { kind: 'consentRequested' },
  cancel: { kind: 'portAnswered', run: 'r1', answer: 'cancel', at },
  gone: { kind: 'processGone', run: 'r1', at },
  code: { kind: 'endExplained', run: 'r1', exitCode: 1, interrupted: false, spare, at },
  ctrlC: { kind: 'endExplained', run: 'r1', exitCode: 130, interrupted: true, spare, at },
  late: { kind: 'lastLineSeen', run: 'r1', lastLine: 'boom' },
  closed: { kind: 'terminalClosed', run: 'r1', at },
  grace: { kind: 'graceOver', run: 'r1' },
  treeGone: { kind: 'treeGone', run: 'r1', portHeldBy: undefined, at },
  step: { kind: 'setupStepStarted', run: 'r1', name: 'install', number: 1, of: 2, at },
  setUp: { kind: 'setupDone', run: 'r1' },
  setupFailed: { kind: 'setupFailed', run: 'r1', step: 'install', cause: { kind: 'ended', end: { exitCode: 1 } }, at },
  launched: { kind: 'launched', run: 'r1', process: { pid: 4711, born: 'b' }, at },
  overdue: { kind: 'launchOverdue', run: 'r1', at },
  refused: { kind: 'launchRefused', run: 'r1', failure: { kind: 'abandoned' }, at },
  stragglers: { kind: 'stragglersLeft', run: 'r1' },
  nobodyKilled: { kind: 'treeKilled', run: 'r1', killed: [], left: [], at },
  portTaken: { kind: 'portTaken', run: 'r1', owners: [owner], at },
  forbidden: { kind: 'portForbidden', run: 'r1', why: 'rights', at },
  held: { kind: 'treeGone', run: 'r1', portHeldBy: [{ pid: 9, command: 'nginx' }], at },
} satisfies Record<string, ServiceEvent>;

const states: Readonly<Record<string, Lifecycle>> = {
  ...everyState,
  justCrashed: {
    kind: 'failed',
    run: 'r1',
    at: 99_900,
    failure: { kind: 'crashed', end: { exitCode: undefined }, beforeReady: false },
    awaiting: 'explanation',
  },
  callingOff: {
    kind: 'stopping',
    run: 'r1',
    process: undefined,
    since: 99_900,
    cause: { kind: 'command' },
    phase: 'asked',
    next: undefined,
  },
  unconfirmed: {
    kind: 'failed',
    run: 'r1',
    at: 99_900,
    failure: { kind: 'launch', failure: { kind: 'unconfirmed', waited: 60_000 } },
  },
  dismissed: {
    kind: 'stopped',
    run: 'r1',
    cause: { kind: 'dismissed', failure: { kind: 'crashed', end: { exitCode: undefined }, beforeReady: false } },
  },
  awaiting: { kind: 'stopped', cause: { kind: 'awaitingConsent' } },
  blocked: { kind: 'launching', run: 'r1', by: 'user', since: 99_900, phase: { kind: 'blocked', owners: [owner] } },
  exitedUnexplained: { kind: 'exited', run: 'r1', at: 98_500, exitCode: undefined },
  killedLongAgo: {
    kind: 'failed',
    run: 'r1',
    at: 98_500,
    failure: { kind: 'crashed', end: { exitCode: undefined }, beforeReady: false },
  },
  justEnded: { kind: 'exited', run: 'r1', at: 99_900, exitCode: undefined, awaiting: 'explanation' },
};

/** `state + event -> state: effects`; an event that changes nothing is written `-`. */
const table = `
never       start    launching: launch
never       stop     -
never       restart  launching: launch
stopped     start    launching: release launch
stopped     code     -
stopped     closed   -
queued      start    -
queued      stop     stopped command: release
queued      restart  -
launching   start    -
launching   stop     stopping asked: after
launching   restart  stopping asked then r9: after
launching   closed   stopping asked: after
launching   step     launching setup install:
settingUp   start    -
settingUp   step     launching setup install:
settingUp   setUp    launching:
settingUp   setupFailed failed setup: release showSetup
settingUp   stop     stopping asked: callOffSetup after
settingUp   restart  stopping asked then r9: callOffSetup after
settingUp   closed   stopping asked: callOffSetup after
callingOff  step     -
callingOff  overdue  failed launch:
callingOff  launched stopping asked: follow stopProbing interrupt awaitGone after
stopping    overdue  -
stopping    stragglers stopping asked: interrupt
stopping    nobodyKilled -
blocked     step     -
blocked     setUp    -
blocked     portTaken -
restarting  held     launching: release launch
backingOff  closed   -
exitedUnexplained closed -
killedLongAgo closed -
unconfirmed launched stopping asked: follow stopProbing interrupt awaitGone after
unconfirmed stop     -
dismissed   code     stopped dismissed:
dismissed   start    launching: release launch
never       files    -
stopped     files    -
queued      files    -
launching   files    stopping asked then r9: after
settingUp   files    -
blocked     files    -
starting    files    stopping asked then r9: stopProbing interrupt awaitGone after
healthy     files    stopping asked then r9: stopProbing interrupt awaitGone after
healthy     followed stopping asked then r9: stopProbing interrupt awaitGone after
stopping    files    -
restarting  files    -
backingOff  files    launching: release launch
killedLongAgo files  launching: release launch
killedLongAgo filesBefore launching: release launch
setupFailed files    -
unconfirmed files    -
exitedUnexplained files -
external    files    -
dismissed   files    -
stopped     consent  -
never       consent  stopped awaitingConsent:
awaiting    stop     stopped never:
awaiting    start    launching: launch
blocked     cancel   stopped command: release
unconfirmed refused  stopped command: release
unconfirmed held     -
unconfirmed start    launching: release launch
callingOff  refused  stopped command: release
callingOff  portTaken stopped command: release
callingOff  forbidden stopped command: release
blocked     stop     stopped command: release
callingOff  setupFailed stopped command: release
setupFailed start    launching: release launch
setupFailed restart  launching: release launch
setupFailed stop     stopped dismissed: release
starting    stop     stopping asked: stopProbing interrupt awaitGone after
starting    gone     failed crashed: sweep stopProbing awaitExplanation
healthy     start    -
healthy     stop     stopping asked: stopProbing interrupt awaitGone after
healthy     restart  stopping asked then r9: stopProbing interrupt awaitGone after
healthy     closed   stopping asked: stopProbing interrupt awaitGone after
healthy     gone     failed crashed: sweep stopProbing awaitExplanation
healthy     code     -
healthy     grace    -
healthy     treeGone -
stopping    start    stopping asked then r9:
stopping    gone     stopping asked: after
stopping    code     -
stopping    ctrlC    -
stopping    grace    stopping forced: kill
stopping    treeGone stopped command: release
stopping    held     failed portStillHeld: release
stoppingForced grace -
stoppingForced stop  stopping forced:
restarting  stop     stopping asked:
backingOff  start    launching: release launch
backingOff  stop     stopped command: release
backingOff  code     -
backingOff  gone     -
exited      start    launching: release launch
exited      stop     -
exited      closed   -
justEnded   code     failed crashed: release showTerminal
justEnded   ctrlC    stopped ctrlC: release
justEnded   stop     exited: release
justCrashed code     failed crashed: release showTerminal
justCrashed ctrlC    stopped ctrlC: release
justCrashed closed   stopped terminalClosed: release
justCrashed stop     stopped dismissed: release
justCrashed start    launching: release launch
crashed     start    launching: release launch
crashed     stop     stopped dismissed: release
crashed     closed   -
crashed     ctrlC    -
gaveUp      start    launching: release launch
gaveUp      restart  launching: release launch
gaveUp      stop     stopped dismissed: release
external    start    -
external    restart  -
external    stop     stopped notWatched: release
external    gone     stopped externalEnded: release
`;

function describeState(lifecycle: Lifecycle): string {
  const { kind } = lifecycle;
  if (kind === 'stopped') return `stopped ${lifecycle.cause.kind}`;
  if (kind === 'launching' && lifecycle.phase.kind === 'setup') return `launching setup ${lifecycle.phase.step.name}`;
  if (kind === 'failed') return `failed ${lifecycle.failure.kind}`;
  if (kind !== 'stopping') return kind;
  return `stopping ${lifecycle.phase}${lifecycle.next === undefined ? '' : ` then ${lifecycle.next.run}`}`;
}

function outcome(name: string, event: ServiceEvent): string {
  const lifecycle = states[name] ?? assert.fail(`There is no state ${name}.`);
  const before = { lifecycle, restarts: noRestarts };
  const { state, effects } = transition({ state: before, spec: serviceSpec() }, event);
  if (state === before && effects.length === 0) return '-';
  assert.ok(isServiceState(state), JSON.stringify(state));
  return `${describeState(state.lifecycle)}: ${effects.map(({ kind }) => kind).join(' ')}`.trim();
}

describe('core/transition', () => {
  for (const line of table.trim().split('\n')) {
    const [, state = '', name = '', expected = ''] = /^(\S+)\s+(\S+)\s+(.*)$/.exec(line) ?? [];
    it(`${state} + ${name} -> ${expected}`, () => {
      const found = Object.entries(events).find(([key]) => key === name)?.[1];
      assert.ok(found !== undefined, name);
      assert.equal(outcome(state, found), expected);
    });
  }

  it('drops every event of another run, in every state', () => {
    for (const name of Object.keys(states)) {
      for (const event of Object.values(events)) {
        if (!('run' in event) || ['startRequested', 'restartRequested', 'filesChanged'].includes(event.kind)) continue;
        assert.equal(outcome(name, { ...event, run: 'r0' }), '-', `${name} + ${event.kind}`);
      }
    }
  });

  it('asks what its processes left behind, a second after the last of them', () => {
    const before = { lifecycle: states['stopping'] ?? assert.fail(), restarts: noRestarts };
    const [wait] = transition({ state: before, spec: serviceSpec() }, events.gone).effects;
    assert.deepEqual(wait, { kind: 'after', run: 'r1', delay: 1000, event: events.stragglers });
    const [ask] = transition({ state: before, spec: serviceSpec() }, events.stragglers).effects;
    assert.deepEqual(ask, { kind: 'interrupt', run: 'r1', signal: 'SIGTERM', command: undefined });
  });

  it('closes the breaker when the user starts a service that is stopping', () => {
    const lifecycle = states['stopping'] ?? assert.fail();
    const before = { lifecycle, restarts: { inARow: 3, total: 4 } };
    const { state } = transition({ state: before, spec: serviceSpec() }, events.start);
    assert.deepEqual(state.restarts, { inARow: 0, total: 4 });
  });

  it('waits for nobody before the dependencies of a service are judged', () => {
    const spec = serviceSpec('web', { dependsOn: [{ id: 'db', condition: 'healthy' }] });
    const before = { lifecycle: states['never'] ?? assert.fail(), restarts: noRestarts };
    const { lifecycle } = transition({ state: before, spec }, events.start).state;
    assert.deepEqual(lifecycle, { kind: 'queued', run: 'r9', by: 'user', since: at, waitingFor: [] });
  });

  it('counts a failed probe from the end of the start period on, and not a moment earlier', () => {
    const spec = serviceSpec('web', { probe: probeSpec({ startPeriod: 1000, failureThreshold: 1 }) });
    const lifecycle = states['starting'] ?? assert.fail();
    const kinds = [97_999, 98_000].map((when) => {
      const failed = { ok: false, at: when, failure: { kind: 'refused', port: 8000 } } as const;
      const { state } = transition(
        { state: { lifecycle, restarts: noRestarts }, spec },
        { kind: 'probed', run: 'r1', outcome: failed },
      );
      return state.lifecycle.kind;
    });
    assert.deepEqual(kinds, ['starting', 'running']);
  });

  it('says that it took a kill, whichever is told first: the kill or that all are gone', () => {
    const spec = serviceSpec();
    const killed = { kind: 'treeKilled', run: 'r1', killed: [4711], left: [], at } as const;
    for (const order of [
      [killed, events.treeGone],
      [events.treeGone, killed],
    ]) {
      let state = { lifecycle: states['stoppingForced'] ?? assert.fail(), restarts: noRestarts };
      for (const event of order) state = transition({ state, spec }, event).state;
      const cause = { kind: 'forced', graceMs: spec.stopGracePeriod, pids: [4711] };
      assert.deepEqual(state.lifecycle, { kind: 'stopped', run: 'r1', cause });
    }
  });
});
