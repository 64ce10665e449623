/** Discovery of legal files that would take long to search: it ends within its budget, and the event loop keeps its turns. */
import assert from 'node:assert/strict';
import { discover, search } from '../../../src/discovery/discover';
import { ofTexts } from './folder';

/** The budget is 2 s; the rest is for a machine that is busy. */
const maxSearchMs = 2500;
/** Turns are far shorter on an idle machine. */
const maxTurnMs = 500;

const kilobytes = (text: string, count: number): string => text.repeat(Math.floor((count * 1024) / text.length));
const numbered = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => line(index)).join('');

interface Watched {
  readonly names: readonly string[];
  readonly searchMs: number;
  readonly longestTurnMs: number;
}

/** Runs discovery beside a timer that is due in every turn. */
async function watched(texts: Readonly<Record<string, string>>): Promise<Watched> {
  const started = performance.now();
  let last = started;
  let longestTurnMs = 0;
  const look = (): void => {
    longestTurnMs = Math.max(longestTurnMs, performance.now() - last);
    last = performance.now();
  };
  const timer = setInterval(look, 1);
  try {
    const found = await discover(ofTexts(texts));
    look();
    return { names: found.map(({ id }) => id), searchMs: last - started, longestTurnMs };
  } finally {
    clearInterval(timer);
  }
}

async function staysResponsive(texts: Readonly<Record<string, string>>): Promise<readonly string[]> {
  for (const text of Object.values(texts)) assert.ok(text.length <= 256 * 1024, `${text.length} characters are not read at all`);
  const { names, searchMs, longestTurnMs } = await watched(texts);
  assert.ok(searchMs <= maxSearchMs, `took ${Math.round(searchMs)} ms`);
  assert.ok(longestTurnMs <= maxTurnMs, `blocked the event loop for ${Math.round(longestTurnMs)} ms`);
  return names;
}

/** Works without a pause, like a pattern that takes long. */
function busyFor<T>(ms: number, result: T): T {
  const end = performance.now() + ms;
  while (performance.now() < end);
  return result;
}

async function after<T>(ms: number, result: Promise<T>): Promise<T> {
  await new Promise((resolve) => setTimeout(resolve, ms));
  return result;
}

const server = '{ "scripts": { "dev": "node server.js" }, "dependencies": { "express": "5" } }';

describe('search', () => {
  it('reports that it is complete', async () => {
    const { proposals, ended } = await search(ofTexts({ 'main.py': 'app = FastAPI()\n' }));
    assert.deepEqual([proposals.length, ended], [1, 'complete']);
  });

  it('reports that only the first of too many services are proposed', async () => {
    const services = Array.from({ length: 60 }, (_, index) => `  s${index}: {image: a}\n`).join('');
    const files = Array.from({ length: 4 }, (_, index) => [`f${index}/compose.yaml`, `services:\n${services}`] as const);
    const { proposals, ended } = await search(ofTexts(Object.fromEntries(files)));
    assert.deepEqual([proposals.length, ended], [200, 'tooMany']);
  });

  it('returns what it found when its time is used up, and reports that', async () => {
    const folder = ofTexts({ 'compose.yaml': 'services: {db: {image: postgres}}\n', 'main.py': 'app = FastAPI()\n' });
    const slow = {
      ...folder,
      readText: (file: string, limit: number) =>
        file === 'main.py' ? busyFor(2100, folder.readText(file, limit)) : folder.readText(file, limit),
    };
    const { proposals, ended } = await search(slow);
    assert.deepEqual([proposals.map(({ id }) => id), ended], [['db'], 'outOfTime']);
  });

  it('does not count the time that files take to be read', async () => {
    const folder = ofTexts({ 'main.py': 'app = FastAPI()\n' });
    const slow = {
      ...folder,
      readText: (file: string, limit: number) =>
        file === 'main.py' ? after(2100, folder.readText(file, limit)) : folder.readText(file, limit),
    };
    assert.equal((await search(slow)).ended, 'complete');
  });
});

describe('discovery of files that take long to search', function () {
  this.timeout(120_000);

  it('finds the app of a Python file with 250 KB of apps', async () => {
    assert.deepEqual(await staysResponsive({ 'main.py': kilobytes('app = FastAPI(\n', 250) }), ['backend']);
  });

  it('finds one of the apps in ten Python files of 128 KB', async () => {
    const files = Array.from({ length: 10 }, (_, index) => [`app${index}.py`, kilobytes('app = FastAPI(\n', 128)] as const);
    assert.deepEqual(await staysResponsive(Object.fromEntries(files)), ['backend']);
  });

  it('ends for ten Python files of 128 KB in folders of their own', async () => {
    const files = Array.from({ length: 10 }, (_, index) => [`s${index}/main.py`, kilobytes('app = FastAPI(\n', 128)] as const);
    assert.ok((await staysResponsive(Object.fromEntries(files))).length > 0);
  });

  it('ends for a Python file of unclosed factories', async () => {
    await staysResponsive({ 'main.py': kilobytes('def create_app(\n  return FastAPI(\n', 250) });
  });

  it('ends for a Python file of routes and routers', async () => {
    const routes = numbered(4000, (index) => `r${index} = APIRouter(\n@r${index}.get("/health")\n`);
    await staysResponsive({ 'main.py': `app = FastAPI()\n${routes}`, 'routes.py': routes });
  });

  it('finds the server of a Node file with 250 KB of listeners', async () => {
    assert.deepEqual(await staysResponsive({ 'package.json': server, 'server.js': kilobytes('app.listen(\n', 250) }), [
      'backend',
    ]);
  });

  it('ends for a Node file of routers and routes', async () => {
    const routes = numbered(3000, (index) => `const r${index} = Router();r${index}.get('/health');app.use(a,\n`);
    await staysResponsive({ 'package.json': server, 'server.js': `app.listen(3000);\n${routes}` });
  });

  it('ends for a file of addresses', async () => {
    const addresses = kilobytes('fetch("http://localhost:4000")\n', 250);
    await staysResponsive({
      'package.json': server,
      'server.js': `app.listen(3000)\n${addresses}`,
      'main.py': `app = FastAPI()\n${addresses}`,
    });
  });

  it('finds nothing in a YAML map of 25,000 keys', async () => {
    assert.deepEqual(await staysResponsive({ 'compose.yaml': numbered(25_000, (index) => `k${index}: v\n`) }), []);
  });

  it('finds the container below 10,000 other keys of a Compose file', async () => {
    const keys = numbered(10_000, (index) => `k${index}: \n`);
    assert.deepEqual(await staysResponsive({ 'compose.yaml': `${keys}services: {db: {image: postgres}}\n` }), ['db']);
  });

  it('applies a merge key, whose keys do not replace written ones', async () => {
    const text =
      'base: &base {image: redis, ports: ["1:2"]}\nservices: {db: {<<: *base, image: postgres, ports: ["5433:5432"]}, cache: {<<: [*base]}}\n';
    const found = await discover(ofTexts({ 'compose.yaml': text }));
    assert.deepEqual(
      found.map(({ id, config }) => [id, config.port]),
      [
        ['db', 5433],
        ['cache', 1],
      ],
    );
  });

  it('ends for a Compose file of 4,000 services', async () => {
    const services = numbered(4000, (index) => `  s${index}: {image: a}\n`);
    assert.ok((await staysResponsive({ 'compose.yaml': `services:\n${services}` })).length > 0);
  });

  it('ends for a Compose file of services that depend on each other', async () => {
    const names = Array.from({ length: 100 }, (_, index) => `s${index}`);
    const services = names.map((name) => `  ${name}: {image: a, depends_on: [${names.join(', ')}]}\n`).join('');
    assert.equal((await staysResponsive({ 'compose.yaml': `services:\n${services}` })).length, 100);
  });

  it('ends for a YAML map of 5,000 keys that is merged 49 times', async () => {
    const base = numbered(5000, (index) => `  k${index}: v\n`);
    const merges = numbered(49, (index) => `m${index}: {<<: *base}\n`);
    await staysResponsive({ 'compose.yaml': `base: &base\n${base}${merges}services: {db: {image: postgres}}\n` });
  });

  it('ends for a package with 4,000 scripts', async () => {
    const scripts = Array.from({ length: 4000 }, (_, index) => [`dev:${index}`, `vite --port ${index + 1024}`] as const);
    await staysResponsive({
      'package.json': JSON.stringify({ scripts: Object.fromEntries(scripts), devDependencies: { vite: '6' } }, null, 1),
    });
  });
});
