import assert from 'node:assert/strict';
import { diagnose, diagnosisReport } from '../../../../src/app/diagnosis/diagnose';
import type { DiagnosisParts } from '../../../../src/app/diagnosis/parts';
import type { ProbeRequest } from '../../../../src/app/ports';
import type { ProbeOutcome } from '../../../../src/core/model/health';
import { known } from '../../../../src/core/model/process';
import type { Reading } from '../../../../src/core/model/process';
import type { ServiceSpec } from '../../../../src/core/model/service';
import type { Service } from '../../../../src/core/lifecycle/state';
import { FakeClock } from '../../../support/fakes/clock';
import { failing, listener, owner, probe, row } from '../../core/diagnosis/sample';
import { good, healthy, running, service, starting, unknown } from '../../core/views/samples';

const never = <T>(): Promise<T> => new Promise<T>(() => undefined);

describe('diagnose', () => {
  /** A healthy service on port 8000 in an empty folder; `asked` receives the readings. */
  function world(subject: Service, changes: (parts: DiagnosisParts) => Partial<DiagnosisParts> = () => ({})) {
    const clock = new FakeClock();
    const asked: string[] = [];
    const tree = { members: () => Promise.resolve(known([row(4711)])), dispose: () => asked.push('tree disposed') };
    const answer = (outcome: ProbeOutcome) => ({
      probe(request: ProbeRequest): Promise<ProbeOutcome> {
        asked.push(`probe ${request.probe.target.kind}`);
        return Promise.resolve(outcome);
      },
    });
    const parts: DiagnosisParts = {
      world: {
        clock,
        folderOf: ({ folder }: ServiceSpec) => folder,
        prober: answer(good),
        portOwners: {
          look: () => {
            asked.push('look');
            return Promise.resolve({ kind: 'taken', owners: [owner(4711)] });
          },
        },
        portTable: {
          listeners: () => Promise.resolve(known([listener()])),
          portsOf: () => Promise.resolve(known([listener()])),
          connectionStates: () => Promise.resolve(known(new Map())),
          canBind: () => Promise.resolve({ kind: 'inUse' }),
        },
        preflight: { prepare: () => Promise.resolve({ ok: true, launch: { command: '', cwd: '/shop', env: {} } }) },
        processes: {
          list: () => Promise.resolve(known([row(4711)])),
          identify: () => Promise.resolve(known(undefined)),
          isAlive: () => true,
          cwd: () => Promise.resolve(known('/shop')),
        },
        trees: {
          watchExit: () => ({ dispose: () => undefined }),
          open: () => ({ ...tree, interrupt: never, gone: never, kill: never }),
        },
      },
      store: { services: () => [subject] },
      files: {
        readText: () => Promise.resolve(undefined),
        changedAt: () => Promise.resolve(undefined),
        list: () => Promise.resolve(known([])),
      },
      host: { platform: 'linux', isRemote: false, inContainer: false },
      inherited: new Set(),
      output: () => [],
      linesBeforeHealthy: () => 0,
      blockedSince: () => known(undefined),
    };
    return { clock, asked, parts: { ...parts, ...changes(parts) }, answer };
  }

  const subject = service(running(healthy), { probe });

  it('finds nothing for a healthy service, and leaves no timer and no tree behind', async () => {
    const { clock, asked, parts } = world(subject);
    assert.deepEqual(await diagnose('backend', parts), []);
    assert.equal(clock.pending, 0);
    assert.ok(asked.includes('tree disposed'));
  });

  it('rejects an unknown id', async () => {
    await assert.rejects(diagnose('nobody', world(subject).parts), /There is no service "nobody"/);
  });

  it('ends at its deadline of 3 s when every reading hangs, and finds nothing then', async () => {
    const { clock, parts } = world(subject, ({ world: usual, files }) => ({
      world: {
        ...usual,
        prober: { probe: never },
        portTable: { listeners: never, portsOf: never, connectionStates: never, canBind: never },
        preflight: { prepare: never },
        trees: {
          ...usual.trees,
          open: () => ({ members: never, dispose: () => undefined, interrupt: never, gone: never, kill: never }),
        },
      },
      files: { ...files, list: never, changedAt: never },
    }));
    let findings: unknown;
    const report = diagnosisReport('backend', parts);
    void diagnose('backend', parts).then((found) => (findings = found));
    await clock.turn(2999);
    assert.equal(findings, undefined);
    await clock.turn(1);
    assert.deepEqual(findings, []);
    assert.match(await report, /Port listeners: not available within 3 s\./);
  });

  it('continues without a reading that rejects', async () => {
    const broken = (): Promise<Reading<never>> => Promise.reject(new Error('no such tool'));
    const { parts } = world(subject, ({ world: usual }) => ({
      world: { ...usual, portTable: { ...usual.portTable, listeners: broken, connectionStates: broken } },
    }));
    assert.deepEqual(await diagnose('backend', parts), []);
    assert.match(await diagnosisReport('backend', parts), /Connections: could not be read \(no such tool\)\./);
  });

  it('does not run an exec probe', async () => {
    const exec = service(running(healthy), { probe: { ...probe, target: { kind: 'exec', command: 'rm -rf /' } } });
    const { asked, parts } = world(exec);
    await diagnose('backend', parts);
    assert.deepEqual(
      asked.filter((each) => each.startsWith('probe')),
      [],
    );
  });

  it('sends no HTTP to a service with a TCP probe', async () => {
    const database = service(running(healthy), { probe: { ...probe, target: { kind: 'tcp', port: 8000 } } });
    const { asked, parts } = world(database);
    await diagnose('backend', parts);
    assert.deepEqual(
      asked.filter((each) => each.startsWith('probe')),
      ['probe tcp'],
    );
  });

  it('does not bind the port of a service that is still starting', async () => {
    const { asked, parts } = world(service(starting(unknown), { probe }), ({ world: usual }) => ({
      world: { ...usual, portTable: { ...usual.portTable, listeners: () => Promise.resolve(known([])) } },
    }));
    await diagnose('backend', parts);
    assert.ok(!asked.includes('look'));
  });

  it('does not report hung for one late response', async () => {
    const late = failing({ kind: 'noAnswer', timeout: 1000 });
    const answers = [late, late, late, good];
    const patient = service(running(healthy), { probe: { ...probe, timeout: 1000 } });
    const { parts } = world(patient, ({ world: usual }) => ({
      world: { ...usual, prober: { probe: () => Promise.resolve(answers.shift() ?? good) } },
    }));
    assert.deepEqual(await diagnose('backend', parts), []);
    const { parts: hanging } = world(patient, ({ world: usual }) => ({
      world: { ...usual, prober: { probe: () => Promise.resolve(late) } },
    }));
    assert.deepEqual(
      (await diagnose('backend', hanging)).map(({ code }) => code),
      ['hung'],
    );
  });
});
