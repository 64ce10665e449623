import assert from 'node:assert/strict';
import { WiringCheck } from '../../../../src/app/wiringCheck/check';
import type { WiringVerdict } from '../../../../src/app/wiringCheck/check';
import { defined } from '../../../../src/core/model/defined';
import { known, unavailable } from '../../../../src/core/model/process';
import { FakeClock } from '../../../support/fakes/clock';
import { serviceSpec } from '../../../support/fakes/specs';
import { Store } from '../../../../src/app/store';
import { healthy } from '../../core/views/samples';
import { noRestarts } from '../../../../src/core/lifecycle/state';
import type { Lifecycle } from '../../../../src/core/lifecycle/state';
import type { ProbeOutcome } from '../../../../src/core/model/health';

const backend = serviceSpec('backend', { role: 'backend', cwd: 'backend' });
const frontend = serviceSpec('frontend', { role: 'frontend', cwd: 'frontend', port: 5173 });
const path = '/shop/frontend/vite.config.ts';
const proxyTo = (port: number): string => `proxy: { '/api': 'http://localhost:${port}' }`;

const unexpected = (message: string): never => {
  throw new Error(message);
};

/** A wrong proxy on the disk; records the readings and the verdicts. */
class Bench {
  readonly clock = new FakeClock();
  readonly store = new Store();
  readonly disk = new Map([[path, proxyTo(8001)]]);
  readonly open = new Map<string, string>();
  readonly verdicts: WiringVerdict[] = [];
  readonly asked: number[] = [];
  reads = 0;
  isWanted = true;
  /** Whether the port table has a listener, and whether a connection is refused. */
  isListed = false;
  isRefused = true;
  readonly check: WiringCheck;

  constructor() {
    this.store.configure({ services: [backend, frontend], broken: [] });
    const clock = this.clock;
    const parts = {
      world: {
        clock,
        log: { info: unexpected, warn: unexpected, error: unexpected },
        folderOf: ({ folder, cwd }: typeof backend) => `${folder}/${cwd}`,
        portTable: {
          listeners: (port: number) => {
            this.asked.push(port);
            return Promise.resolve(known(this.isListed ? [{ port, address: '::', family: 6 as const, pids: [1] }] : []));
          },
          portsOf: () => Promise.resolve(known([])),
          clients: () => Promise.resolve(known(new Map<number, number>())),
          connectionStates: () => Promise.resolve(known(new Map<string, number>())),
          canBind: () => Promise.resolve({ kind: 'free' as const }),
        },
        prober: {
          probe: (): Promise<ProbeOutcome> => {
            const failure = this.isRefused ? ({ kind: 'refused', port: 0 } as const) : ({ kind: 'reset' } as const);
            return Promise.resolve({ ok: false, at: 0, failure });
          },
        },
      },
      store: this.store,
      files: {
        changedAt: () => Promise.resolve(undefined),
        isExecutable: () => Promise.resolve(undefined),
        realPath: (asked: string) => Promise.resolve(asked),
        list: (folder: string) => {
          const names = [...this.disk.keys()].flatMap((file) =>
            file.startsWith(`${folder}/`)
              ? file
                  .slice(folder.length + 1)
                  .split('/')
                  .slice(0, 1)
              : [],
          );
          return Promise.resolve(names.length > 0 ? known([...new Set(names)]) : unavailable('It is no folder.'));
        },
        readText: (file: string) => {
          this.reads += 1;
          return Promise.resolve(this.disk.get(file));
        },
      },
      openTexts: () => this.open,
      isWanted: () => this.isWanted,
    };
    this.check = new WiringCheck(parts, (verdict) => this.verdicts.push(verdict));
  }

  /** Waits for all pending checks and returns the problems of the last one. */
  async problems(): Promise<readonly string[]> {
    await this.clock.turn(500);
    await this.clock.turn(0);
    return (this.verdicts.at(-1)?.problems ?? []).map(({ code, file }) => `${code} ${file}`);
  }

  running(printedPort?: number): void {
    const lifecycle: Lifecycle = {
      kind: 'running',
      run: 'r1',
      process: { pid: 1, born: 'b' },
      startedAt: 0,
      readyAt: 0,
      terminal: 'attached',
      health: healthy,
      ...defined({ printedPort }),
    };
    this.store.setState('frontend', { lifecycle, restarts: noRestarts });
  }
}

describe('the wiring check', () => {
  const wrong = [`proxy-mismatch ${path}`];

  it('checks once at the beginning, after 500 ms', async () => {
    const bench = new Bench();
    await bench.clock.turn(499);
    assert.deepEqual(bench.verdicts, []);
    assert.deepEqual(await bench.problems(), wrong);
    assert.deepEqual(bench.asked, [8001]);
    assert.equal(bench.clock.pending, 0, 'nothing ticks while nothing changes');
  });

  it('checks again when a file has changed', async () => {
    const bench = new Bench();
    await bench.problems();
    bench.disk.set(path, proxyTo(8000));
    bench.check.filesChanged();
    assert.deepEqual(await bench.problems(), []);
    assert.deepEqual(bench.asked, [8001], 'the port of a service is not tried');
  });

  it('checks once for many changes', async () => {
    const bench = new Bench();
    await bench.problems();
    for (let times = 0; times < 10; times++) bench.check.filesChanged();
    await bench.problems();
    assert.equal(bench.verdicts.length, 2);
  });

  it('uses the unsaved content of an editor, and does not read files again for it', async () => {
    const bench = new Bench();
    await bench.problems();
    const { reads } = bench;
    bench.open.set(path, proxyTo(8000));
    bench.check.lookAgain();
    assert.deepEqual(await bench.problems(), []);
    bench.open.clear();
    bench.check.lookAgain();
    assert.deepEqual(await bench.problems(), wrong);
    assert.equal(bench.reads, reads);
  });

  it('checks a given content at once, with what the last check read', async () => {
    const bench = new Bench();
    assert.deepEqual(bench.check.problemsIn(path, proxyTo(8001)), []);
    await bench.problems();
    assert.equal(bench.check.problemsIn(path, `\n${proxyTo(8001)}`)[0]?.range.offset, proxyTo(8001).indexOf('8001') + 1);
    assert.deepEqual(bench.check.problemsIn(path, proxyTo(8002)), [], 'this port was not checked');
    assert.deepEqual(bench.check.problemsIn('/shop/other.ts', proxyTo(8001)), []);
    assert.ok(bench.check.reads(path));
    assert.ok(!bench.check.reads('/shop/other.ts'));
  });

  it('reports nothing for a port that is in use, or that gives no clear answer', async () => {
    const bench = new Bench();
    bench.isListed = true;
    assert.deepEqual(await bench.problems(), []);
    bench.isListed = false;
    bench.isRefused = false;
    bench.check.lookAgain();
    assert.deepEqual(await bench.problems(), []);
    bench.isRefused = true;
    bench.check.lookAgain();
    assert.deepEqual(await bench.problems(), wrong);
  });

  it('checks again when a service starts, stops or changes its port, and not for its probes', async () => {
    const bench = new Bench();
    await bench.problems();
    bench.running();
    await bench.problems();
    assert.equal(bench.verdicts.length, 2);
    bench.running();
    await bench.problems();
    assert.equal(bench.verdicts.length, 2, 'a probe of a healthy service causes no check');
    bench.running(8001);
    assert.deepEqual(await bench.problems(), [], 'a service uses the port now');
  });

  it('checks again when the configuration has changed', async () => {
    const bench = new Bench();
    await bench.problems();
    bench.store.configure({ services: [{ ...backend, port: 8001 }, frontend], broken: [] });
    assert.deepEqual(await bench.problems(), []);
    bench.store.configure({ services: [], broken: [] });
    assert.deepEqual(await bench.problems(), []);
  });

  it('reports nothing while the configuration of a service is invalid', async () => {
    const bench = new Bench();
    await bench.problems();
    const broken = [{ id: 'auth', key: 'auth', folder: '/shop', folderName: 'shop', message: 'wrong' }];
    bench.store.configure({ services: [backend, frontend], broken });
    assert.deepEqual(await bench.problems(), []);
  });

  it('reports and reads nothing while it is switched off', async () => {
    const bench = new Bench();
    bench.isWanted = false;
    assert.deepEqual(await bench.problems(), []);
    assert.equal(bench.reads, 0);
    bench.isWanted = true;
    bench.check.lookAgain();
    assert.deepEqual(await bench.problems(), wrong);
    bench.isWanted = false;
    bench.check.lookAgain();
    assert.deepEqual(await bench.problems(), []);
  });

  it('compares each folder with its own services, and respects the ports of the other folders', async () => {
    const bench = new Bench();
    const billing = serviceSpec('backend', { id: 'billing/backend', role: 'backend', folder: '/billing', port: 8001 });
    bench.store.configure({ services: [backend, frontend, billing], broken: [] });
    assert.deepEqual(await bench.problems(), []);
    bench.store.configure({ services: [frontend, { ...billing, port: 8002 }], broken: [] });
    assert.deepEqual(await bench.problems(), [], 'a file of this folder does not mean a service of another one');
  });

  it('reports nothing after it was disposed', async () => {
    const bench = new Bench();
    bench.check.dispose();
    await bench.problems();
    assert.deepEqual(bench.verdicts, []);
    assert.equal(bench.clock.pending, 0);
  });
});
