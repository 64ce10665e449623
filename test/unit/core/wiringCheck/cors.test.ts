import assert from 'node:assert/strict';
import { backend, fixed, frontend, party, silent, titles, told } from './shop';
import type { Shop } from './shop';

const fastApi = (origins: string, more = ''): Shop => ({
  files: { 'backend/main.py': `app.add_middleware(\n    CORSMiddleware,\n    allow_origins=${origins},\n)\n${more}` },
});

describe('wiring check: CORS', () => {
  const wrong = fastApi('["http://localhost:3000"]');

  it('tells of an origin where nobody is, when the frontend is not admitted', () => {
    assert.deepEqual(told(wrong), [
      'cors-origin /shop/backend/main.py: "http://localhost:3000": backend does not admit http://localhost:5173, where frontend is.',
    ]);
    assert.deepEqual(titles(wrong), ['Add http://localhost:5173', 'Replace http://localhost:3000 with http://localhost:5173']);
  });

  it('offers the port of the frontend where that is taken from services.json', () => {
    const services = [backend, party('frontend', { role: 'frontend', port: 5173 })];
    assert.equal(fixed({ ...wrong, services }, 'Set the port of frontend to 3000 in services.json'), 'frontend: 3000');
  });

  it('adds and replaces as the list is written', () => {
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

  it('only adds when several could be replaced, and only replaces what is no list', () => {
    assert.deepEqual(titles(fastApi('["http://localhost:3000", "http://127.0.0.1:8080"]')), ['Add http://localhost:5173']);
    const express: Shop = { files: { 'backend/src/index.ts': "app.use(cors({ origin: 'http://localhost:3000' }));" } };
    assert.deepEqual(titles(express), ['Replace http://localhost:3000 with http://localhost:5173']);
    assert.equal(
      fixed(express, 'Replace http://localhost:3000 with http://localhost:5173'),
      "app.use(cors({ origin: 'http://localhost:5173' }));",
    );
  });

  it('follows a list with a name', () => {
    const named = 'origins = ["http://localhost:3000"]\n';
    assert.equal(
      told({ files: { 'backend/main.py': `${named}app.add_middleware(CORSMiddleware, allow_origins=origins)` } }).length,
      1,
    );
    silent({
      files: { 'backend/main.py': `${named}app.add_middleware(CORSMiddleware, allow_origins=origins + more)\norigins.append(x)` },
    });
  });

  it('is silent when the frontend is admitted, in whatever words and in whichever file', () => {
    silent(fastApi('["http://localhost:3000", "http://localhost:5173"]'));
    silent(fastApi('["http://localhost:3000", "http://127.0.0.1:5173/"]'));
    silent({ files: { ...wrong.files, 'backend/app/settings.py': 'CORS_ALLOWED_ORIGINS = ["http://localhost:5173"]' } });
  });
  it('is silent about lists for deployed sites', () => silent(fastApi('["https://shop.example"]')));
  it('is silent when somebody is where the list says', () => {
    silent({ ...wrong, open: [3000] });
    silent({ ...wrong, open: 'unknown' });
    silent({ ...wrong, services: [backend, frontend, party('docs', { role: 'other', port: 3000 })] });
    silent({ files: { ...wrong.files, 'frontend/vite.config.ts': 'export default { server: { port: 3000 } }' } });
  });
  it('is silent about an origin without a port: somebody may be in front', () =>
    silent(fastApi('["http://localhost", "http://localhost:3000"]')));
  it('is silent about what cannot be read', () => {
    silent(fastApi('["*"]'));
    silent(fastApi('settings.ORIGINS'));
    silent(fastApi('["http://localhost:3000", settings.WEB]'));
    silent(fastApi('["http://localhost:3000"], allow_origin_regex=".*"'));
    silent(fastApi('["http://localhost:3000"]', 'ORIGINS.extend(os.environ["MORE"].split())\nallow_origins.append(x)'));
    silent({ files: { ...wrong.files, 'backend/config.py': 'cors_origins: list[str] = ["x"]\norigins = load()' } });
    silent({ files: { 'backend/index.js': "app.use(cors());\nio(server, { cors: { origin: 'http://localhost:3000' } })" } });
    silent({
      files: {
        'backend/index.js': "cors({ origin: (origin, next) => next(null, true) }); const a = { origin: 'http://localhost:3000' }",
      },
    });
  });
  it('is silent about comments and examples', () => {
    silent({ files: { 'backend/main.py': '# CORS: allow_origins=["http://localhost:3000"]\n' } });
    silent({ files: { 'backend/main.py': '"""CORS\n\nallow_origins=["http://localhost:3000"]\n"""\n' } });
    silent({ files: { 'backend/index.js': "// cors({ origin: 'http://localhost:3000' })" } });
  });
  it('is silent when the frontend sends its requests on', () => {
    silent({ files: { ...wrong.files, 'frontend/vite.config.ts': "server: { proxy: { '/api': process.env.API } }" } });
    silent({ files: { ...wrong.files, 'frontend/package.json': '{ "proxy": "http://localhost:8000" }' } });
    silent({ files: { ...wrong.files, 'frontend/src/setupProxy.js': 'module.exports = (app) => app.use(x)' } });
  });
  it('is silent when another pair may be meant, unless the frontend names the backend', () => {
    const services = [backend, party('billing', { port: 8001 }), frontend];
    silent({ ...wrong, services });
    assert.equal(told({ files: { ...wrong.files, 'frontend/.env': 'VITE_API_URL=http://localhost:8000' }, services }).length, 1);
    silent({ files: { ...wrong.files, 'frontend/.env': 'VITE_API_URL=http://localhost:8001' }, services });
  });
  it('is silent when the frontend is found elsewhere than on its own port of this machine', () => {
    const at = (url: string) => [backend, party('frontend', { role: 'frontend', port: 5173, url })];
    silent({ ...wrong, services: at('http://shop.test:5173/') });
    silent({ ...wrong, services: at('http://localhost:8080/') });
    assert.match(
      told({ ...wrong, services: at('https://localhost:${port}/app') }).join(),
      /does not admit https:\/\/localhost:5173/,
    );
  });
});
