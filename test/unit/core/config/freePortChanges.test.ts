import assert from 'node:assert/strict';
import { freePortChanges } from '../../../../src/core/config/freePortChanges';
import { setValues } from '../../../../src/core/config/setValues';

const changed = (entry: string): unknown => {
  const text = `{ "services": { "api": ${entry} } }`;
  const written = setValues(text, 'api', freePortChanges(text, 'api'));
  return (JSON.parse(written ?? '') as { services: { api: unknown } }).services.api;
};

describe('core/config/freePortChanges', () => {
  it('writes "auto", and ${port} where the entry has the number as its port', () => {
    assert.deepEqual(
      changed(`{
        "command": "uvicorn main:app --port 8000 --limit 18000 --host 10.0.0.8000", "port": 8000,
        "env": { "PORT": "8000", "SELF": "http://localhost:8000/", "LIMIT": "8000", "OTHER": "http://x:80001" },
        "url": "http://localhost:8000/docs", "health": { "http": "http://[::1]:8000/health", "timeout": "8000ms" },
        "checks": [{ "http": "http://localhost:8000/a", "status": 200 }, { "http": "/8000" }]
      }`),
      {
        command: 'uvicorn main:app --port ${port} --limit 18000 --host 10.0.0.8000',
        port: 'auto',
        env: { PORT: '${port}', SELF: 'http://localhost:${port}/', LIMIT: '8000', OTHER: 'http://x:80001' },
        url: 'http://localhost:${port}/docs',
        health: { http: 'http://[::1]:${port}/health', timeout: '8000ms' },
        checks: [{ http: 'http://localhost:${port}/a', status: 200 }, { http: '/8000' }],
      },
    );
  });

  it('changes a list of words, and leaves the probe of the port to "port"', () => {
    assert.deepEqual(changed('{ "command": ["serve", "-p", "8000", "-a=:8000"], "port": 8000, "health": { "tcp": 8000 } }'), {
      command: ['serve', '-p', '${port}', '-a=:${port}'],
      port: 'auto',
    });
  });

  it('changes nothing where the port is not fixed, or there is no such service', () => {
    assert.deepEqual(freePortChanges('{ "services": { "api": { "command": "x", "port": "auto" } } }', 'api'), []);
    assert.deepEqual(freePortChanges('{ "services": { "api": { "command": "x", "port": 8000 } } }', 'web'), []);
    assert.deepEqual(freePortChanges('{ "services": ', 'api'), []);
  });
});
