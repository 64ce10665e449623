import assert from 'node:assert/strict';
import { composePorts } from '../../../../src/core/workspaceFiles/compose';
import { originsIn } from '../../../../src/core/workspaceFiles/cors';
import { envReferences } from '../../../../src/core/workspaceFiles/envFile';
import { proxiesIn } from '../../../../src/core/workspaceFiles/proxies';
import { positionAt } from '../../../../src/core/workspaceFiles/reference';

const proxies = (file: string, text: string) =>
  proxiesIn(file, text).map(({ port, host, name, offset, length }) => {
    assert.equal(text.slice(offset, offset + length), String(port), 'the range is that of the port');
    return `${name} ${host}:${port}`;
  });

describe('proxies in workspace files', () => {
  it('are read from the literals of a Vite configuration', () => {
    const text = `export default defineConfig({
      server: { port: 5173, proxy: {
        '/api': { target: 'http://localhost:8000', changeOrigin: true },
        "/ws": { target: "ws://127.0.0.1:8001", ws: true },
        '^/auth/.*': \`http://[::1]:9000/x\`,
        '/short': 'http://localhost:8002',
      } } })`;
    assert.deepEqual(
      proxies('/a/vite.config.ts', text),
      ['/api localhost:8000', '/ws 127.0.0.1:8001', '/short localhost:8002'].toSpliced(2, 0, '^/auth/.* ::1:9000'),
    );
  });

  it('are not read from comments, variables, other machines and other files', () => {
    const text = `proxy: { // '/old': 'http://localhost:1'
      /* target: 'http://localhost:2' */ '/api': process.env.API, '/b': \`http://localhost:\${port}\`, '/c': 'https://example.com:8000' }`;
    assert.deepEqual(proxies('/a/vite.config.ts', text), []);
    assert.deepEqual(proxies('/a/other.ts', "target: 'http://localhost:8000'"), []);
  });

  it('are read from package.json, next.config.js and setupProxy.js', () => {
    assert.deepEqual(proxies('/a/package.json', '{ "name": "x",\n "proxy": "http://localhost:3001" }'), ['proxy localhost:3001']);
    const next = "rewrites: async () => [{ source: '/api/:path*', destination: 'http://127.0.0.1:8000/:path*' }]";
    assert.deepEqual(proxies('/a/next.config.js', next), ['/api/:path* 127.0.0.1:8000']);
    const setup = "app.use('/api', createProxyMiddleware({ target: 'http://localhost:5000' }))";
    assert.deepEqual(proxies('/a/src/setupProxy.js', setup), ['/api localhost:5000']);
  });
});

describe('addresses in .env files', () => {
  it('are read from variables for browsers and databases, with the offset of the port', () => {
    const text =
      '# VITE_OLD=http://localhost:1\nVITE_API_URL="http://localhost:8000/api"\nexport NEXT_PUBLIC_WS=ws://127.0.0.1:8001\nDATABASE_URL=postgresql+asyncpg://u:5432@localhost:5433/db # note\nAPI_URL=http://localhost:3\nVITE_OUT=https://example.com\n';
    const found = envReferences('/a/.env', text);
    for (const { offset, length, port } of found) assert.equal(text.slice(offset, offset + length), String(port));
    assert.deepEqual(
      found.map(({ kind, name, port }) => [kind, name, port]),
      [
        ['env', 'VITE_API_URL', 8000],
        ['env', 'NEXT_PUBLIC_WS', 8001],
        ['database', 'DATABASE_URL', 5433],
      ],
    );
    assert.deepEqual(positionAt(text, found[0]?.offset ?? 0), { line: 2, column: 32 });
  });
});

describe('allowed origins in workspace files', () => {
  const origins = (text: string) => originsIn('/a/main.py', text).flatMap((found) => found.origins);

  it('are read from lists of literals', () => {
    assert.deepEqual(origins('CORSMiddleware, allow_origins=["http://localhost:3000", \'http://localhost:5173/\'], # x'), [
      'http://localhost:3000',
      'http://localhost:5173',
    ]);
    assert.deepEqual(origins("app.use(cors({ origin: 'http://localhost:3000' }))"), ['http://localhost:3000']);
    assert.deepEqual(origins('CORS_ALLOWED_ORIGINS = [\n  "http://localhost:3000",\n]'), ['http://localhost:3000']);
  });

  it('are not read from wildcards, patterns, variables and incomplete lists', () => {
    assert.deepEqual(origins('CORSMiddleware, allow_origins=["*"]'), []);
    assert.deepEqual(origins('CORSMiddleware, allow_origins=["http://localhost:3000", settings.url]'), []);
    assert.deepEqual(origins('CORSMiddleware, allow_origins=ORIGINS'), []);
    assert.deepEqual(origins('CORSMiddleware, allow_origins=["http://localhost:3000"], allow_origin_regex="x"'), []);
    assert.deepEqual(origins('cors({ origin: [/localhost/, "http://localhost:3000"] })'), []);
  });
});

describe('published ports in Compose files', () => {
  it('are read from the short syntax, and services with other syntax are listed as unread', () => {
    const text = `version: "3"
services:
  db:
    image: postgres:16
    environment:
      - POSTGRES_PORTS=5432:1
    ports:
      - "5433:5432" # comment
      - 127.0.0.1:6380:6379/tcp
  cache:
    ports:
    - \${CACHE_PORT:-7000}:7001
  web:
    ports:
      - target: 80
        published: 8080
  range:
    ports: ["3000-3005:3000-3005"]
volumes:
  data:
`;
    const { ports, unread } = composePorts(text);
    assert.deepEqual(
      ports.map(({ service, published, target, line }) => [service, published, target, line]),
      [
        ['db', 5433, 5432, 8],
        ['db', 6380, 6379, 9],
        ['cache', 7000, 7001, 12],
      ],
    );
    assert.deepEqual([...unread].sort(), ['range', 'web']);
  });
});
