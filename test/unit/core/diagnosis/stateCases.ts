/** Told by the lifecycle, the port and the processes. */
import { known } from '../../../../src/core/model/process';
import { noRestarts } from '../../../../src/core/lifecycle/state';
import { failed, healthy, lost, running } from '../views/samples';
import { checkout, copies, foreign, frontend, gone, make, noAnswer, port, refused, stopped } from './caseParts';
import type { Case } from './caseParts';
import { ailing, crashedWith, down, facts, listener, owner, probe, row, withFiles } from './sample';

/** A frontend that runs well, with a proxy to this address, and a backend on 127.0.0.1. */
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

export const stateCases: readonly Case[] = [
  make('not-running', 'stopped by hand', down(stopped)),
  make('not-running', 'never started', down({ kind: 'stopped', cause: { kind: 'never' } })),
  make('not-running', 'ended by itself', down({ kind: 'exited', run: 'r1', at: 99_000, exitCode: 0 })),
  make('not-launched', 'no folder', down(failed({ kind: 'launch', failure: { kind: 'missingFolder', path: '/shop/backend' } }))),
  make(
    'not-launched',
    'an env file that has an example',
    down(
      failed({
        kind: 'launch',
        failure: { kind: 'missingEnvFile', path: '/shop/backend/.env', example: '/shop/backend/.env.example' },
      }),
    ),
  ),
  make(
    'setup-failed',
    'with its last words',
    down(
      failed({
        kind: 'setup',
        step: 'install',
        cause: { kind: 'ended', end: { exitCode: 1, lastLine: 'npm error code ERESOLVE' } },
      }),
    ),
  ),
  make('cannot-stop', 'resists', down(failed({ kind: 'cannotStop', pids: [7], why: 'no permission' }))),
  make(
    'crashed',
    'with its last words',
    crashedWith(['Traceback (most recent call last):', 'ZeroDivisionError: division by zero']),
  ),
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
    'waits for the third try',
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
  make('hung', 'accepts and says nothing', ailing(noAnswer)),
  make('hung', 'with connections that others have left', ailing(noAnswer, { connections: known(new Map([['CLOSE_WAIT', 30]])) })),
  make('stopped-process', 'SIGSTOP', ailing(noAnswer, { members: known([row(4711, { state: 'stopped' })]) })),
  make(
    'terminal-blocked',
    'Ctrl+S, while it accepts and says nothing',
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
  make('wrong-port', 'listens on 8001', ailing(refused, { ...gone, ownListeners: known([listener({ port: 8001 })]) })),
  make(
    'wrong-family',
    'only ::1, while health asks 127.0.0.1',
    ailing(refused, port([listener({ address: '::1', family: 6 })], [owner(4711)]), {
      probe: { ...probe, target: { kind: 'http', address: 'http://127.0.0.1:8000/health' } },
    }),
    facts(port([listener({ address: '::1', family: 6 })], [owner(4711)])),
  ),
  make(
    'wrong-family',
    'the proxy asks ::1, the backend has 127.0.0.1',
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
  make('foreign-owner', 'runs, and another answers', facts({ ...foreign, ownListeners: known([]) })),
  make('foreign-owner', 'stopped, and another answers', down(stopped, foreign)),
  make('wrong-checkout', 'another clone serves the port', down(stopped, { ...foreign, ...copies(checkout('/old/shop')) })),
  make(
    'wrong-checkout',
    'another clone kept it from starting',
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
      { output: known(["WARNING:  StatReload detected changes in 'main.py'. Reloading...", 'RuntimeError: no model']) },
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
    'nodemon waits',
    ailing(refused, { ...gone, output: known(['[nodemon] app crashed - waiting for file changes before starting...']) }),
  ),
  make('terminal-lost', 'runs unseen', facts({ state: { lifecycle: lost(running(healthy)), restarts: noRestarts } })),
];
