/** "Diagnose" -> verdict: how long the facts take, for what ends, for what listens elsewhere, for what hangs, and for what is well. */
import { diagnose } from '../../src/app/diagnosis/diagnose';
import { freePort, serviceFile } from './context';
import type { Context, Group } from './context';
import { Rig } from './rig';
import { atMost, figure } from './row';
import type { Row } from './row';
import { now, within } from './time';

/** A diagnosis may take no longer, in ms. */
const deadline = 3000;

interface Case {
  readonly what: string;
  /** The first finding that shows that the right thing was measured; undefined when nothing is wrong. */
  readonly code: string | undefined;
  /** Brings the service, which has this port, where it is to be diagnosed. */
  readonly bring: (rig: Rig, port: number) => Promise<void>;
}

const answers = { http: '/', interval: '200ms', timeout: '500ms', failureThreshold: 2 };
const server = (port: number): string[] => ['node', serviceFile('server.cjs'), String(port)];

const cases: readonly Case[] = [
  {
    what: 'crashed',
    code: 'missing-dependency',
    bring: async (rig, port) => {
      const script = 'console.log("Error: Cannot find module \'express\'"); setTimeout(() => process.exit(1), 200)';
      rig.configure({ server: { command: ['node', '-e', script], port, health: answers } });
      await started(rig, 'to have failed', ({ lifecycle }) => lifecycle === 'failed');
    },
  },
  {
    what: 'listens on another port',
    code: 'wrong-port',
    bring: async (rig, port) => {
      const listening = new Promise<void>((resolve) => {
        rig.terminals.onLine((_service, line) => line.startsWith('listening') && resolve());
      });
      const health = { ...answers, startPeriod: 0 };
      rig.configure({ server: { command: server(await freePort()), port, health } });
      await started(rig, 'to be unhealthy', ({ health: seen }) => seen === 'unhealthy');
      await within('the server to listen', 20_000, listening);
    },
  },
  {
    what: 'healthy',
    code: undefined,
    bring: async (rig, port) => {
      rig.configure({ server: { command: server(port), port, health: answers } });
      await started(rig, 'to be healthy', ({ health }) => health === 'healthy');
    },
  },
];

const hung: Case = {
  what: 'hung',
  code: 'stopped-process',
  bring: async (rig, port) => {
    rig.configure({ server: { command: server(port), port, health: answers, stopGracePeriod: '0s' } });
    await started(rig, 'to be healthy', ({ health }) => health === 'healthy');
    const isHung = rig.next('server', 'to be hung', ({ health }) => health === 'unhealthy');
    rig.terminals.runOf('server')?.child.kill('SIGSTOP');
    await isHung;
  },
};

export const verdict: Group = {
  name: 'diagnose -> verdict',
  async measure(context) {
    const rows: Row[] = [];
    const goal = 'median < 300, with all facts';
    for (const each of cases) {
      const ours = figure(await times(each, context));
      rows.push({ what: `verdict: ${each.what}`, unit: 'ms', ours, peers: [], goal, met: atMost(ours.median, 300) });
    }
    const ours = figure(await times(hung, context));
    const met = atMost(ours.longest, deadline);
    return [...rows, { what: `verdict: ${hung.what}`, unit: 'ms', ours, peers: [], goal: `never longer than ${deadline}`, met }];
  },
};

async function times({ bring, code, what }: Case, { scratch, full }: Context): Promise<readonly number[]> {
  const rig = new Rig(scratch);
  const seen: number[] = [];
  try {
    await bring(rig, await freePort());
    for (let count = full ? 20 : 7; count > 0; count -= 1) {
      const at = now();
      const findings = await diagnose('server', rig.diagnosisParts());
      seen.push(now() - at);
      const first = findings[0]?.code;
      if (first !== code) throw new Error(`The verdict on a service that is ${what} is ${first ?? 'that nothing is wrong'}.`);
    }
  } finally {
    await rig.stopAll();
    rig.dispose();
  }
  return seen;
}

async function started(rig: Rig, ...[what, wanted]: [string, Parameters<Rig['next']>[2]]): Promise<void> {
  const there = rig.next('server', what, wanted);
  rig.start('server');
  await there;
}
