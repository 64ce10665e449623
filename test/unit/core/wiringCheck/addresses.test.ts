import assert from 'node:assert/strict';
import { probeSpec } from '../../../support/fakes/specs';
import { backend, database, fixed, frontend, party, silent, titles, told } from './shop';
import type { Shop } from './shop';

const vite = (proxy: string): Shop => ({
  files: { 'frontend/vite.config.ts': `export default defineConfig({ server: { proxy: { ${proxy} } } });\n` },
});
const env = (text: string, name = 'frontend/.env'): Shop => ({ files: { [name]: text } });

describe('wiring check: proxies', () => {
  const wrong = vite("'/api': { target: 'http://localhost:8001', changeOrigin: true }");

  it('tells of a port that is nobody’s, and mends it', () => {
    assert.deepEqual(told(wrong), [
      'proxy-mismatch /shop/frontend/vite.config.ts: 8001: The proxy of /api leads to port 8001, where nobody listens; backend is on port 8000.',
    ]);
    assert.deepEqual(titles(wrong), ['Use port 8000, where backend is', 'Set the port of backend to 8001 in services.json']);
    assert.match(fixed(wrong, 'Use port 8000, where backend is'), /target: 'http:\/\/localhost:8000', changeOrigin/);
    assert.equal(fixed(wrong, 'Set the port of backend to 8001 in services.json'), 'backend: 8001');
  });

  it('offers services.json only where the service takes its port from there', () => {
    const fixedPort = party('backend', { command: 'python main.py' });
    assert.deepEqual(titles({ ...wrong, services: [fixedPort, frontend] }), ['Use port 8000, where backend is']);
  });

  it('reads package.json and Next as well', () => {
    const react: Shop = { files: { 'frontend/package.json': '{ "proxy": "http://localhost:3001" }' } };
    assert.match(told(react).join(), /^proxy-mismatch .*package\.json: 3001: The proxy of proxy leads to port 3001/);
    const next: Shop = {
      files: {
        'frontend/next.config.js': "rewrites: () => [{ source: '/api/:path*', destination: 'http://127.0.0.1:3001/:path*' }]",
      },
    };
    assert.match(told(next).join(), /: 3001: The proxy of \/api\/:path\* leads to port 3001/);
  });

  it('is silent when the port is right', () => silent(vite("'/api': 'http://localhost:8000'")));
  it('is silent when somebody listens there', () => silent({ ...wrong, open: [8001] }));
  it('is silent when nobody could look', () => silent({ ...wrong, open: 'unknown' }));
  it('is silent about what is computed', () => {
    silent(vite("'/api': process.env.API ?? 'http://localhost:8001'"));
    silent(vite("'/api': { target: isLocal ? 'http://localhost:8001' : other }"));
    silent(vite("'/api': `http://localhost:${port}`, '/b': `http://localhost:8001${path}`"));
    silent(vite("// '/api': 'http://localhost:8001'\n"));
    silent(vite("'/api': 'https://shop.example:8001'"));
  });
  it('is silent about the port of any service, also of another folder, also one that it has by its own words', () => {
    const other = (changes: Parameters<typeof party>[1], more?: Parameters<typeof party>[2]) =>
      party('other', { role: 'other', ...changes }, more);
    silent({ ...wrong, services: [backend, frontend, other({ port: 8001 })] });
    silent({ ...wrong, elsewhere: [other({ port: 8001, folder: '/billing' })] });
    silent({ ...wrong, services: [backend, frontend, other({ command: 'python worker.py --listen 8001' })] });
    silent({ ...wrong, services: [backend, frontend, other({ env: { PORT: '8001' } })] });
    silent({ ...wrong, services: [backend, frontend, other({}, { printedPort: 8001 })] });
  });
  it('is silent when a file gives the port to somebody', () => {
    const given = (path: string, text: string): Shop => ({ files: { ...wrong.files, [path]: text } });
    silent(given('backend/main.py', 'uvicorn.run(app, host="0.0.0.0", port=8001)'));
    silent(given('backend/server.js', 'app.listen(process.env.PORT || 8001)'));
    silent(given('frontend/package.json', '{ "scripts": { "mock": "json-server -p 8001 db.json" } }'));
    silent(given('compose.yaml', 'services:\n  api:\n    ports:\n      - target: 80\n        published: 8001\n'));
    silent(given('Procfile', 'api: gunicorn -b 0.0.0.0:8001 app'));
    silent(given('.vscode/tasks.json', '{ "tasks": [{ "command": "mock --port=8001" }] }'));
    silent(given('backend/.env', 'API_PORT=8001'));
  });
  it('does not take another address for a server', () => {
    const { files } = wrong;
    assert.equal(
      told({ files: { ...files, 'backend/main.py': '# see http://localhost:8001/docs, version 18001, 8001.5\n' } }).length,
      1,
    );
  });
  it('is silent when several services can be meant, unless the name tells which', () => {
    const services = [backend, party('auth', { port: 8002 }), frontend];
    silent({ ...wrong, services });
    assert.match(told({ ...vite("'/auth': 'http://localhost:8003'"), services }).join(), /auth is on port 8002/);
  });
  it('is silent when the service is found by another entry, and the other one is somebody unknown', () =>
    silent(vite("'/api': 'http://localhost:8000', '/uploads': 'http://localhost:9000'")));
  it('is silent when two entries lead to different places', () =>
    silent(vite("'/api': 'http://localhost:8001', '/uploads': 'http://localhost:9000'")));
  it('tells of both when two entries lead to the same place', () =>
    assert.equal(told(vite("'/api': 'http://localhost:8001', '/ws': { target: 'ws://localhost:8001', ws: true }")).length, 2));
  it('is silent about systems beside the application', () => silent(vite("'/minio': 'http://localhost:9000'")));
  it('is silent when there is no backend, or none with a port', () => {
    silent({ ...wrong, services: [frontend] });
    silent({ ...wrong, services: [] });
    silent({ ...wrong, services: [frontend, database] });
  });
  it('is silent while a backend listens elsewhere than it should: that is another matter', () =>
    silent({ ...wrong, services: [party('backend', {}, { printedPort: 8005 }), frontend] }));
  it('takes a server without a role for a backend only when it speaks HTTP', () => {
    assert.equal(told({ ...wrong, services: [party('web', { role: 'other' }), frontend] }).length, 1);
    silent({
      ...wrong,
      services: [party('cache', { role: 'other', probe: probeSpec({ target: { kind: 'tcp', port: 8000 } }) }), frontend],
    });
  });
  it('never means the service in whose folder the file lies', () =>
    silent({ files: { 'backend/vite.config.ts': "proxy: { '/api': 'http://localhost:8001' }" }, services: [backend] }));
});

describe('wiring check: env files', () => {
  const wrong = env('VITE_API_URL=http://localhost:8001/api\n');

  it('tells of a port that is nobody’s, and mends it', () => {
    assert.deepEqual(told(wrong), [
      'env-mismatch /shop/frontend/.env: 8001: VITE_API_URL leads to port 8001, where nobody listens; backend is on port 8000.',
    ]);
    assert.equal(fixed(wrong, 'Use port 8000, where backend is'), 'VITE_API_URL=http://localhost:8000/api\n');
  });
  it('tells it of the names that mean a backend', () => {
    for (const name of [
      'REACT_APP_BACKEND_URL',
      'NEXT_PUBLIC_SHOP_API_BASE',
      'VITE_GRAPHQL_ENDPOINT',
      'PUBLIC_WS_URL',
      'VITE_API_V1_URL',
    ])
      assert.equal(told(env(`${name}="http://127.0.0.1:8001"`)).length, 1, name);
  });
  it('is silent about names that mean somebody else, or the frontend itself', () => {
    for (const name of [
      'VITE_SUPABASE_URL',
      'VITE_STRIPE_API_URL',
      'NEXT_PUBLIC_SITE_URL',
      'VITE_APP_URL',
      'PUBLIC_URL',
      'VITE_DEV_SERVER_URL',
      'VITE_MAPS_API_URL',
    ])
      silent(env(`${name}=http://localhost:8001`));
  });
  it('is silent about variables that no browser sees, other machines and other files', () => {
    silent(env('API_URL=http://localhost:8001'));
    silent(env('VITE_API_URL=https://api.example:8001'));
    silent(env('# VITE_API_URL=http://localhost:8001'));
    silent(env('VITE_API_URL=http://localhost:8001', 'frontend/.env.production'));
    silent(env('VITE_API_URL=http://localhost:8001', 'frontend/.env.example'));
  });
  it('is silent when the port is right, or somebody listens', () => {
    silent(env('VITE_API_URL=http://localhost:8000'));
    silent({ ...wrong, open: [8001] });
  });
  it('is silent about a value that another one may replace', () => {
    const right = 'VITE_API_URL=http://localhost:8000';
    silent({ files: { ...wrong.files, 'frontend/.env.local': right } });
    silent({ files: { 'frontend/.env.local': 'VITE_API_URL=http://localhost:8001', 'frontend/.env.development': right } });
    silent(env(`VITE_API_URL=http://localhost:8001\n${right}`));
    silent({ ...wrong, services: [backend, party('frontend', { role: 'frontend', port: 5173, env: { VITE_API_URL: 'x' } })] });
    silent({ ...wrong, services: [backend, party('frontend', { role: 'frontend', port: 5173, envFiles: ['dev.env'] })] });
  });
  it('tells of the value that wins', () =>
    assert.deepEqual(
      told({
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

  it('tells of a port that is nobody’s when one database service is of that kind', () => {
    assert.match(
      told(wrong).join(),
      /^env-mismatch .*\.env: 5433: DATABASE_URL leads to port 5433, where nobody listens; db is on port 5432\.$/,
    );
    assert.match(fixed(wrong, 'Use port 5432, where db is'), /localhost:5432\/shop/);
  });
  it('is silent when it is right, or when somebody listens', () => {
    silent({ services, files: { 'backend/.env': 'DATABASE_URL=postgresql://localhost:5432/shop' } });
    silent({ ...wrong, open: [5433] });
  });
  it('is silent about databases that nobody configured as a service', () => {
    silent({ services, files: { 'backend/.env': 'REDIS_URL=redis://localhost:6379\nMONGO=mongodb://localhost:27017/x' } });
    silent({ files: wrong.files });
    silent({ ...wrong, services: [backend, party('cache', { role: 'database', port: 6379, command: 'redis-server' })] });
  });
});
