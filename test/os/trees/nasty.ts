import { setsid } from '../support/services';

/** Trees that are hard to end. `$PORT` in a text becomes the port that somebody in the tree holds. */
export interface NastyTree {
  readonly name: string;
  readonly command: string;
  readonly files?: Readonly<Record<string, string>>;
  /** So many processes live at least before it is ended. */
  readonly atLeast: number;
}

const server = `require('node:net').createServer((s) => s.resume()).listen($PORT, '127.0.0.1');`;

const daemon = `import os, socket, sys, time
s = socket.socket(); s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1); s.bind(('127.0.0.1', $PORT)); s.listen()
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        time.sleep(1000)
    os._exit(0)
os.wait()
if sys.argv[1] == 'stay': time.sleep(1000)
`;

/** Each process forks its successor and exits after 2 ms: faster than a look at all processes. */
const relay = `import os, socket, time
s = socket.socket(); s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1); s.bind(('127.0.0.1', $PORT)); s.listen()
if os.fork() == 0:
    while True:
        if os.fork(): time.sleep(0.002); os._exit(0)
time.sleep(1000)
`;

const breeder = `import os, socket, time, signal
s = socket.socket(); s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1); s.bind(('127.0.0.1', $PORT)); s.listen()
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
while True:
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0: time.sleep(3)
        os._exit(0)
    time.sleep(0.01)
`;

const pool = `import multiprocessing as m, socket, time
def work(s): time.sleep(1000)
if __name__ == '__main__':
    c = m.get_context('spawn')
    s = socket.socket(); s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1); s.bind(('127.0.0.1', $PORT)); s.listen()
    for _ in range(3): c.Process(target=work, args=(s,)).start()
    time.sleep(1000)
`;

const app = `from fastapi import FastAPI
app = FastAPI()
`;

export const nastyTrees: readonly NastyTree[] = [
  {
    name: 'a parent that ignores SIGINT and SIGTERM',
    command: `trap '' INT TERM; "$NODE" s.js; true`,
    files: { 's.js': server },
    atLeast: 2,
  },
  {
    name: 'npm run -> sh -> node',
    command: 'npm run dev; true',
    files: { 's.js': server, 'package.json': '{ "scripts": { "dev": "node s.js; true" } }' },
    atLeast: 3,
  },
  { name: 'a shell with a && b', command: 'sleep 0.1 && "$NODE" s.js && echo done', files: { 's.js': server }, atLeast: 2 },
  {
    name: 'a double-forked child that keeps the port',
    command: 'exec "$PYTHON" d.py stay',
    files: { 'd.py': daemon },
    atLeast: 2,
  },
  {
    name: 'a double-forked child whose leader has gone',
    command: 'exec "$PYTHON" d.py leave',
    files: { 'd.py': daemon },
    atLeast: 1,
  },
  {
    name: 'a setsid child that keeps the port',
    command: `${setsid} "$NODE" s.js & sleep 1000`,
    files: { 's.js': server },
    atLeast: 3,
  },
  {
    name: 'uvicorn --reload',
    command: 'exec "$PYTHON" -m uvicorn app:app --reload --port $PORT',
    files: { 'app.py': app },
    atLeast: 2,
  },
  { name: 'Python multiprocessing', command: 'exec "$PYTHON" p.py', files: { 'p.py': pool }, atLeast: 4 },
  {
    name: 'children that are born all the time in sessions of their own',
    command: 'exec "$PYTHON" b.py',
    files: { 'b.py': breeder },
    atLeast: 10,
  },
  { name: 'a relay of processes that live 2 ms', command: 'exec "$PYTHON" r.py', files: { 'r.py': relay }, atLeast: 2 },
];
