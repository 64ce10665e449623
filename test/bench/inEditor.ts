/** The rows that only a real VS Code can tell. */
import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '../support/repository';
import { freePort, serviceFile } from './context';
import type { Context, Group } from './context';
import { Editor } from './editor';
import type {
  ActivationAnswer,
  AgentsAnswer,
  EndsAnswer,
  FloodAnswer,
  Flooded,
  PlainTasksAnswer,
  ScaleAnswer,
} from './inside/order';
import { atMost, compared, figure, ratio } from './row';
import type { Row } from './row';
import { scaleRows } from './scaleRows';

type Measure = (editor: Editor, context: Context) => Promise<readonly Row[]>;

const grouped = (name: string, measure: Measure): Group => ({
  name: `in the editor: ${name}`,
  async measure(context) {
    const editor = await Editor.open(context);
    try {
      return await measure(editor, context);
    } finally {
      await editor.close();
    }
  },
});

const activation: Measure = async (editor, { full }) => {
  const command = ['node', serviceFile('server.cjs'), '8000'];
  const services = { backend: { command, port: 8000 }, worker: { command } };
  const seen: ActivationAnswer[] = [];
  for (let count = full ? 9 : 3; count > 0; count -= 1) {
    seen.push((await editor.carryOut({ kind: 'activation', services })) as ActivationAnswer);
  }
  const ours = figure(seen.map(({ passed }) => passed));
  const used = figure(seen.map((each) => each.used)).median?.toFixed(0) ?? '?';
  const size = figure([kilobytes('extension.js')]);
  const later = ['deferred.js', 'discovery.js'].map((name) => `${name} ${kilobytes('composition', name).toFixed(0)} KB`);
  const note = `loading the code included; the whole host used ${used} ms of processor time meanwhile`;
  return [
    { what: 'activation', unit: 'ms', ours, peers: [], goal: 'median <= 50', met: atMost(ours.median, 50), note },
    {
      what: 'bundle',
      unit: 'KB',
      ours: size,
      peers: [],
      goal: '<= 400',
      met: atMost(size.median, 400),
      note: `loaded later, when asked for: ${later.join(', ')}`,
    },
  ];
};

const agents: Measure = async (editor, { full, scratch }) => {
  const ports = await Promise.all(Array.from({ length: 10 }, freePort));
  const services = Object.fromEntries(ports.map((port, at) => [`s${at}`, { command: 'node server.js', port }]));
  const pm2 = join(repositoryRoot, 'node_modules', 'pm2', 'bin', 'pm2');
  const env = { PM2_HOME: join(scratch, 'pm2-home'), PM2_DISABLE_VERSION_CHECK: 'true' };
  const peer = { program: process.execPath, args: [pm2, 'jlist'], env };
  const answer = (await editor.carryOut({ kind: 'agents', count: full ? 50 : 10, services, peer })) as AgentsAnswer;
  execFileSync(process.execPath, [pm2, 'kill'], { env: { ...process.env, ...env }, stdio: 'ignore' });
  const [call, svc] = [figure(answer.call), figure(answer.svc)];
  const sizes = ['svc', 'mcp'].map((name) => `${name}.js ${kilobytes('svc', `${name}.js`).toFixed(0)} KB`);
  const bundles = [`agents.js ${kilobytes('composition', 'agents.js').toFixed(0)} KB`, ...sizes].join(', ');
  return [
    { what: 'services_list in the host', unit: 'ms', ours: call, peers: [], goal: 'median <= 5', met: atMost(call.median, 5) },
    {
      ...{ what: 'svc list, the whole process', unit: 'ms', ours: svc, peers: [compared('pm2 jlist', answer.peer)] },
      ...{ goal: 'median <= 150', met: atMost(svc.median, 150), note: `bundles, loaded when used: ${bundles}` },
    },
  ];
};

const kilobytes = (...path: string[]): number => statSync(join(repositoryRoot, 'dist', ...path)).size / 1000;

const ends: Measure = async (editor, { full }) => {
  const order = { kind: 'ends', count: full ? 20 : 5, server: serviceFile('server.cjs'), port: await freePort() } as const;
  const answer = (await editor.carryOut(order)) as EndsAnswer;
  return (['exit', 'SIGKILL'] as const).map((way) => {
    const ours = figure(answer[way].snapshot);
    const peer = compared('onDidEndTaskProcess', answer[way].editor);
    const met = atMost(ours.median, 100) && (ratio(ours, peer) ?? 0) >= 3;
    return { what: `${way} -> snapshot, in VS Code`, unit: 'ms', ours, peers: [peer], goal: '<= 100 and 3x sooner', met };
  });
};

const scale: Measure = async (editor, { full, say, profiles }) => {
  const sizes = [0, 1, 10, 50, 100];
  const ports: number[] = [];
  while (ports.length < 100) {
    const port = await freePort();
    if (!ports.includes(port)) ports.push(port);
  }
  const seconds = full ? 60 : 10;
  const common = { kind: 'scale', server: serviceFile('answer.py'), ports, sizes, seconds } as const;
  const order = profiles === undefined ? common : { ...common, profiles };
  const answer = (await editor.carryOut(order)) as ScaleAnswer;
  for (const idle of answer) say(JSON.stringify(idle));
  const plain = (await editor.carryOut({ kind: 'plainTasks', server: common.server, ports, seconds })) as PlainTasksAnswer;
  for (const idle of plain) say(`plain tasks: ${JSON.stringify(idle)}`);
  return scaleRows(answer, plain);
};

const flood: Measure = async (editor, { full, say }) => {
  const megabytes = full ? 200 : 15;
  const order = { kind: 'flood', server: serviceFile('flood.cjs'), megabytes, rounds: full ? 3 : 2 } as const;
  const { plain, service, stuck } = (await editor.carryOut(order)) as FloodAnswer;
  for (const [kind, rounds] of Object.entries({ plain, service })) say(`${kind}: ${JSON.stringify(rounds)}`);
  const of = (pick: keyof Flooded) => ({
    ours: figure(service.map((each) => each[pick])),
    peers: [
      compared(
        'plain task',
        plain.map((each) => each[pick]),
      ),
    ],
  });
  const took = of('took');
  const grown = of('grown');
  const kept = of('kept');
  const slower = 1 / (ratio(took.ours, took.peers[0] ?? took.ours) ?? Number.NaN);
  const what = `${megabytes} MB of output`;
  const note = `VS Code stopped reading the terminal in ${stuck.plain} further rounds of the plain task, ${stuck.service} of ours`;
  return [
    { what: `${what}: written in`, unit: 'ms', ...took, goal: '<= 1.05x of a plain task', met: slower <= 1.05, note },
    {
      what: `${what}: the host grows by`,
      unit: 'MB',
      ...grown,
      goal: '<= 30 for 200 MB',
      met: atMost(grown.ours.longest, 30),
    },
    { what: `${what}: of that the host keeps`, unit: 'MB', ...kept, goal: 'given back', met: atMost(kept.ours.median, 5) },
    { what: `${what}: processor time of the host`, unit: 'ms', ...of('processor') },
  ];
};

export const inEditor: readonly Group[] = [
  grouped('activation', activation),
  grouped('agents', agents),
  grouped('ends', ends),
  grouped('scale', scale),
  grouped('flood', flood),
];
