import assert from 'node:assert/strict';
import { probeSpec } from '../../../support/fakes/specs';
import { backend, database, fixed, frontend, wiringService, expectNothing, titles, reported } from './shop';
import type { Shop } from './shop';

const vite = (proxy: string): Shop => ({
  files: { 'frontend/vite.config.ts': `export default defineConfig({ server: { proxy: { ${proxy} } } });\n` },
});
const env = (text: string, name = 'frontend/.env'): Shop => ({ files: { [name]: text } });

describe('wiring check: proxies', () => {
  const wrong = vite("'/api': { target: 'http://localhost:8001', changeOrigin: true }");

  it('reports an unclaimed port, and fixes it', () => {
    assert.deepEqual(reported(wrong), [
      'proxy-mismatch /shop/frontend/vite.config.ts: 8001: The proxy for /api points to port 8001, but nothing is listening there (backend is on port 8000).',
    ]);
    assert.deepEqual(titles(wrong), ['Use port 8000 of backend', 'Set the port of backend to 8001 in services.json']);
    assert.match(fixed(wrong, 'Use port 8000 of backend'), /target: 'http:\/\/localhost:8000', changeOrigin/);
    assert.equal(fixed(wrong, 'Set the port of backend to 8001 in services.json'), 'backend: 8001');
  });

  it('offers to change services.json only where the service takes its port from there', () => {
    const fixedPort = wiringService('backend', { command: 'python main.py' });
    assert.deepEqual(titles({ ...wrong, services: [fixedPort, frontend] }), ['Use port 8000 of backend']);
  });

  it('reads package.json and next.config.js as well', () => {
    const react: Shop = { files: { 'frontend/package.json': '{ "proxy": "http://localhost:3001" }' } };
    assert.match(reported(react).join(), /^proxy-mismatch .*package\.json: 3001: The proxy points to port 3001,/);
    const next: Shop = {
      files: {
        'frontend/next.config.js': "rewrites: () => [{ source: '/api/:path*', destination: 'http://127.0.0.1:3001/:path*' }]",
      },
    };
    assert.match(reported(next).join(), /: 3001: The proxy for \/api\/:path\* points to port 3001,/);
  });

  it('reports nothing when the port is right', () => expectNothing(vite("'/api': 'http://localhost:8000'")));
  it('reports nothing when a process is listening on the port', () => expectNothing({ ...wrong, open: [8001] }));
  it('reports nothing when the port cannot be checked', () => expectNothing({ ...wrong, open: 'unknown' }));
  it('reports nothing for computed addresses', () => {
    expectNothing(vite("'/api': process.env.API ?? 'http://localhost:8001'"));
    expectNothing(vite("'/api': { target: isLocal ? 'http://localhost:8001' : other }"));
    expectNothing(vite("'/api': `http://localhost:${port}`, '/b': `http://localhost:8001${path}`"));
    expectNothing(vite("// '/api': 'http://localhost:8001'\n"));
    expectNothing(vite("'/api': 'https://shop.example:8001'"));
  });
  it('reports nothing for the port of any service, also in another folder, in its command, env or output', () => {
    const other = (changes: Parameters<typeof wiringService>[1], more?: Parameters<typeof wiringService>[2]) =>
      wiringService('other', { role: 'other', ...changes }, more);
    expectNothing({ ...wrong, services: [backend, frontend, other({ port: 8001 })] });
    expectNothing({ ...wrong, elsewhere: [other({ port: 8001, folder: '/billing' })] });
    expectNothing({ ...wrong, services: [backend, frontend, other({ command: 'python worker.py --listen 8001' })] });
    expectNothing({ ...wrong, services: [backend, frontend, other({ env: { PORT: '8001' } })] });
    expectNothing({ ...wrong, services: [backend, frontend, other({}, { printedPort: 8001 })] });
  });
  it('reports nothing when a file assigns the port to a server', () => {
    const assigned = (path: string, text: string): Shop => ({ files: { ...wrong.files, [path]: text } });
    expectNothing(assigned('backend/main.py', 'uvicorn.run(app, host="0.0.0.0", port=8001)'));
    expectNothing(assigned('backend/server.js', 'app.listen(process.env.PORT || 8001)'));
    expectNothing(assigned('frontend/package.json', '{ "scripts": { "mock": "json-server -p 8001 db.json" } }'));
    expectNothing(assigned('compose.yaml', 'services:\n  api:\n    ports:\n      - target: 80\n        published: 8001\n'));
    expectNothing(assigned('Procfile', 'api: gunicorn -b 0.0.0.0:8001 app'));
    expectNothing(assigned('.vscode/tasks.json', '{ "tasks": [{ "command": "mock --port=8001" }] }'));
    expectNothing(assigned('backend/.env', 'API_PORT=8001'));
  });
  it('ignores the port in other URLs and numbers', () => {
    const { files } = wrong;
    assert.equal(
      reported({ files: { ...files, 'backend/main.py': '# see http://localhost:8001/docs, version 18001, 8001.5\n' } }).length,
      1,
    );
  });
  it('reports nothing when several services may be meant, unless the name decides', () => {
    const services = [backend, wiringService('auth', { port: 8002 }), frontend];
    expectNothing({ ...wrong, services });
    assert.match(reported({ ...vite("'/auth': 'http://localhost:8003'"), services }).join(), /auth is on port 8002/);
  });
  it('reports nothing when another entry has the port of the service, so that this one means an unknown server', () =>
    expectNothing(vite("'/api': 'http://localhost:8000', '/uploads': 'http://localhost:9000'")));
  it('reports nothing when two entries have different unclaimed ports', () =>
    expectNothing(vite("'/api': 'http://localhost:8001', '/uploads': 'http://localhost:9000'")));
  it('reports both entries when they have the same unclaimed port', () =>
    assert.equal(
      reported(vite("'/api': 'http://localhost:8001', '/ws': { target: 'ws://localhost:8001', ws: true }")).length,
      2,
    ));
  it('reports nothing for systems beside the application', () => expectNothing(vite("'/minio': 'http://localhost:9000'")));
  it('reports nothing when there is no backend, or none with a port', () => {
    expectNothing({ ...wrong, services: [frontend] });
    expectNothing({ ...wrong, services: [] });
    expectNothing({ ...wrong, services: [frontend, database] });
  });
  it('reports nothing while the backend is listening on another port than configured', () =>
    expectNothing({ ...wrong, services: [wiringService('backend', {}, { printedPort: 8005 }), frontend] }));
  it('treats a server without a role as a backend only when it has an HTTP probe', () => {
    assert.equal(reported({ ...wrong, services: [wiringService('web', { role: 'other' }), frontend] }).length, 1);
    expectNothing({
      ...wrong,
      services: [wiringService('cache', { role: 'other', probe: probeSpec({ target: { kind: 'tcp', port: 8000 } }) }), frontend],
    });
  });
  it('never suggests the service whose folder contains the file', () =>
    expectNothing({ files: { 'backend/vite.config.ts': "proxy: { '/api': 'http://localhost:8001' }" }, services: [backend] }));
});

describe('wiring check: env files', () => {
  const wrong = env('VITE_API_URL=http://localhost:8001/api\n');

  it('reports an unclaimed port, and fixes it', () => {
    assert.deepEqual(reported(wrong), [
      'env-mismatch /shop/frontend/.env: 8001: VITE_API_URL points to port 8001, but nothing is listening there (backend is on port 8000).',
    ]);
    assert.equal(fixed(wrong, 'Use port 8000 of backend'), 'VITE_API_URL=http://localhost:8000/api\n');
  });
  it('reports variables whose name means a backend', () => {
    for (const name of [
      'REACT_APP_BACKEND_URL',
      'NEXT_PUBLIC_SHOP_API_BASE',
      'VITE_GRAPHQL_ENDPOINT',
      'PUBLIC_WS_URL',
      'VITE_API_V1_URL',
    ])
      assert.equal(reported(env(`${name}="http://127.0.0.1:8001"`)).length, 1, name);
  });
  it('reports nothing for names that mean another server or the frontend itself', () => {
    for (const name of [
      'VITE_SUPABASE_URL',
      'VITE_STRIPE_API_URL',
      'NEXT_PUBLIC_SITE_URL',
      'VITE_APP_URL',
      'PUBLIC_URL',
      'VITE_DEV_SERVER_URL',
      'VITE_MAPS_API_URL',
    ])
      expectNothing(env(`${name}=http://localhost:8001`));
  });
  it('reports nothing for variables that no browser sees, other machines and other files', () => {
    expectNothing(env('API_URL=http://localhost:8001'));
    expectNothing(env('VITE_API_URL=https://api.example:8001'));
    expectNothing(env('# VITE_API_URL=http://localhost:8001'));
    expectNothing(env('VITE_API_URL=http://localhost:8001', 'frontend/.env.production'));
    expectNothing(env('VITE_API_URL=http://localhost:8001', 'frontend/.env.example'));
  });
  it('reports nothing when the port is right, or a process is listening', () => {
    expectNothing(env('VITE_API_URL=http://localhost:8000'));
    expectNothing({ ...wrong, open: [8001] });
  });
  it('reports nothing for a value that may be overridden', () => {
    const right = 'VITE_API_URL=http://localhost:8000';
    expectNothing({ files: { ...wrong.files, 'frontend/.env.local': right } });
    expectNothing({ files: { 'frontend/.env.local': 'VITE_API_URL=http://localhost:8001', 'frontend/.env.development': right } });
    expectNothing(env(`VITE_API_URL=http://localhost:8001\n${right}`));
    expectNothing({
      ...wrong,
      services: [backend, wiringService('frontend', { role: 'frontend', port: 5173, env: { VITE_API_URL: 'x' } })],
    });
    expectNothing({
      ...wrong,
      services: [backend, wiringService('frontend', { role: 'frontend', port: 5173, envFiles: ['dev.env'] })],
    });
  });
  it('reports the value that overrides the other', () =>
    assert.deepEqual(
      reported({
        files: {
          'frontend/.env': 'VITE_API_URL=http://localhost:8002',
          'frontend/.env.local': 'VITE_API_URL=http://localhost:8001',
        },
      }).map((each) => each.split(': ', 2).join()),
      ['env-mismatch /shop/frontend/.env.local,8001'],
    ));
});

describe('wiring check: addresses of databases', () => {
  const services = [backend, frontend, database];
  const wrong: Shop = { services, files: { 'backend/.env': 'DATABASE_URL=postgresql://u:p@localhost:5433/shop\n' } };

  it('reports an unclaimed port when exactly one database service is of that kind', () => {
    assert.match(
      reported(wrong).join(),
      /^env-mismatch .*\.env: 5433: DATABASE_URL points to port 5433, but nothing is listening there \(db is on port 5432\)\.$/,
    );
    assert.match(fixed(wrong, 'Use port 5432 of db'), /localhost:5432\/shop/);
  });
  it('reports nothing when the port is right, or a process is listening', () => {
    expectNothing({ services, files: { 'backend/.env': 'DATABASE_URL=postgresql://localhost:5432/shop' } });
    expectNothing({ ...wrong, open: [5433] });
  });
  it('reports nothing for databases that are not configured as a service', () => {
    expectNothing({ services, files: { 'backend/.env': 'REDIS_URL=redis://localhost:6379\nMONGO=mongodb://localhost:27017/x' } });
    expectNothing({ files: wrong.files });
    expectNothing({
      ...wrong,
      services: [backend, wiringService('cache', { role: 'database', port: 6379, command: 'redis-server' })],
    });
  });
});
