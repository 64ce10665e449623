import assert from 'node:assert/strict';
import { isDebuggable } from '../../../../src/core/debug/debuggable';
import { debugPlan } from '../../../../src/core/debug/plan';
import type { DebugPlan, DebugScene } from '../../../../src/core/debug/plan';
import { debuggerPorts, possibleInspectors } from '../../../../src/core/debug/ports';
import { programOf } from '../../../../src/core/debug/program';
import type { Listener, ProcessRow } from '../../../../src/core/model/process';
import { serviceSpec } from '../../../support/fakes/specs';

const row = (pid: number, ppid: number, command: string): ProcessRow => ({
  ...{ pid, born: `b${pid}`, ppid, command },
  ...{ state: 'running', startedAt: pid },
});

const listener = (port: number, pids: readonly number[], address = '127.0.0.1'): Listener => ({ port, address, family: 4, pids });

const planOf = (scene: Partial<DebugScene>): DebugPlan =>
  debugPlan({ port: 8000, members: [], listeners: [], debuggers: new Set(), ...scene });

const npm = row(1, 0, '/usr/bin/node /usr/lib/node_modules/npm/bin/npm-cli.js run dev');
const shell = row(2, 1, 'sh -c tsx watch src/index.ts');
const tsx = row(3, 2, '/usr/bin/node /shop/node_modules/.bin/../tsx/dist/cli.mjs watch src/index.ts');
const server = row(4, 3, '/usr/bin/node --require /shop/node_modules/tsx/dist/preflight.cjs src/index.ts');
const esbuild = row(5, 4, '/shop/node_modules/@esbuild/linux-x64/bin/esbuild --service=0.25.0 --ping');
const tree = [npm, shell, tsx, server, esbuild];

describe('the plan to debug a service', () => {
  it('opens the inspector of the Node process that owns the port, not that of npm or of the parent of tsx', () =>
    assert.deepEqual(planOf({ members: tree, listeners: [listener(8000, [4])] }), {
      kind: 'openInspector',
      process: { pid: 4, born: 'b4' },
      port: 9229,
    }));

  it('attaches to an inspector that is open, by its printed port or by a usual one, at an address that can be reached', () => {
    const at = (inspector: Listener, debuggers: readonly number[] = []): DebugPlan =>
      planOf({ members: tree, listeners: [listener(8000, [4]), inspector], debuggers: new Set(debuggers) });
    const plan = (address: string, port: number) => ({ kind: 'attachNode', process: { pid: 4, born: 'b4' }, address, port });
    assert.deepEqual(at(listener(9229, [4])), plan('127.0.0.1', 9229));
    assert.deepEqual(at(listener(41_235, [4], '0.0.0.0'), [41_235]), plan('127.0.0.1', 41_235));
    assert.deepEqual(at(listener(41_235, [4], '::'), [41_235]), plan('::1', 41_235));
  });

  it('does not take another port of the server, or the inspector of another process, for its inspector', () => {
    for (const other of [listener(8001, [4]), listener(9229, [1]), listener(9230, [3])]) {
      const plan = planOf({ members: tree, listeners: [listener(8000, [4]), other], debuggers: new Set([9230]) });
      assert.equal(plan.kind, 'openInspector');
    }
  });

  it('does not take the port of a service for an inspector', () => {
    const plan = planOf({ port: 9229, members: tree, listeners: [listener(9229, [4])], debuggers: new Set([9229]) });
    assert.equal(plan.kind, 'openInspector');
  });

  it('knows the port that the inspector will open on by the option of the process', () => {
    for (const option of ['--inspect-port=9500', '--inspect-port=127.0.0.1:9500', '--debug-port=9500']) {
      const plan = planOf({ members: [row(1, 0, `node ${option} server.js`)], listeners: [listener(8000, [1])] });
      assert.equal(plan.kind === 'openInspector' && plan.port, 9500);
    }
  });

  it('attaches to the worker of a reloader that shares the socket with it', () => {
    const members = [row(1, 0, '/shop/.venv/bin/python -m uvicorn main:app --reload'), row(2, 1, '/usr/bin/python3.12 -c spawn')];
    assert.deepEqual(planOf({ members, listeners: [listener(8000, [1, 2])] }), {
      kind: 'attachPython',
      process: { pid: 2, born: 'b2' },
    });
  });

  it('finds a process without a port by its language', () => {
    const plan = planOf({ port: undefined, members: [npm, shell, tsx, row(4, 3, 'node worker.js')] });
    assert.deepEqual(plan, { kind: 'openInspector', process: { pid: 4, born: 'b4' }, port: 9229 });
    assert.deepEqual(planOf({ port: undefined, members: [row(7, 1, 'python3 worker.py')] }), {
      kind: 'attachPython',
      process: { pid: 7, born: 'b7' },
    });
  });

  it('names a program that it cannot attach to, and none where only starters run', () => {
    const java = row(1, 0, '"C:\\Program Files\\Java\\bin\\java.exe" -jar app.jar');
    assert.deepEqual(planOf({ members: [java], listeners: [listener(8000, [1])] }), { kind: 'unsupported', program: 'java' });
    assert.deepEqual(planOf({ members: [npm, shell, tsx] }), { kind: 'unsupported', program: undefined });
    assert.deepEqual(planOf({}), { kind: 'unsupported', program: undefined });
  });

  it('attaches to any program with an open inspector, such as Deno', () => {
    const deno = row(1, 0, 'deno run --inspect=127.0.0.1:9229 main.ts');
    const plan = planOf({ members: [deno], listeners: [listener(8000, [1]), listener(9229, [1])], debuggers: new Set([9229]) });
    assert.deepEqual(plan, { kind: 'attachNode', process: { pid: 1, born: 'b1' }, address: '127.0.0.1', port: 9229 });
  });

  it('connects to debugpy where that is listening, and takes its adapter neither for the program nor for the service', () => {
    const worker = row(2, 1, '/usr/bin/python3 worker.py');
    const adapter = row(
      3,
      1,
      `/usr/bin/python3 /usr/lib/python3/dist-packages/debugpy/adapter --for-server 41000 --port 41001 --x`,
    );
    const listeners = [listener(41_002, [3]), listener(41_001, [3])];
    const signs = { spec: serviceSpec('web'), members: [worker, adapter], listeners, lines: [] };
    const debuggers = debuggerPorts({ ...signs, inspectors: new Set() });
    assert.deepEqual([...debuggers].toSorted(), [41_001, 41_002]);
    const plan = (found: Partial<DebugScene>) => planOf({ port: undefined, members: [worker, adapter], debuggers, ...found });
    const process = { pid: 2, born: 'b2' };
    assert.deepEqual(plan({ listeners }), { kind: 'attachDebugpy', process, address: '127.0.0.1', port: 41_001 });
    assert.deepEqual(plan({ listeners: [listener(41_002, [3])] }), { kind: 'attachPython', process });
  });

  it('ends for a table of processes with a circle', () => {
    const members = [row(1, 2, 'node a.js'), row(2, 1, 'node b.js')];
    assert.equal(planOf({ members, listeners: [listener(8000, [1])] }).kind, 'unsupported');
  });
});

describe('the ports that may be those of an inspector', () => {
  const portsOf = (found: readonly Listener[], lines: readonly string[] = []): readonly number[] => {
    const signs = { spec: serviceSpec('web', { port: 8000 }), members: tree, listeners: found, lines };
    return possibleInspectors({ ...signs, inspectors: new Set() }).map(({ port }) => port);
  };

  it('are those of its Node processes of which nothing else shows what they are', () => {
    const found = [8000, 41_235, 41_236, 9230].map((port) => listener(port, [4]));
    assert.deepEqual(portsOf(found, ['Debugger listening on ws://127.0.0.1:41236/x']), [41_235]);
    assert.deepEqual(portsOf([listener(41_235, [5])]), [], 'esbuild has no inspector');
  });
});

describe('the program of a command line', () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ['node server.js', 'node', 'node'],
    ['/usr/bin/nodejs server.js', 'node', 'nodejs'],
    ['"C:\\Program Files\\nodejs\\node.exe" server.js', 'node', 'node'],
    ['next-server (v15.1.0)', 'node', 'next-server'],
    ['/shop/.venv/bin/python3.12 main.py', 'python', 'python3.12'],
    ['[kworker/0:1]', 'other', '0:1]'],
    ['nodemon server.js', 'other', 'nodemon'],
    ['/opt/node-exporter --port 1', 'other', 'node-exporter'],
    ['', 'other', ''],
  ];
  for (const [command, kind, name] of cases)
    it(`is ${kind} for ${command || 'nothing'}`, () => assert.deepEqual(programOf(command), { kind, name }));
});

describe('a service', () => {
  it('is offered for debugging unless it is a database or a container, which a launch configuration can debug', () => {
    const compose = { service: 'api', files: [], profiles: [], build: false };
    assert.deepEqual(
      [
        serviceSpec('web'),
        serviceSpec('db', { role: 'database' }),
        serviceSpec('api', { compose }),
        serviceSpec('api', { compose, debug: 'Attach' }),
      ].map(isDebuggable),
      [true, false, false, true],
    );
  });
});
