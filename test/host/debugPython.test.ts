/** Debug of Python with a real debugpy: Debian's package, with an extension of the tests in the place of Python Debugger. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { askFor, breakAt, debugRestarted, debugScene, pausedAnswer, timeoutMs } from './support/debugging';
import { itOn } from '../support/systems';
import { freePort } from './support/server';
import { awaitSnapshot, configure, makeFile, snapshotOf, unique } from './support/services';

const backend = `import json, os

async def app(scope, receive, send):
    while scope["type"] == "lifespan":
        message = await receive()
        await send({"type": message["type"] + ".complete"})
        if message["type"] == "lifespan.shutdown":
            return
    options = os.environ.get("PYTHONPATH", "") + os.environ.get("SERVICE_LIFECYCLE_DEBUGPY", "")
    answer = {"path": scope["path"], "pid": os.getpid(), "options": options, "inspector": ""}
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": json.dumps(answer).encode()})  # response.end
`;

describe('Debug of Python', function () {
  this.timeout(timeoutMs);
  const scene = debugScene();

  // Elsewhere there is no debugpy that is installed for all.
  itOn(
    ['linux'],
    'restarts the service under debugpy where that cannot enter it, stops at a breakpoint, and leaves in time',
    async () => {
      const [id, port] = [unique('api'), await freePort()];
      breakAt(await makeFile(join(scene.home, 'main.py'), backend), backend, 'scope["path"] == "/value"');
      const command = ['/usr/bin/python3', '-m', 'uvicorn', 'main:app', '--port', '${port}'];
      const api = await configure({ [id]: { command, port, cwd: scene.home, health: { http: '/health', interval: '100ms' } } });
      const { pid } = await api.start(id);
      const { PATH } = process.env;
      // The debugger of the system, by which debugpy enters a process, is not found without it.
      process.env['PATH'] = scene.home;
      await debugRestarted(id).finally(() => (process.env['PATH'] = PATH));
      const answer = await pausedAnswer(port, scene.sessions, async () => {
        const paused = await awaitSnapshot(id, ({ reason }) => reason === 'Paused in the debugger.');
        assert.equal(paused.health, 'healthy');
      });
      assert.equal(answer.options, '', 'nothing reaches other processes');
      const debugged = await awaitSnapshot(id, ({ reason }) => reason === undefined);
      assert.notEqual(debugged.pid, pid);
      assert.deepEqual([debugged.lifecycle, debugged.port, debugged.verdict], ['running', port, undefined]);
      const stopped = await api.stop(id);
      assert.deepEqual([stopped.lifecycle, stopped.reason], ['stopped', undefined]);
      await scene.sessions.ended();
      await assert.rejects(askFor(port, '/health'));
      assert.equal((await snapshotOf(id)).restarts, 0);
    },
  );
});
