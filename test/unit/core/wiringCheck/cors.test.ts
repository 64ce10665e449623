import assert from 'node:assert/strict';
import { backend, fixed, frontend, wiringService, expectNothing, titles, reported } from './shop';
import type { Shop } from './shop';

const fastApi = (origins: string, more = ''): Shop => ({
  files: { 'backend/main.py': `app.add_middleware(\n    CORSMiddleware,\n    allow_origins=${origins},\n)\n${more}` },
});

describe('wiring check: CORS', () => {
  const wrong = fastApi('["http://localhost:3000"]');

  it('reports a list with an unclaimed port that does not allow the frontend', () => {
    assert.deepEqual(reported(wrong), [
      'cors-origin /shop/backend/main.py: "http://localhost:3000": backend does not allow the CORS origin http://localhost:5173 used by frontend.',
    ]);
    assert.deepEqual(titles(wrong), ['Add http://localhost:5173', 'Replace http://localhost:3000 with http://localhost:5173']);
  });

  it('offers to change the port of the frontend where the frontend takes it from services.json', () => {
    const services = [backend, wiringService('frontend', { role: 'frontend', port: 5173 })];
    assert.equal(fixed({ ...wrong, services }, 'Set the port of frontend to 3000 in services.json'), 'frontend: 3000');
  });

  it('adds and replaces origins in the style of the list', () => {
    const add = 'Add http://localhost:5173';
    const after = (origins: string, title = add): string =>
      fixed(fastApi(origins), title).split('allow_origins=')[1]?.split(',\n)')[0] ?? '';
    assert.equal(after('["http://localhost:3000"]'), '["http://localhost:3000", "http://localhost:5173"]');
    assert.equal(after("['http://localhost:3000',]"), "['http://localhost:3000', 'http://localhost:5173',]");
    assert.equal(
      after('[\n        "http://localhost:3000",\n    ]'),
      '[\n        "http://localhost:3000",\n        "http://localhost:5173",\n    ]',
    );
    assert.equal(
      after('[\r\n  "http://localhost:3000",  # web\r\n]'),
      '[\r\n  "http://localhost:5173",\r\n  "http://localhost:3000",  # web\r\n]',
    );
    assert.equal(
      after('["http://localhost:3000"]', 'Replace http://localhost:3000 with http://localhost:5173'),
      '["http://localhost:5173"]',
    );
  });

  it('offers only to add when several origins could be replaced, and only to replace a single origin', () => {
    assert.deepEqual(titles(fastApi('["http://localhost:3000", "http://127.0.0.1:8080"]')), ['Add http://localhost:5173']);
    const express: Shop = { files: { 'backend/src/index.ts': "app.use(cors({ origin: 'http://localhost:3000' }));" } };
    assert.deepEqual(titles(express), ['Replace http://localhost:3000 with http://localhost:5173']);
    assert.equal(
      fixed(express, 'Replace http://localhost:3000 with http://localhost:5173'),
      "app.use(cors({ origin: 'http://localhost:5173' }));",
    );
  });

  it('reads a list in a variable', () => {
    const named = 'origins = ["http://localhost:3000"]\n';
    assert.equal(
      reported({ files: { 'backend/main.py': `${named}app.add_middleware(CORSMiddleware, allow_origins=origins)` } }).length,
      1,
    );
    expectNothing({
      files: { 'backend/main.py': `${named}app.add_middleware(CORSMiddleware, allow_origins=origins + more)\norigins.append(x)` },
    });
  });

  it('reports nothing when the frontend is allowed, in any notation and any file', () => {
    expectNothing(fastApi('["http://localhost:3000", "http://localhost:5173"]'));
    expectNothing(fastApi('["http://localhost:3000", "http://127.0.0.1:5173/"]'));
    expectNothing({ files: { ...wrong.files, 'backend/app/settings.py': 'CORS_ALLOWED_ORIGINS = ["http://localhost:5173"]' } });
  });
  it('reports nothing for lists of deployed sites', () => expectNothing(fastApi('["https://shop.example"]')));
  it('reports nothing when the port in the list is in use', () => {
    expectNothing({ ...wrong, open: [3000] });
    expectNothing({ ...wrong, open: 'unknown' });
    expectNothing({ ...wrong, services: [backend, frontend, wiringService('docs', { role: 'other', port: 3000 })] });
    expectNothing({ files: { ...wrong.files, 'frontend/vite.config.ts': 'export default { server: { port: 3000 } }' } });
  });
  it('reports nothing when the list has an origin without a port, which may be a reverse proxy', () =>
    expectNothing(fastApi('["http://localhost", "http://localhost:3000"]')));
  it('reports nothing for lists that cannot be read', () => {
    expectNothing(fastApi('["*"]'));
    expectNothing(fastApi('settings.ORIGINS'));
    expectNothing(fastApi('["http://localhost:3000", settings.WEB]'));
    expectNothing(fastApi('["http://localhost:3000"], allow_origin_regex=".*"'));
    expectNothing(fastApi('["http://localhost:3000"]', 'ORIGINS.extend(os.environ["MORE"].split())\nallow_origins.append(x)'));
    expectNothing({ files: { ...wrong.files, 'backend/config.py': 'cors_origins: list[str] = ["x"]\norigins = load()' } });
    expectNothing({
      files: { 'backend/index.js': "app.use(cors());\nio(server, { cors: { origin: 'http://localhost:3000' } })" },
    });
    expectNothing({
      files: {
        'backend/index.js': "cors({ origin: (origin, next) => next(null, true) }); const a = { origin: 'http://localhost:3000' }",
      },
    });
  });
  it('reports nothing for comments and examples', () => {
    expectNothing({ files: { 'backend/main.py': '# CORS: allow_origins=["http://localhost:3000"]\n' } });
    expectNothing({ files: { 'backend/main.py': '"""CORS\n\nallow_origins=["http://localhost:3000"]\n"""\n' } });
    expectNothing({ files: { 'backend/index.js': "// cors({ origin: 'http://localhost:3000' })" } });
  });
  it('reports nothing when the frontend has a proxy', () => {
    expectNothing({ files: { ...wrong.files, 'frontend/vite.config.ts': "server: { proxy: { '/api': process.env.API } }" } });
    expectNothing({ files: { ...wrong.files, 'frontend/package.json': '{ "proxy": "http://localhost:8000" }' } });
    expectNothing({ files: { ...wrong.files, 'frontend/src/setupProxy.js': 'module.exports = (app) => app.use(x)' } });
  });
  it('reports nothing when another pair may be meant, unless the frontend refers to the backend', () => {
    const services = [backend, wiringService('billing', { port: 8001 }), frontend];
    expectNothing({ ...wrong, services });
    assert.equal(
      reported({ files: { ...wrong.files, 'frontend/.env': 'VITE_API_URL=http://localhost:8000' }, services }).length,
      1,
    );
    expectNothing({ files: { ...wrong.files, 'frontend/.env': 'VITE_API_URL=http://localhost:8001' }, services });
  });
  it('reports nothing when the URL of the frontend is not its own port on this machine', () => {
    const at = (url: string) => [backend, wiringService('frontend', { role: 'frontend', port: 5173, url })];
    expectNothing({ ...wrong, services: at('http://shop.test:5173/') });
    expectNothing({ ...wrong, services: at('http://localhost:8080/') });
    assert.match(
      reported({ ...wrong, services: at('https://localhost:${port}/app') }).join(),
      /does not allow the CORS origin https:\/\/localhost:5173 /,
    );
  });
});
