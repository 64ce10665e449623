import assert from 'node:assert/strict';
import { tmpdir } from 'node:os';
import type { ProbeFailure } from '../../../src/core/model/failure';
import { defined } from '../../../src/core/model/defined';
import type { ProbeOutcome } from '../../../src/core/model/health';
import { probeLimit } from '../../../src/core/model/probePace';
import type { ProbeManner } from '../../../src/core/model/probePace';
import type { AskedProbe, AskedTarget } from '../../../src/core/model/service';
import { systemClock } from '../../../src/os/clock';
import { createProber } from '../../../src/os/probes/index';
import { createProcessTable } from '../../../src/os/processTable/index';
import { createPortTable } from '../../../src/os/portTable/index';
import { createProcessTrees } from '../../../src/os/trees/index';

const processTable = createProcessTable();
const processTrees = createProcessTrees({ processTable, portTable: createPortTable(), clock: systemClock });
export const prober = createProber({ clock: systemClock, processTable, processTrees });

/** A probe cannot outlive its timeout by more than this, also on a machine under load. In ms. */
const slack = 400;

export interface Asked {
  readonly port?: number;
  readonly host?: string;
  readonly timeout?: number;
  readonly signal?: AbortSignal;
  readonly cwd?: string;
  readonly manner?: ProbeManner;
  readonly spec?: Partial<AskedProbe>;
}

export async function ask(target: AskedTarget, asked: Asked = {}): Promise<ProbeOutcome> {
  const timeout = asked.timeout ?? 3000;
  const probe: AskedProbe = {
    target,
    headers: {},
    interval: 1000,
    timeout,
    startPeriod: 0,
    successThreshold: 1,
    failureThreshold: 3,
    ...asked.spec,
  };
  const port = asked.port === undefined ? {} : { port: asked.port };
  const started = performance.now();
  const outcome = await prober.probe(
    { probe, cwd: asked.cwd ?? tmpdir(), env: {}, ...port, ...defined({ host: asked.host, manner: asked.manner }) },
    asked.signal ?? new AbortController().signal,
  );
  const took = performance.now() - started;
  const limit = probeLimit(probe, asked.manner);
  assert.ok(took < limit + slack, `the probe took ${took} ms with a limit of ${limit} ms`);
  return outcome;
}

export const askHttp = (address: string, asked: Asked = {}): Promise<ProbeOutcome> => ask({ kind: 'http', address }, asked);

export async function failureOf(outcome: Promise<ProbeOutcome>): Promise<ProbeFailure> {
  const seen = await outcome;
  assert.ok(!seen.ok, 'the probe should have failed');
  return seen.failure;
}
