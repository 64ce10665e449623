import { noOutput } from '../../../../src/core/output/runOutput';
import assert from 'node:assert/strict';
import { diagnose, diagnosisReport } from '../../../../src/app/diagnosis/diagnose';
import { SeenPorts } from '../../../../src/app/diagnosis/seenPorts';
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
          clients: () => Promise.resolve(known(new Map())),
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
          watchExit: () => ({ suspect: () => undefined, dispose: () => undefined }),
          open: () => ({ ...tree, known: () => [], expectChange: () => undefined, interrupt: never, gone: never, kill: never }),
        },
      },
      store: { services: () => [subject] },
      files: {
        readText: () => Promise.resolve(undefined),
        changedAt: () => Promise.resolve(undefined),
        isExecutable: () => Promise.resolve(undefined),
        realPath: (path) => Promise.resolve(path),
        list: () => Promise.resolve(known([])),
      },
      host: { platform: 'linux', isRemote: false, inContainer: false },
      inherited: new Set(),
      seenPorts: new SeenPorts(),
      output: () => Promise.resolve(noOutput),
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
        portTable: { listeners: never, portsOf: never, connectionStates: never, clients: never, canBind: never },
        preflight: { prepare: never },
        trees: {
          ...usual.trees,
          open: () => ({
            members: never,
            known: () => [],
            expectChange: () => undefined,
            dispose: () => undefined,
            interrupt: never,
            gone: never,
            kill: never,
          }),
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

  it('does not report hung for one response that is missing, while another comes', async () => {
    const late = failing({ kind: 'noAnswer', timeout: 2800 });
    const patient = service(running(healthy), { probe: { ...probe, timeout: 1000 } });
    const asking = (answer: (address: string) => ProbeOutcome) =>
      world(patient, ({ world: usual }) => ({
        world: {
          ...usual,
          prober: {
            probe: ({ probe: { target } }) => Promise.resolve(answer(target.kind === 'http' ? target.address : '')),
          },
        },
      })).parts;
    assert.deepEqual(
      await diagnose(
        'backend',
        asking((address) => (address.includes('127.0.0.1') ? good : late)),
      ),
      [],
    );
    const hanging = await diagnose(
      'backend',
      asking(() => late),
    );
    assert.deepEqual(
      hanging.map(({ code }) => code),
      ['hung'],
    );
  });

  it('lets one request run for nearly all of its time, and reads other ports meanwhile', async () => {
    const requests: ProbeRequest[] = [];
    let ports = 0;
    const slow = service(running(healthy), { probe: { ...probe, timeout: 1000 } });
    const other = service(running(healthy), { id: 'db', key: 'db', port: 5432 });
    const { clock, parts } = world(slow, ({ world: usual }) => ({
      store: { services: () => [slow, other] },
      world: {
        ...usual,
        prober: {
          probe: (request) => {
            requests.push(request);
            if (request.probe.target.kind !== 'tcp') return never();
            ports++;
            return Promise.resolve(good);
          },
        },
      },
    }));
    const findings = diagnose('backend', parts);
    await clock.turn(100);
    assert.equal(ports, 1, 'the port of the other service is read while the slow one is asked');
    await clock.turn(2900);
    await findings;
    const timeouts = requests.map(({ probe: { target, timeout } }) => [target.kind === 'http' ? target.address : '', timeout]);
    assert.deepEqual(
      timeouts.filter(([address]) => address !== ''),
      [
        ['http://127.0.0.1:8000/health', 1000],
        ['http://[::1]:8000/health', 1000],
        ['/health', 2800],
      ],
    );
  });

  it('asks over TLS only where the probe has found out that the port uses it', async () => {
    const asking = async (outcome: ProbeOutcome): Promise<readonly string[]> => {
      const asked: string[] = [];
      const { parts } = world(subject, ({ world: usual }) => ({
        world: {
          ...usual,
          prober: {
            probe: ({ probe: { target } }) => {
              if (target.kind === 'http') asked.push(target.address);
              return Promise.resolve(outcome);
            },
          },
        },
      }));
      await diagnose('backend', parts);
      return asked.filter((address) => address.startsWith('https:'));
    };
    for (const failure of [
      { kind: 'badStatus', status: 400, expected: '200–399' },
      { kind: 'reset' },
      { kind: 'notHttp' },
      { kind: 'noAnswer', timeout: 1 },
    ] as const) {
      assert.deepEqual(await asking(failing(failure)), [], failure.kind);
    }
    assert.deepEqual(await asking(good), []);
    assert.equal((await asking(failing({ kind: 'httpsExpected' }))).length, 2);
  });
});
