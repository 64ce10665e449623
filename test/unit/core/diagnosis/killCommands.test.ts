/** Which commands end which services. */
import assert from 'node:assert/strict';
import { killedBy } from '../../../../src/core/diagnosis/killCommands';
import { serviceSpec } from '../../../support/fakes/specs';

const uvicorn = serviceSpec('backend', { command: 'python3 -m uvicorn main:app --port 8000', port: 8000 });
const vite = serviceSpec('frontend', { command: 'npm run dev', port: 5173 });

describe('core/diagnosis: killCommands', () => {
  const ends: readonly (readonly [string, typeof vite, string])[] = [
    ['pkill -f uvicorn', uvicorn, 'uvicorn'],
    ['pkill -9 -f "uvicorn main:app" && uvicorn main:app', uvicorn, 'uvicorn main:app'],
    ['sudo killall -9 python3', uvicorn, 'python3'],
    ['killall node', vite, 'node'],
    ['kill -9 4711', uvicorn, 'pid 4711'],
    ['kill -- -4711', uvicorn, 'pid 4711'],
    ['fuser -k 8000/tcp', uvicorn, 'port 8000'],
    ['lsof -ti :8000 | xargs kill -9', uvicorn, 'port 8000'],
    ['npx kill-port 5173', vite, 'port 5173'],
    ['taskkill /F /IM node.exe', vite, 'node'],
    ['taskkill /PID 4711 /F', uvicorn, 'pid 4711'],
    ['Stop-Process -Name node -Force', vite, 'node'],
    ['cd x; Stop-Process -Id 4711', uvicorn, 'pid 4711'],
  ];
  for (const [line, spec, by] of ends) it(`${line} ends ${spec.key}`, () => assert.equal(killedBy(line, spec, 4711)?.by, by));

  it('names the one command of a line that did it', () =>
    assert.equal(
      killedBy('cd /shop && clear; pkill -f uvicorn; uvicorn main:app &', uvicorn, 4711)?.command,
      'pkill -f uvicorn',
    ));

  const spare: readonly (readonly [string, typeof vite])[] = [
    ['pkill -f vite', uvicorn],
    ['killall node', uvicorn],
    ['kill 4712', uvicorn],
    ['kill -9 %1', uvicorn],
    ['kill -l 9', uvicorn],
    ['fuser 8000/tcp', uvicorn],
    ['lsof -i :8000', uvicorn],
    ['npx kill-port 8001', uvicorn],
    ['echo pkill -f uvicorn', uvicorn],
    ['git commit -m "pkill -f uvicorn"', uvicorn],
    ['docker ps', uvicorn],
    [`pkill -f ${'uvicorn '.repeat(1000)}`, uvicorn],
  ];
  for (const [line, spec] of spare)
    it(`${line.slice(0, 60)} spares ${spec.key}`, () => assert.equal(killedBy(line, spec, 4711), undefined));
});
