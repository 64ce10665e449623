/** Diagnoses real processes with the real adapters. Only the part of the editor is simulated: configuration, state, output. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { diagnose } from '../../../src/app/diagnosis/diagnose';
import { SeenPorts } from '../../../src/app/diagnosis/seenPorts';
import type { DiagnosisParts } from '../../../src/app/diagnosis/parts';
import { defined } from '../../../src/core/model/defined';
import { known } from '../../../src/core/model/process';
import type { Code } from '../../../src/core/diagnosis/codes';
import type { Finding } from '../../../src/core/diagnosis/finding';
import { OutputTail } from '../../../src/core/output/outputTail';
import { findCause } from '../../../src/core/output/cause/findCause';
import type { ServiceSpec } from '../../../src/core/model/service';
import type { Service, Lifecycle } from '../../../src/core/lifecycle/state';
import { noRestarts } from '../../../src/core/lifecycle/state';
import { systemClock as clock } from '../../../src/os/clock';
import { createFiles } from '../../../src/os/files';
import { createRuntimeReader } from '../../../src/os/runtimes/index';
import { createPortOwners } from '../../../src/app/portOwners';
import { createPortSight } from '../../../src/os/portSight';
import { createPortTable } from '../../../src/os/portTable/index';
import { createProber } from '../../../src/os/probes/index';
import { createProcessTable } from '../../../src/os/processTable/index';
import { createProcessTrees } from '../../../src/os/trees/index';
import type { Cleanup } from '../support/cleanup';
import { type Started, start } from '../support/services';
import { until } from '../support/until';
import { probe } from '../../unit/core/diagnosis/sample';
import { failed, spec as plainSpec } from '../../unit/core/views/samples';

/** The command to start, and the service as in services.json. */
export interface Recipe {
  /** For /bin/sh; `$PYTHON` and `$NODE` are set. */
  readonly command: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly port: number;
  /** Properties of the service that differ. */
  readonly config?: Partial<ServiceSpec>;
}

export interface Running {
  readonly started: Started;
  readonly service: Service;
  readonly output: () => readonly string[];
}

/** Starts the command, and does not wait until it listens. */
export async function run({ command, files, port, config = {} }: Recipe, cleanup: Cleanup): Promise<Running> {
  const started = await start(
    {
      command: `exec > output.log 2>&1\nuntil [ -e go ]; do sleep 0.02; done\n${command}`,
      port,
      ...defined({ files }),
    },
    cleanup,
  );
  // The command waits for this file: otherwise one that fails at once would exit before its identity is read.
  writeFileSync(join(started.folder, 'output.log'), '', { flag: 'a' });
  writeFileSync(join(started.folder, 'go'), '');
  const { process, marker } = started.root;
  const spec = describe(started.folder, port, { command, ...config });
  const streak = { successes: 0, failures: 0 };
  const lifecycle: Lifecycle = {
    kind: 'running',
    run: marker,
    process,
    startedAt: Date.now(),
    readyAt: Date.now(),
    terminal: 'attached',
    health: { kind: 'unknown', streak },
  };
  return { started, service: { spec, state: { lifecycle, restarts: noRestarts } }, output: () => linesOf(started.folder) };
}

/** Returns a service in a folder, whose probe requests `/` on its port. */
export const describe = (folder: string, port: number, config: Partial<ServiceSpec> = {}): ServiceSpec =>
  plainSpec({
    folder,
    folderName: 'shop',
    port,
    probe: { ...probe, target: { kind: 'http', address: '/' }, timeout: 1000 },
    ...config,
  });

/** Waits until the service has exited, and returns it in the state that the lifecycle would have. */
export async function ended({ started, service, output }: Running): Promise<Service> {
  await until('the service has exited', () => started.child.exitCode !== null || started.child.signalCode !== null, 30_000);
  const exitCode = started.child.exitCode ?? undefined;
  const lastLine = findCause(output(), exitCode !== undefined && exitCode !== 0)?.sentence;
  const end = { exitCode, ...defined({ lastLine }) };
  return at(service, failed({ kind: 'crashed', end, beforeReady: true }));
}

export const at = (service: Service, lifecycle: Lifecycle): Service => ({
  ...service,
  state: { lifecycle, restarts: noRestarts },
});

export const stopped: Lifecycle = { kind: 'stopped', cause: { kind: 'command' } };

export const until200 = (port: number, host = '127.0.0.1'): Promise<void> =>
  until(
    'the server responds with status 200',
    async () =>
      (await fetch(`http://${host}:${port}/`, { headers: { connection: 'close' } }).catch(() => undefined))?.ok === true,
    30_000,
  );

export const listens = (port: number): Promise<void> =>
  until(
    'a process is listening on the port',
    async () => {
      const found = await createPortTable().listeners(port);
      return found.kind === 'known' && found.value.length > 0;
    },
    30_000,
  );

/** Returns the findings for `service`; `others` are in the same workspace. */
export function verdicts(
  service: Service,
  lines: readonly string[],
  others: readonly Service[] = [],
): Promise<readonly Finding[]> {
  return diagnose(service.spec.id, partsFor([service, ...others], lines));
}

/** One for all diagnoses of a test process, as for all of a window. */
const seenPorts = new SeenPorts();

function partsFor(services: readonly Service[], lines: readonly string[]): DiagnosisParts {
  const processes = createProcessTable();
  const portTable = createPortTable();
  const trees = createProcessTrees({ processTable: processes, portTable, clock });
  const folderOf = ({ folder, cwd }: ServiceSpec): string => join(folder, cwd);
  return {
    world: {
      clock,
      processes,
      portTable,
      trees,
      folderOf,
      portOwners: createPortOwners(createPortSight({ processTable: processes, portTable }), {
        store: { services: () => services },
        ledger: { read: () => undefined, entries: () => [], write: () => undefined, remove: () => undefined },
        processes,
      }),
      prober: createProber({ clock, processTable: processes, processTrees: trees }),
      preflight: {
        prepare: (spec) => Promise.resolve({ ok: true, launch: { command: spec.command, cwd: folderOf(spec), env: spec.env } }),
      },
    },
    store: { services: () => services },
    files: createFiles(),
    runtimes: createRuntimeReader(),
    host: { platform: 'linux', isRemote: false, inContainer: false },
    inherited: new Set(Object.keys(process.env)),
    seenPorts,
    output: () => Promise.resolve({ lines, linesBeforeHealthy: 0 }),
    blockedSince: () => known(undefined),
  };
}

function linesOf(folder: string): readonly string[] {
  const tail = new OutputTail();
  tail.append(readFileSync(join(folder, 'output.log'), 'utf8'));
  return tail.lines();
}

/** Returns the verdict, which must have this code. */
export function expectVerdict(code: Code, found: readonly Finding[]): Finding {
  const [verdict] = found;
  assert.ok(verdict?.code === code, `The verdict should be ${code}, but the findings are ${JSON.stringify(found, undefined, 2)}`);
  return verdict;
}

export const codesOf = (found: readonly Finding[]): readonly string[] => found.map(({ code }) => code);
