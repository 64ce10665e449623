import assert from 'node:assert/strict';
import fc from 'fast-check';
import { codes } from '../../../../src/core/diagnosis/codes';
import { findingsOf } from '../../../../src/core/diagnosis/diagnosis';
import type { Facts } from '../../../../src/core/diagnosis/facts';
import { report } from '../../../../src/core/diagnosis/report';
import { signatureTable } from '../../../../src/core/diagnosis/signatures/signatureTable';
import type { Listener, PortOwner, ProcessRow, Reading } from '../../../../src/core/model/process';
import { known, unavailable } from '../../../../src/core/model/process';
import { anyService } from '../views/arbitrary';
import { facts } from './sample';

const reading = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<Reading<T>> =>
  fc.oneof({ weight: 4, arbitrary: value.map(known) }, { weight: 1, arbitrary: fc.constant(unavailable('not now')) });
const pid = fc.integer({ min: 0, max: 20 });
const port = fc.constantFrom(0, 80, 8000, 8001, 5432, 65_535);
const line = fc.oneof(fc.constantFrom(...signatureTable.map(({ example }) => example)), fc.string({ unit: 'grapheme' }));
const address = fc.constantFrom('127.0.0.1', '::1', '0.0.0.0', '::', '10.0.0.1', '::ffff:127.0.0.1', '');
const listener: fc.Arbitrary<Listener> = fc.record({
  port,
  address,
  family: fc.constantFrom(4, 6),
  pids: fc.array(pid, { maxLength: 3 }),
});
const process: fc.Arbitrary<ProcessRow> = fc.record({
  pid,
  born: fc.string(),
  ppid: pid,
  pgid: pid,
  command: fc.string(),
  startedAt: fc.nat(),
  state: fc.constantFrom('running', 'stopped', 'zombie'),
});
const owner: fc.Arbitrary<PortOwner> = fc.record({
  process: fc.record({ pid, born: fc.string() }),
  command: fc.string(),
  cwd: fc.string(),
  startedAt: fc.nat(),
  origin: fc.constantFrom('ours', 'stranger'),
});
const checkout = fc.record({ root: fc.string(), gitFolder: fc.string(), remotes: fc.array(fc.string()) });
const fileNames = [
  'package.json',
  '.env',
  '.env.example',
  'vite.config.ts',
  'compose.yml',
  'main.py',
  'node_modules',
  'package-lock.json',
];
const path = fc.constantFrom(...fileNames.map((name) => `/shop/${name}`));
const text = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom(
    '{ "dependencies": { "a": "1" } }',
    'A_KEY=1\nVITE_X=http://localhost:8001\n',
    "'/api': 'http://127.0.0.1:8000'",
    'services:\n  db:\n    ports:\n      - 5433:5432\n',
  ),
);
const namedPort = fc.record({ isOpen: reading(fc.boolean()), listeners: reading(fc.array(listener)) });

const anyFacts: fc.Arbitrary<Facts> = fc
  .record({
    service: anyService,
    output: reading(fc.array(line, { maxLength: 6 })),
    blockedSince: reading(fc.option(fc.integer({ min: 0, max: 200_000 }), { nil: undefined })),
    port: fc.record({
      listeners: reading(fc.array(listener)),
      owners: reading(fc.array(owner)),
      forbidden: reading(fc.option(fc.string(), { nil: undefined })),
    }),
    members: reading(fc.array(process)),
    ownListeners: reading(fc.array(listener)),
    processes: reading(fc.array(process)),
    connections: reading(
      fc.array(fc.tuple(fc.constantFrom('CLOSE_WAIT', 'ESTABLISHED'), fc.nat())).map((entries) => new Map(entries)),
    ),
    files: reading(
      fc.record({
        texts: fc.array(fc.tuple(path, text)).map((entries) => new Map(entries)),
        changed: fc.array(fc.tuple(path, fc.nat())).map((entries) => new Map(entries)),
      }),
    ),
    ports: fc.array(fc.tuple(port, namedPort)).map((entries) => new Map(entries)),
    others: fc.array(
      anyService.map((service) => ({ ...service, cwd: '/shop/other' })),
      { maxLength: 3 },
    ),
    checkouts: reading(
      fc.record({
        own: fc.option(checkout, { nil: undefined }),
        owners: fc.array(fc.tuple(pid, checkout)).map((entries) => new Map(entries)),
      }),
    ),
    environment: reading(fc.array(fc.string()).map((names) => new Set(names))),
  })
  .map(({ service, ...rest }) => ({ ...facts(), ...rest, spec: service.spec, state: service.state }));

describe('diagnosis of arbitrary facts', () => {
  it('never throws, keeps the order of the codes and offers only plain data', () => {
    fc.assert(
      fc.property(anyFacts, (given) => {
        const found = findingsOf(given);
        const order = found.map(({ code }) => codes.indexOf(code));
        assert.deepEqual(
          order,
          [...order].sort((a, b) => a - b),
        );
        for (const { actions } of found) {
          for (const action of actions) {
            assert.match(action.command, /^(serviceLifecycle\.\w+|workbench\.action\.reloadWindow)$/);
            assert.deepEqual(JSON.parse(JSON.stringify(action)), action);
          }
        }
        assert.equal(typeof report(given, found), 'string');
      }),
      { numRuns: 300 },
    );
  });

  it('finds nothing for a running service when every reading failed', () => {
    const none = unavailable('not now');
    const blind: Facts = {
      ...facts(),
      output: none,
      blockedSince: none,
      port: { listeners: none, owners: none, forbidden: none },
      members: none,
      ownListeners: none,
      processes: none,
      connections: none,
      probes: { own: none, addresses: [] },
      files: none,
      checkouts: none,
      modulesElsewhere: none,
      environment: none,
    };
    assert.deepEqual(findingsOf(blind), []);
  });
});
