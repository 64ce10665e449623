/** Random services in any state that the types allow, with names and texts full of markup and control characters. */
import fc from 'fast-check';
import type { DependencyProblem, WaitingState } from '../../../../src/core/model/dependency';
import type { Failure, LaunchFailure, ProbeFailure, StopCause } from '../../../../src/core/model/failure';
import type { Health, ProbeOutcome } from '../../../../src/core/model/health';
import type { PortOwner } from '../../../../src/core/model/process';
import type { BrokenService } from '../../../../src/core/model/brokenService';
import type { Service, LaunchPhase, Lifecycle } from '../../../../src/core/lifecycle/state';
import { spec } from './samples';

const nasty = [
  '',
  '$(bug)',
  '[x](command:evil)',
  '<img src=x onerror=y>',
  'a|b',
  '**b**',
  'x\ny',
  '`',
  '😀',
  'www.evil.example',
  '&lt;',
];
const text = fc.oneof(fc.constantFrom(...nasty), fc.string({ unit: 'grapheme' }));
const time = fc.integer({ min: 0, max: 2 ** 44 });
const port = fc.integer({ min: 1, max: 65_535 });
const pid = fc.integer({ min: 1, max: 2 ** 22 });
const exitCode = fc.option(fc.integer(), { nil: undefined });
const process = fc.record({ pid, born: text });
const by = fc.constantFrom('user', 'auto');
const terminal = fc.constantFrom('attached', 'lost');
const streak = fc.record({ successes: fc.nat(), failures: fc.nat() });
const kind = <K extends string>(name: K): fc.Arbitrary<K> => fc.constant(name);

const probeFailure: fc.Arbitrary<ProbeFailure> = fc.oneof(
  fc.record({ kind: kind('refused'), port }),
  fc.record({ kind: kind('noAnswer'), timeout: time }),
  fc.record({ kind: fc.constantFrom('reset', 'httpsExpected', 'httpExpected', 'notHttp') }),
  fc.record({ kind: kind('badStatus'), status: fc.nat(), expected: text }),
  fc.record({ kind: fc.constantFrom('badBody', 'unreachable'), detail: text }),
  fc.record({ kind: kind('execFailed'), command: text, exitCode, detail: text }),
  fc.record({ kind: kind('unknownHost'), host: text }),
);

const launchFailure: fc.Arbitrary<LaunchFailure> = fc.oneof(
  fc.record({ kind: fc.constantFrom('untrusted', 'unsavedSettings') }),
  fc.record({ kind: fc.constantFrom('missingFolder', 'notAFolder', 'missingEnvFile'), path: text }),
  fc.record({ kind: kind('missingCommand'), command: text }),
  fc.record({ kind: kind('unreadableEnvFile'), path: text, detail: text }),
  fc.record({ kind: kind('unknownVariable'), variable: text, where: text }),
  fc.record({ kind: fc.constantFrom('taskRefused', 'internal'), detail: text }),
  fc.record({ kind: kind('unconfirmed'), waited: time }),
);

const origin: fc.Arbitrary<PortOwner['origin']> = fc.oneof(
  fc.record({ kind: fc.constantFrom('leftOver', 'editor', 'other') }),
  fc.record({
    kind: kind('service'),
    folder: text,
    key: text,
    id: text,
    state: fc.constantFrom('healthy', 'unhealthy', 'starting', 'running', 'stopping', 'elsewhere'),
  }),
);

const owner: fc.Arbitrary<PortOwner> = fc.record({
  process: fc.record({ pid, born: text }),
  command: text,
  cwd: text,
  startedAt: time,
  origin,
});

const dependencyProblem: fc.Arbitrary<DependencyProblem> = fc.oneof(
  fc.record({ kind: fc.constantFrom('notConfigured', 'stopped', 'failed', 'exited', 'notCompleted') }),
  fc.record({ kind: kind('notCompleted'), exitCode: fc.integer() }),
  fc.record({ kind: kind('circle'), ids: fc.array(text, { maxLength: 3 }) }),
);

const simpleFailure: fc.Arbitrary<Failure> = fc.oneof(
  fc.record({ kind: kind('launch'), failure: launchFailure }),
  fc.record({
    kind: kind('crashed'),
    end: fc.oneof(fc.record({ exitCode }), fc.record({ exitCode, lastLine: text })),
    beforeReady: fc.boolean(),
  }),
  fc.record({ kind: kind('neverReady'), waited: time, probe: fc.option(probeFailure, { nil: undefined }) }),
  fc.record({ kind: kind('dependency'), id: text, problem: dependencyProblem }),
  fc.record({ kind: kind('portTaken'), port, owners: fc.array(owner, { maxLength: 3 }) }),
  fc.record({ kind: kind('portStillHeld'), port, holders: fc.array(fc.record({ pid, command: text }), { maxLength: 3 }) }),
  fc.record({ kind: kind('cannotStop'), pids: fc.array(pid), why: text }),
);

export const failure: fc.Arbitrary<Failure> = fc.oneof(
  simpleFailure,
  fc.record({ kind: kind('gaveUp'), restarts: fc.nat(), last: simpleFailure }),
);

export const stopCause: fc.Arbitrary<StopCause> = fc.oneof(
  fc.record({ kind: fc.constantFrom('never', 'command', 'ctrlC', 'terminalClosed') }),
  fc.record({ kind: kind('forced'), graceMs: time, signal: fc.constantFrom('SIGINT', 'SIGKILL'), pids: fc.array(pid) }),
);

const goodOutcome = fc.record({
  ok: fc.constant(true as const),
  at: time,
  latencyMs: fc.double({ min: 0, max: 1e6, noNaN: true }),
});
const badOutcome = fc.record({ ok: fc.constant(false as const), at: time, failure: probeFailure });
const outcome: fc.Arbitrary<ProbeOutcome> = fc.oneof(goodOutcome, badOutcome);

const health: fc.Arbitrary<Health> = fc.oneof(
  fc.record({ kind: kind('none') }),
  fc.record({ kind: kind('unknown'), streak }),
  fc.record({ kind: kind('unknown'), streak, last: outcome }),
  fc.record({ kind: kind('healthy'), since: time, streak, last: outcome }),
  fc.record({ kind: kind('unhealthy'), since: time, streak, last: badOutcome }),
  fc.record({ kind: kind('reloading'), since: time, streak, last: outcome }),
);

const waiting = fc.record({
  id: text,
  state: fc.constantFrom<WaitingState>('waiting', 'beingSetUp', 'starting', 'running', 'unknown', 'stopping', 'backingOff'),
  since: time,
});
const next = fc.option(fc.record({ run: text, by }), { nil: undefined });

const launchPhase: fc.Arbitrary<LaunchPhase> = fc.oneof(
  fc.record({ kind: kind('preparing') }),
  fc.record({ kind: kind('setup'), step: fc.record({ name: text, number: fc.nat(), of: fc.nat(), since: time }) }),
);

const lifecycle: fc.Arbitrary<Lifecycle> = fc.oneof(
  fc.record({ kind: kind('stopped'), cause: stopCause, run: text }),
  fc.record({ kind: kind('queued'), run: text, by, since: time, waitingFor: fc.array(waiting, { maxLength: 3 }) }),
  fc.record({ kind: kind('launching'), run: text, by, since: time, phase: launchPhase }),
  fc.record({ kind: kind('starting'), run: text, since: time, process, terminal, health }),
  fc.record({ kind: kind('running'), run: text, process, startedAt: time, readyAt: time, terminal, health }),
  fc.record({
    kind: kind('stopping'),
    run: text,
    process: fc.option(process, { nil: undefined }),
    since: time,
    cause: stopCause,
    phase: fc.constantFrom('asked', 'forced'),
    next,
  }),
  fc.record({ kind: kind('backingOff'), run: text, next: text, until: time, since: time, failure }),
  fc.record({ kind: kind('exited'), run: text, at: time, exitCode }),
  fc.record({ kind: kind('failed'), run: text, at: time, failure }),
  fc.record({ kind: kind('external'), run: text, process, since: time, health }),
);

const role = fc.constantFrom('backend', 'frontend', 'database', 'worker', 'other');

const restartReason = fc.oneof(
  fc.record({ kind: kind('changed'), file: fc.string(), others: fc.nat() }),
  fc.record({ kind: kind('dependency'), id: fc.string() }),
);
const restarts = fc.record(
  { inARow: fc.nat(), total: fc.nat(), latest: fc.record({ run: fc.constant('r'), reason: restartReason }) },
  { requiredKeys: ['inARow', 'total'] },
);

export const anyService: fc.Arbitrary<Service> = fc
  .record({
    words: fc.record({ id: text, key: text, folder: text, folderName: text, role, cwd: text }),
    command: fc.oneof(text, fc.array(text)),
    address: fc.oneof(fc.constant({}), fc.record({ port }), fc.record({ port, url: text })),
    state: fc.record({ lifecycle, restarts }),
  })
  .map(({ words, command, address, state }) => {
    const { port: _port, ...rest } = spec();
    return { spec: { ...rest, ...words, command, ...address }, state };
  });

export const anyBroken: fc.Arbitrary<BrokenService> = fc.record({
  id: text,
  key: text,
  folder: text,
  folderName: text,
  message: text,
});

export { time };
