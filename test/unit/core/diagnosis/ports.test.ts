/** Which ports an action writes into services.json: never a debugger's, and never one that the next start will not have. */
import assert from 'node:assert/strict';
import { SeenPorts } from '../../../../src/app/diagnosis/seenPorts';
import { findingsOf } from '../../../../src/core/diagnosis/diagnosis';
import type { Facts } from '../../../../src/core/diagnosis/facts';
import { known } from '../../../../src/core/model/process';
import type { ServiceSpec } from '../../../../src/core/model/service';
import { foreign, gone, refused } from './caseParts';
import { ailing, crashedWith, listener, withFiles } from './sample';

const listening = (port: number, changes: Partial<Facts> = {}, config: Partial<ServiceSpec> = {}): Facts =>
  ailing(refused, { ...gone, ownListeners: known([listener({ port })]), ...changes }, config);
const titles = (given: Facts): readonly string[] => (findingsOf(given)[0]?.actions ?? []).map(({ title }) => title);

describe('the port that is offered', () => {
  it('is the actual one, unless the system chose it', () => {
    assert.deepEqual(titles(listening(8001)), ['Use Port 8001', 'Open Configuration']);
    assert.deepEqual(titles(listening(32_767))[0], 'Use Port 32767');
    assert.deepEqual(titles(listening(32_768)), ['Set PORT to ${port}', 'Open Configuration']);
    assert.deepEqual(titles(listening(40_000, {}, { command: 'node server.js --port 40000' }))[0], 'Use Port 40000');
  });

  it('is none after an earlier run had another one', () => {
    const given = listening(8001, { earlierPorts: new Set([8002]) });
    assert.equal(findingsOf(given)[0]?.title, 'backend takes a new port at each start (8001, before 8002), not port 8000.');
    assert.deepEqual(titles(given), ['Set PORT to ${port}', 'Open Configuration']);
    assert.deepEqual(titles(listening(8001, { earlierPorts: new Set([8001, 8000]) }))[0], 'Use Port 8001');
  });

  it('is not set as a variable that exists, or when the command passes the port', () => {
    assert.deepEqual(titles(listening(40_000, {}, { env: { PORT: '1' } })), ['Open Configuration']);
    assert.deepEqual(titles(listening(40_000, { environment: known(new Set(['PORT'])) })), ['Open Configuration']);
    assert.deepEqual(titles(listening(40_000, {}, { command: 'node a.js ${port}' })), ['Open Configuration']);
  });

  it('is not written beside another process on the port either', () => {
    const given = listening(40_000, foreign);
    const [verdict] = findingsOf(given);
    assert.equal(verdict?.code, 'foreign-owner');
    assert.ok(!JSON.stringify(findingsOf(given)).includes('setPort'));
  });

  it('is remembered per run', () => {
    const seen = new SeenPorts();
    assert.deepEqual([...seen.note('a', 'r1', [4001])], []);
    assert.deepEqual([...seen.note('a', 'r1', [4001])], []);
    assert.deepEqual([...seen.note('b', 'r9', [5001])], []);
    assert.deepEqual([...seen.note('a', 'r2', [4002])], [4001]);
    assert.deepEqual([...seen.note('a', 'r3', [])], [4001, 4002]);
  });
});

describe('a database that is down', () => {
  const down = (changes: Partial<Facts> = {}): Facts =>
    crashedWith(['Error: connect ECONNREFUSED 127.0.0.1:5432'], {
      ports: new Map([[5432, { isOpen: known(false), listeners: known([]) }]]),
      ...changes,
    });

  it('is started with the Compose file that publishes its port', () => {
    const compose = 'services:\n  db:\n    image: postgres\n    ports:\n      - "5432:5432"\n';
    assert.equal(titles(down(withFiles({ '/shop/compose.yaml': compose })))[0], 'Run docker compose up -d db');
    assert.equal(
      titles(down(withFiles({ '/shop/compose.dev.yaml': compose })))[0],
      'Run docker compose -f compose.dev.yaml up -d db',
    );
  });

  it('opens the place of its address, else the terminal; the service itself is never started', () => {
    const files = withFiles({ '/shop/.env': 'A=1\nDATABASE_URL=postgres://localhost:5432/shop\n' });
    assert.deepEqual(titles(down(files)), ['Open .env at Line 2', 'Show Terminal']);
    assert.deepEqual(titles(down()), ['Show Terminal']);
  });
});

describe('the port that is named in the place of a forbidden one', () => {
  const detail = (port: number): string =>
    findingsOf(crashedWith([`Error: listen EACCES: permission denied 127.0.0.1:${port}`], {}, { port }))[0]?.detail ?? '';

  it('is not the same one, and not beside it: Windows reserves hundreds of ports together', () => {
    assert.match(detail(80), /such as 8080\.$/);
    for (const port of [8000, 8080]) assert.match(detail(port), /such as 3000\.$/);
    for (const port of [3000, 5173, 50_000]) assert.match(detail(port), /such as 8000\.$/);
  });
});
