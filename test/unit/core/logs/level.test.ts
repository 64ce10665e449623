/** Levels as loggers of several languages write them. */
import assert from 'node:assert/strict';
import { levelOf } from '../../../../src/core/logs/level';

const cases: readonly (readonly [text: string, level: string | undefined])[] = [
  ['ERROR:    Exception in ASGI application', 'error'],
  ['INFO:     127.0.0.1:50112 - "GET / HTTP/1.1" 200 OK', 'info'],
  ['2026-01-01 10:00:00,123 WARNING urllib3: retrying', 'warning'],
  ['[2026-01-01 10:00:00 +0000] [7] [ERROR] Worker failed to boot.', 'error'],
  ['{"level":50,"time":1,"msg":"kaput"}', 'error'],
  ['{"level":"warn","msg":"slow"}', 'warning'],
  ['time=1 level=debug msg=x', 'debug'],
  ['[error] connect failed', 'error'],
  ['error: unknown option', 'error'],
  ['warn - using fallback', 'warning'],
  ['Traceback (most recent call last):', 'error'],
  ['TypeError: x is not a function', 'error'],
  ['java.lang.NullPointerException: y', 'error'],
  ['panic: runtime error', 'error'],
  ['found 0 errors', undefined],
  ['this is information about an error', undefined],
  ['GET /error 200', undefined],
  ['', undefined],
];

describe('core/logs: levelOf', () => {
  for (const [text, level] of cases)
    it(`reads ${level ?? 'no level'} in "${text}"`, () => {
      assert.equal(levelOf(text), level);
    });
});
