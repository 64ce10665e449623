/** Cases that follow from the lifecycle, the port and the processes. */
import type { Facts } from '../../../../src/core/diagnosis/facts';
import type { TerminalProcess } from '../../../../src/core/diagnosis/terminalProcesses';
import { known } from '../../../../src/core/model/process';
import { noRestarts } from '../../../../src/core/lifecycle/state';
import { failed, healthy, lost, running, runningWith } from '../views/samples';
import { checkout, copies, foreign, frontend, gone, make, noAnswer, port, refused, stopped } from './caseParts';
import type { Case } from './caseParts';
import { ailing, crashedWith, down, facts, failing, listener, owner, probe, row, withFiles } from './sample';

/** A healthy frontend with a proxy to this address, and a backend on 127.0.0.1. */
const proxied = (target: string) =>
  facts(
    {
      ...port([listener({ port: 5173 })], [owner(4711)]),
      ownListeners: known([listener({ port: 5173 })]),
      ports: new Map([[8000, { isOpen: known(true), listeners: known([listener({ pids: [5] })]) }]]),
      ...withFiles({ '/shop/vite.config.ts': `proxy: { '/api': '${target}' }` }),
    },
    frontend,
  );

/** It ended at 99,000 without an error of its own, and this command ran. */
export const endedByCommand = (line: string, at: number, exitCode: number | undefined = 0) => ({
  ...down(failed({ kind: 'crashed', end: { exitCode }, beforeReady: false })),
  commands: [{ at, line, terminal: 'zsh' }],
});

/** It ended at 99,000, and this is all that is known. */
export const endedWith = (exitCode: number | undefined, changes: Partial<Facts> = {}): Facts => ({
  ...down(failed({ kind: 'crashed', end: { exitCode }, beforeReady: false })),
  ...changes,
});

/** A healthy service beside a server in a terminal. */
export const besideServer = (server: Partial<TerminalProcess> = {}): Facts =>
  facts({
    inTerminals: known([
      {
        ...{ pid: 88, born: 'c', command: 'python3 -m uvicorn main:app --port 8001', terminal: 'bash', startedAt: 90_000 },
        ...{ cwd: '/shop', ports: [8001], ...server },
      },
    ]),
  });

const airplayOwner = owner(99, { command: '/System/Library/CoreServices/ControlCenter.app/Contents/MacOS/ControlCenter' });
const airplayHolds = port([listener({ port: 5000, pids: [99] })], [airplayOwner]);

export const stateCases: readonly Case[] = [
  make('killed-from-outside', 'by a signal that the shell reports', endedWith(143)),
  make('killed-from-outside', 'without an error, beside an agent', {
    ...endedWith(0),
    inTerminals: known([{ pid: 77, born: 'c', command: 'node /usr/bin/claude', terminal: 'zsh', startedAt: 1, ports: [] }]),
  }),
  make('second-copy', 'the same program in the same folder, on the next port', besideServer()),
  make('killed-by-command', 'a command with its name ran in another terminal', endedByCommand('pkill -f uvicorn', 98_900)),
  make('not-running', 'stopped by the user', down(stopped)),
  make('not-running', 'never started', down({ kind: 'stopped', cause: { kind: 'never' } })),
  make('not-running', 'exited with code 0', down({ kind: 'exited', run: 'r1', at: 99_000, exitCode: 0 })),
  make(
    'not-launched',
    'its folder is missing',
    down(failed({ kind: 'launch', failure: { kind: 'missingFolder', path: '/shop/backend' } })),
  ),
  make(
    'not-launched',
    'a missing env file with an example',
    down(
      failed({
        kind: 'launch',
        failure: { kind: 'missingEnvFile', path: '/shop/backend/.env', example: '/shop/backend/.env.example' },
      }),
    ),
  ),
  make(
    'setup-failed',
    'the step exited with an error',
    down(
      failed({
        kind: 'setup',
        step: 'install',
        cause: { kind: 'ended', end: { exitCode: 1, lastLine: 'npm error code ERESOLVE' } },
      }),
    ),
  ),
  make('cannot-stop', 'the system refuses', down(failed({ kind: 'cannotStop', pids: [7], why: 'no permission' }))),
  make('crashed', 'with a traceback', crashedWith(['Traceback (most recent call last):', 'ZeroDivisionError: division by zero'])),
  make(
    'crash-loop',
    'gave up',
    down(
      failed({
        kind: 'gaveUp',
        restarts: 5,
        last: { kind: 'crashed', end: { exitCode: 1, lastLine: 'boom' }, beforeReady: true },
      }),
    ),
  ),
  make(
    'crash-loop',
    'waits for the third attempt',
    down(
      {
        kind: 'backingOff',
        run: 'r1',
        next: 'r2',
        until: 103_000,
        since: 99_000,
        failure: { kind: 'crashed', end: { exitCode: 1 }, beforeReady: true },
      },
      {
        state: {
          lifecycle: {
            kind: 'backingOff',
            run: 'r1',
            next: 'r2',
            until: 103_000,
            since: 99_000,
            failure: { kind: 'crashed', end: { exitCode: 1 }, beforeReady: true },
          },
          restarts: { inARow: 2, total: 2 },
        },
      },
    ),
  ),
  make('hung', 'accepts connections and does not respond', ailing(noAnswer)),
  make(
    'hung',
    'with connections that the clients closed',
    ailing(noAnswer, { connections: known(new Map([['CLOSE_WAIT', 30]])) }),
  ),
  make('stopped-process', 'SIGSTOP', ailing(noAnswer, { members: known([row(4711, { state: 'stopped' })]) })),
  make(
    'terminal-blocked',
    'Ctrl+S, while it accepts connections and does not respond',
    ailing(noAnswer, { blockedSince: known(80_000) }),
    facts({ blockedSince: known(99_000) }),
  ),
  make(
    'several-listeners',
    'a stale server beside ours',
    facts({
      ...port([listener(), listener({ socket: '2', pids: [99] })], [owner(4711), owner(99)]),
      processes: known([row(4711), row(99)]),
    }),
    facts({
      ...port([listener(), listener({ socket: '2', pids: [4712] })], [owner(4711), owner(4712)]),
      members: known([row(4711), row(4712, { ppid: 4711 })]),
      processes: known([row(4711), row(4712, { ppid: 4711 })]),
    }),
  ),
  make(
    'close-wait',
    'leaks connections and answers',
    facts({ connections: known(new Map([['CLOSE_WAIT', 23]])) }),
    facts({ connections: known(new Map([['CLOSE_WAIT', 1]])) }),
  ),
  make(
    'old-address',
    'was started before backend got another port',
    facts({ moved: [{ id: 'backend', before: 8000, now: 8001 }] }),
  ),
  make(
    'wrong-port',
    'ignores the port that was chosen for it',
    ailing(refused, { ...gone, ownListeners: known([listener({ port: 5173 })]) }, { portChoice: { from: 8000, to: 8099 } }),
  ),
  make('wrong-port', 'is listening on 8001', ailing(refused, { ...gone, ownListeners: known([listener({ port: 8001 })]) })),
  make(
    'wrong-family',
    'is listening on ::1, but health uses 127.0.0.1',
    ailing(refused, port([listener({ address: '::1', family: 6 })], [owner(4711)]), {
      probe: { ...probe, target: { kind: 'http', address: 'http://127.0.0.1:8000/health' } },
    }),
    facts(port([listener({ address: '::1', family: 6 })], [owner(4711)])),
  ),
  make(
    'wrong-family',
    'the proxy uses ::1, but the backend is listening on 127.0.0.1',
    proxied('http://[::1]:8000'),
    proxied('http://localhost:8000'),
  ),
  make(
    'bound-to-loopback',
    'published by Compose from a container',
    facts({
      host: { platform: 'linux', isRemote: true, inContainer: true },
      ...withFiles({ '/shop/compose.yml': 'services:\n  app:\n    ports:\n      - "8000:8000"\n' }),
    }),
    facts({
      host: { platform: 'linux', isRemote: true, inContainer: true },
      ...port([listener({ address: '0.0.0.0' })], [owner(4711)]),
      ...withFiles({ '/shop/compose.yml': 'services:\n  app:\n    ports:\n      - "8000:8000"\n' }),
    }),
  ),
  make('foreign-owner', 'is running, and another process uses the port', facts({ ...foreign, ownListeners: known([]) })),
  make('foreign-owner', 'is stopped, and another process uses the port', down(stopped, foreign)),
  make('wrong-checkout', 'another clone serves the port', down(stopped, { ...foreign, ...copies(checkout('/old/shop')) })),
  make(
    'airplay',
    'responds to the health check',
    ailing({ kind: 'badStatus', status: 403, expected: '200–399', why: 'airplay' }, {}, { port: 5000 }),
  ),
  make('airplay', 'holds the port of a service that is stopped', down(stopped, airplayHolds, { port: 5000 })),
  make(
    'airplay',
    'refused the start',
    down(failed({ kind: 'portTaken', port: 5000, owners: [airplayOwner] }), airplayHolds, { port: 5000 }),
  ),
  make(
    'wrong-checkout',
    'could not start because of another clone',
    crashedWith(["ERROR:    [Errno 98] error while attempting to bind on address ('127.0.0.1', 8000): address already in use"], {
      ...foreign,
      ...copies(checkout('/old/shop')),
    }),
  ),
  make('port-forbidden', 'port 80', crashedWith(['Error: listen EACCES: permission denied 0.0.0.0:80'], {}, { port: 80 })),
  make(
    'port-forbidden',
    'refused before the launch',
    down(failed({ kind: 'portForbidden', port: 80, why: 'It needs more rights.' })),
  ),
  make(
    'reloader-alone',
    'uvicorn --reload after a traceback',
    ailing(
      noAnswer,
      {
        output: known(["WARNING:  StatReload detected changes in 'main.py'. Reloading...", 'RuntimeError: no model']),
        members: known([row(4711, { command: 'python -m uvicorn main:app --reload' })]),
      },
      { command: 'uvicorn main:app --reload' },
    ),
    facts(
      {
        output: known([
          "WARNING:  StatReload detected changes in 'main.py'. Reloading...",
          'INFO:     Application startup complete.',
        ]),
      },
      { command: 'uvicorn main:app --reload' },
    ),
  ),
  make(
    'reloader-alone',
    'nodemon waits for a change',
    ailing(refused, { ...gone, output: known(['[nodemon] app crashed - waiting for file changes before starting...']) }),
  ),
  make(
    'terminal-lost',
    'is running without a terminal',
    facts({ state: { lifecycle: lost(running(healthy)), restarts: noRestarts } }),
  ),
  make(
    'part-ended',
    'one of two processes under a runner has ended with an error',
    facts({ state: { lifecycle: runningWith(healthy, { ended: [{ name: 'api', exitCode: 1 }] }), restarts: noRestarts } }),
  ),
  make(
    'waiting-for-input',
    'asks something, and nothing is listening yet',
    ailing(refused, {
      ...gone,
      state: {
        lifecycle: runningWith(
          { kind: 'unhealthy', since: 50_000, streak: { successes: 0, failures: 3 }, last: failing(refused) },
          { question: 'Continue? [Y/n]' },
        ),
        restarts: noRestarts,
      },
    }),
    facts({ state: { lifecycle: runningWith(healthy, { question: 'Continue? [Y/n]' }), restarts: noRestarts } }),
  ),
];
